#include "core/error.h"
#include "meshes/anatomy.h"
#include "meshes/quality.h"
#include "meshes/surfaces.h"
#include "tests/unit/meshes/mesh_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace vivicor;
using namespace vivicor::mesh_files;
using testing::HasSubstr;

namespace
{
  // A deck for hollow_cube(): upper layer LA, the rest LV.
  const std::string mesh_entries = R"("source": "vtu", "file": "mesh.vtu", "cavities": {"LV": {"tags": [11]}}, "fixed_tags": [12])";
  const std::string regions = R"("LV": {"tags": [1, 2], "tissue": "ventricle"}, "LA": {"tags": [3], "tissue": "atrium"})";

  Anatomy build(const Mesh &mesh, const std::string &mesh_deck = mesh_entries, const std::string &region_deck = regions,
                const std::vector<int> &marks = {})
  {
    const Folder folder;
    folder.write("mesh.vtu", vtu_text(mesh, Encoding::raw, marks));
    Schema schema;
    declare_anatomy(schema);
    const auto deck = parameters_from_json("{\"mesh\": {" + mesh_deck + "}, \"regions\": {" + region_deck + "}}", schema);
    return build_anatomy(deck, {"/nowhere", folder.path.string()});
  }

  ErrorText error_of(const Mesh &mesh, const std::string &mesh_deck = mesh_entries, const std::string &region_deck = regions)
  {
    try
      {
        build(mesh, mesh_deck, region_deck);
      }
    catch (const UserError &error)
      {
        EXPECT_FALSE(error.text.what.empty() || error.text.where.empty() || error.text.why.empty() || error.text.mend.empty())
          << error.what();
        return error.text;
      }
    ADD_FAILURE() << "accepted";
    return {};
  }

  std::string replaced(std::string text, const std::string &old_text, const std::string &new_text)
  {
    return text.replace(text.find(old_text), old_text.size(), new_text);
  }

  double total_volume(const Anatomy &anatomy)
  {
    double sum = 0;
    for (const auto &region : quality_of(anatomy).regions)
      sum += 1000 * region.volume_mL;
    return sum;
  }
}

TEST(Anatomy, HollowCube)
{
  const Anatomy heart = build(hollow_cube());
  EXPECT_EQ(heart.cells.size(), 26u * 6);
  EXPECT_NEAR(cavity_volume(heart.points, heart.cavities.at("LV")), 27000, 1e-9);
  EXPECT_NEAR(total_volume(heart), 26 * 27000, 1e-6);
  EXPECT_EQ(heart.cavities.at("LV").size(), 12u);
  EXPECT_EQ(heart.fixed.size(), 18u);
  EXPECT_EQ(heart.epicardium.size(), 5u * 18);
}

TEST(Anatomy, TrianglesLookOutOfTheirCellsWhateverTheFileSays)
{
  Mesh mesh = hollow_cube();
  for (std::size_t f = 0; f < mesh.facets.size(); f += 2)
    std::swap(mesh.facets[f].nodes[0], mesh.facets[f].nodes[1]);
  const Anatomy heart = build(mesh);
  EXPECT_NEAR(cavity_volume(heart.points, heart.cavities.at("LV")), 27000, 1e-9);
  for (const Surface *surface : {&heart.cavities.at("LV"), &heart.fixed, &heart.epicardium})
    for (const Triangle &triangle : *surface)
      {
        Point3 inner{};
        for (const unsigned node : heart.cells[triangle.cell])
          for (unsigned d = 0; d < 3; ++d)
            inner[d] += 0.25 * heart.points[node][d];
        const Point3 n = normal_of(heart.points, triangle.nodes), c = centre_of(heart.points, triangle.nodes);
        EXPECT_GT(n[0] * (c[0] - inner[0]) + n[1] * (c[1] - inner[1]) + n[2] * (c[2] - inner[2]), 0);
      }
}

TEST(Anatomy, LeftHandedFileIsTurned)
{
  Mesh mesh = hollow_cube();
  for (auto &cell : mesh.cells)
    std::swap(cell[0], cell[1]);
  const Anatomy heart = build(mesh);
  EXPECT_EQ(quality_of(heart).inverted_cells, 0u);
  EXPECT_NEAR(cavity_volume(heart.points, heart.cavities.at("LV")), 27000, 1e-9);
}

TEST(Anatomy, IgnoredCellsLeaveAFreeSurface)
{
  const Anatomy heart = build(
    hollow_cube(),
    replaced(replaced(mesh_entries, "\"cavities\": {\"LV\": {\"tags\": [11]}}", "\"ignored_tags\": [2, 3]"), ", \"fixed_tags\": [12]", ""),
    R"("LV": {"tags": [1], "tissue": "ventricle"})");
  EXPECT_EQ(heart.cells.size(), 9u * 6);
  EXPECT_EQ(heart.points.size(), 32u);
  EXPECT_EQ(heart.epicardium.size(), 4u * 6 + 2 * 18);
}

TEST(Anatomy, ReferencePointsAreTheGeometry)
{
  Mesh mesh = hollow_cube();
  for (const Point3 &p : mesh.points)
    mesh.vectors["unloaded_xyz"].push_back({0.75 * p[0], p[1], p[2]});
  const Anatomy heart = build(mesh, mesh_entries + R"(, "reference_points": "unloaded_xyz")");
  EXPECT_NEAR(cavity_volume(heart.points, heart.cavities.at("LV")), 0.75 * 27000, 1e-6);
  EXPECT_THAT(error_of(mesh, mesh_entries + R"(, "reference_points": "unloaded_xy")").nearest, "unloaded_xyz");
}

TEST(Anatomy, LengthUnit)
{
  Mesh mesh = hollow_cube(3);
  const Anatomy heart = build(mesh, mesh_entries + R"(, "length_unit": "cm")");
  EXPECT_NEAR(cavity_volume(heart.points, heart.cavities.at("LV")), 27000, 1e-6);
  EXPECT_THAT(error_of(mesh).nearest, HasSubstr("cm"));
  EXPECT_THAT(error_of(hollow_cube(0.03)).nearest, HasSubstr("= m"));
}

TEST(Anatomy, MarkedPointsAreHeld)
{
  const Mesh mesh = hollow_cube();
  std::vector<int> marks;
  for (const Point3 &p : mesh.points)
    marks.push_back(p[2] > 80);
  const Anatomy heart = build(mesh, mesh_entries + R"(, "fixed_points": "held")", regions, marks);
  EXPECT_EQ(heart.fixed.size(), 2u * 18);
}

TEST(Anatomy, MuscleOfAtriaAndVentriclesSharesNoNode)
{
  for (const std::string side : {"atria", "ventricles"})
    {
      const Anatomy heart = build(hollow_cube(), mesh_entries + R"(, "insulation": ")" + side + "\"");
      std::vector<bool> ventricle(heart.points.size()), atrium(heart.points.size());
      for (std::size_t c = 0; c < heart.cells.size(); ++c)
        for (const unsigned node : heart.cells[c])
          {
            const Tissue tissue = heart.regions[heart.cell_region[c]].tissue;
            ventricle[node] = ventricle[node] || tissue == Tissue::ventricle;
            atrium[node] = atrium[node] || tissue == Tissue::atrium;
          }
      for (std::size_t n = 0; n < heart.points.size(); ++n)
        EXPECT_FALSE(ventricle[n] && atrium[n]);
      EXPECT_EQ(heart.regions.back().name, "fibrous_ring");
      EXPECT_EQ(heart.cells.size(), 26u * 6);
    }
  EXPECT_EQ(build(hollow_cube(), mesh_entries + R"(, "insulation": "none")").regions.size(), 2u);
}

// --- wrong input
// -------------------------------------------------------------------------------------------------------

TEST(AnatomyErrors, MissingFileListsThePlacesSought)
{
  const ErrorText error = error_of(hollow_cube(), replaced(mesh_entries, "mesh.vtu", "other.vtu"));
  EXPECT_THAT(error.why, HasSubstr("/nowhere/other.vtu"));
  EXPECT_THAT(error.why, HasSubstr("vivicor_mesh_"));
  EXPECT_THAT(error_of(hollow_cube(), R"("source": "vtu")").what, HasSubstr("no mesh file"));
}

TEST(AnatomyErrors, AbsentTags)
{
  const ErrorText cell = error_of(hollow_cube(), mesh_entries, replaced(regions, "[3]", "[3, 14]"));
  EXPECT_THAT(cell.what, HasSubstr("tag 14 of region 'LA' is not in the mesh"));
  EXPECT_EQ(cell.nearest, "3");
  EXPECT_THAT(cell.why, HasSubstr("1, 2, 3"));
  const ErrorText face = error_of(hollow_cube(), replaced(mesh_entries, "[11]", "[1]"));
  EXPECT_THAT(face.why, HasSubstr("but cells do"));
  EXPECT_EQ(face.nearest, "11");
}

TEST(AnatomyErrors, TwoMaterialsForOneTag)
{
  EXPECT_THAT(error_of(hollow_cube(), mesh_entries, replaced(regions, "[3]", "[2, 3]")).what,
              HasSubstr("tag 2 belongs to region 'LV' and to region 'LA'"));
}

TEST(AnatomyErrors, CellsWithoutRegion)
{
  EXPECT_THAT(error_of(hollow_cube(), mesh_entries, replaced(regions, "[1, 2]", "[2]")).what, HasSubstr("tag 1 (54 cells)"));
  EXPECT_THAT(error_of(hollow_cube(), mesh_entries, "").what, HasSubstr("maps no region"));
}

TEST(AnatomyErrors, OneInvertedCell)
{
  Mesh mesh = hollow_cube();
  std::swap(mesh.cells[5][0], mesh.cells[5][1]);
  EXPECT_THAT(error_of(mesh).what, HasSubstr("tetrahedron 5 at ("));
}

TEST(AnatomyErrors, InvertedInTheReferenceStateOnly)
{
  Mesh mesh = hollow_cube();
  mesh.vectors["unloaded_xyz"] = mesh.points;
  mesh.vectors["unloaded_xyz"][0] = {50, 50, 50};
  EXPECT_THAT(error_of(mesh, mesh_entries + R"(, "reference_points": "unloaded_xyz")").what, HasSubstr("inverted cell"));
  build(mesh);
}

TEST(AnatomyErrors, OpenCavity)
{
  Mesh mesh = hollow_cube();
  mesh.facets.erase(mesh.facets.begin());
  const ErrorText error = error_of(mesh);
  EXPECT_THAT(error.what, HasSubstr("LV has 3 open edges"));
  EXPECT_THAT(error.what, HasSubstr("30.00"));
}

TEST(AnatomyErrors, InsideOutCavity)
{
  Mesh mesh = hollow_cube();
  for (const Triangle &face : boundary_of(mesh.cells))
    {
      const Point3 c = centre_of(mesh.points, face.nodes);
      if (*std::min_element(c.begin(), c.end()) < 1e-9 || *std::max_element(c.begin(), c.end()) > 90 - 1e-9)
        mesh.facets.push_back({face.nodes, 13});
    }
  EXPECT_THAT(error_of(mesh, replaced(replaced(mesh_entries, "[11]", "[13]"), ", \"fixed_tags\": [12]", "")).what, HasSubstr("inside out"));
}

TEST(AnatomyErrors, CavityInsideTheTissue)
{
  Mesh mesh = hollow_cube();
  mesh.facets.push_back({{mesh.cells[0][0], mesh.cells[0][1], mesh.cells[0][3]}, 11});
  mesh.facets.back().nodes = {0, 21, 1};
  EXPECT_THAT(error_of(mesh).what, HasSubstr("no outer faces"));
}

TEST(AnatomyErrors, OneFaceTwoRoles)
{
  Mesh mesh = hollow_cube();
  mesh.facets.push_back(mesh.facets[0]);
  mesh.facets.back().tag = 12;
  EXPECT_THAT(error_of(mesh).what, HasSubstr("two roles"));
}

TEST(AnatomyErrors, DuplicateNodesAndCells)
{
  Mesh mesh = hollow_cube();
  mesh.points.push_back(mesh.points[0]);
  mesh.cells[0][0] = mesh.points.size() - 1;
  EXPECT_THAT(error_of(mesh).what, HasSubstr("nodes 0 and 64"));
  mesh = hollow_cube();
  mesh.cells.push_back(mesh.cells[3]);
  mesh.cell_tag.push_back(1);
  EXPECT_THAT(error_of(mesh).what, HasSubstr("tetrahedra 3 and 156"));
}

TEST(AnatomyErrors, LoosePieces)
{
  const ErrorText error = error_of(hollow_cube(), R"("source": "vtu", "file": "mesh.vtu", "ignored_tags": [2])",
                                   R"("LV": {"tags": [1], "tissue": "ventricle"}, "LA": {"tags": [3], "tissue": "atrium"})");
  EXPECT_THAT(error.what, HasSubstr("2 pieces"));
}

TEST(AnatomyErrors, UnknownChamberAndUselessRegions)
{
  EXPECT_EQ(error_of(hollow_cube(), replaced(mesh_entries, "\"LV\"", "\"LVC\"")).nearest, "LV");
  EXPECT_THAT(error_of(hollow_cube(), R"("source": "generated")").what, HasSubstr("regions are mapped"));
}

// --- the public whole heart
// ----------------------------------------------------------------------------------------------

TEST(Anatomy, PublicWholeHeart)
{
  if (!std::filesystem::exists(VIVICOR_DATA "/meshes/kit_wholeheart.vtu"))
    GTEST_SKIP() << "the public data set is not at " VIVICOR_DATA;
  Schema schema;
  declare_anatomy(schema);
  const auto deck = parameters_from_json(R"({
    "mesh": {"source": "vtu", "file": "meshes/kit_wholeheart.vtu", "reference_points": "unloaded_xyz", "ignored_tags": [60, 61],
             "cavities": {"LV": {"tags": [131]}, "RV": {"tags": [130]}, "LA": {"tags": [133]}, "RA": {"tags": [132]}},
             "fixed_tags": [159], "fixed_points": "fixed"},
    "regions": {"LV": {"tags": [31], "tissue": "ventricle"}, "RV": {"tags": [30], "tissue": "ventricle"},
                "LA": {"tags": [33], "tissue": "atrium"}, "RA": {"tags": [32], "tissue": "atrium"},
                "valves": {"tags": [34, 35, 36, 37]}, "vessels": {"tags": [38, 39]}}})",
                                         schema);
  const Anatomy heart = build_anatomy(deck, {VIVICOR_DATA});
  const MeshQuality quality = quality_of(heart);
  EXPECT_EQ(quality.cells, 128976u - 4600);
  EXPECT_EQ(quality.inverted_cells, 0u);
  // Unloaded volumes, mL, as the data set's table gives them to one decimal.
  EXPECT_NEAR(quality.cavity_mL.at("LV"), 118.2, 0.06);
  EXPECT_NEAR(quality.cavity_mL.at("RV"), 112.0, 0.06);
  EXPECT_NEAR(quality.cavity_mL.at("LA"), 40.7, 0.06);
  EXPECT_NEAR(quality.cavity_mL.at("RA"), 59.0, 0.06);
  EXPECT_EQ(heart.fixed.size(), 58u + 106); // ends of the arteries and of the veins
}
