// Numbers of a mesh file that are none: fibres, positions, marks, tags. The node is named, before anything is computed.
#include "core/error.h"
#include "meshes/anatomy.h"
#include "meshes/fibres/fibres.h"
#include "tests/unit/meshes/mesh_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

using namespace vivicor;
using namespace vivicor::mesh_files;
using testing::HasSubstr;

namespace
{
  constexpr double NaN = std::numeric_limits<double>::quiet_NaN(), infinite = std::numeric_limits<double>::infinity();

  Mesh with_fibres(const Point3 &fibre = {1, 0, 0}, const Point3 &sheet = {0, 1, 0})
  {
    Mesh mesh = hollow_cube();
    mesh.vectors["fibre"].assign(mesh.points.size(), fibre);
    mesh.vectors["sheet"].assign(mesh.points.size(), sheet);
    mesh.vectors["unloaded"] = mesh.points;
    return mesh;
  }

  /// What the heart of this file is refused for; empty: it is taken.
  std::string refusal(const std::string &file, const std::string &mesh_entries = "", const std::string &source = "file")
  {
    const Folder folder;
    folder.write("mesh.vtu", file);
    Schema schema;
    declare_anatomy(schema);
    declare_fibres(schema);
    const auto deck = parameters_from_json(R"({"mesh": {"source": "vtu", "file": "mesh.vtu", "cavities": {"LV": {"tags": [11]}})"
                                             + mesh_entries + R"(}, "regions": {"LV": {"tags": [1, 2, 3], "tissue": "ventricle"}},
      "fibres": {"source": ")" + source + R"(", "sheet_array": "sheet"}})",
                                           schema);
    try
      {
        build_anatomy(deck, {folder.path.string()});
        return "";
      }
    catch (const UserError &error)
      {
        EXPECT_FALSE(error.text.what.empty() || error.text.where.empty() || error.text.why.empty() || error.text.mend.empty())
          << error.what();
        return error.what();
      }
  }

  std::string refusal(const Mesh &mesh, const std::string &mesh_entries = "", const std::string &source = "file")
  {
    return refusal(vtu_text(mesh, Encoding::base64), mesh_entries, source);
  }
}

TEST(FileDirections, FiniteOnesAreTaken)
{
  EXPECT_EQ(refusal(with_fibres()), "");
  EXPECT_EQ(refusal(with_fibres({3, 0, 0})), "") << "only their direction counts";
  Mesh some = with_fibres();
  some.vectors["fibre"][5] = {0, 0, 0};
  EXPECT_EQ(refusal(some), "") << "the rule holds there";
}

TEST(FileDirections, OthersAreRefusedWithTheNode)
{
  for (const std::string array : {"fibre", "sheet"})
    for (const Point3 &wrong : {Point3{NaN, NaN, NaN}, Point3{1, 0, NaN}, Point3{infinite, 0, 0}, Point3{0, 1e30, 0}, Point3{1e-20, 0, 0}})
      {
        Mesh mesh = with_fibres();
        mesh.vectors[array][37] = mesh.vectors[array][41] = wrong;
        const std::string told = refusal(mesh);
        EXPECT_THAT(told, HasSubstr("node 37")) << array << wrong[0];
        EXPECT_THAT(told, HasSubstr("1 more"));
        EXPECT_THAT(told, HasSubstr("'" + array + "'"));
        EXPECT_EQ(refusal(mesh, "", "rule"), "") << "nobody asks for it";
      }
  EXPECT_THAT(refusal(with_fibres({0, 0, 0})), HasSubstr("zero at every node"));
}

TEST(FileDirections, OfIgnoredTissueDoNotMatter)
{
  Mesh mesh = with_fibres();
  const auto far = static_cast<unsigned>(mesh.points.size());
  for (const Point3 &p : {Point3{200, 0, 0}, Point3{210, 0, 0}, Point3{200, 10, 0}, Point3{200, 0, 10}})
    {
      mesh.points.push_back(p);
      mesh.vectors["fibre"].push_back({NaN, NaN, NaN});
      mesh.vectors["sheet"].push_back({NaN, NaN, NaN});
      mesh.vectors["unloaded"].push_back(p);
    }
  mesh.cells.push_back({far, far + 1, far + 2, far + 3});
  mesh.cell_tag.push_back(99);
  EXPECT_EQ(refusal(mesh, R"(, "ignored_tags": [99])"), "");
}

TEST(FileNumbers, UnloadedPositionsAndMarksAreFinite)
{
  Mesh mesh = with_fibres();
  EXPECT_EQ(refusal(mesh, R"(, "reference_points": "unloaded")"), "");
  mesh.vectors["unloaded"][12][1] = NaN;
  EXPECT_THAT(refusal(mesh, R"(, "reference_points": "unloaded")"), HasSubstr("'unloaded' is not finite at node 12"));
  EXPECT_EQ(refusal(mesh), "") << "nobody asks for it";

  std::string file = vtu_text(with_fibres(), Encoding::ascii, std::vector<int>(mesh.points.size(), 1));
  const auto marks = file.find("Name=\"held\"");
  file.replace(file.rfind("Int32", marks), 5, "Float64");
  const auto first = file.find("> 1", marks);
  file.replace(first, 3, "> nan");
  EXPECT_THAT(refusal(file, R"(, "fixed_points": "held")"), HasSubstr("'held' is not finite at node 0"));
}

TEST(FileNumbers, TagsAreWhole)
{
  for (const std::string wrong : {"nan", "1.5", "1e300"})
    {
      std::string file = vtu_text(with_fibres(), Encoding::ascii);
      const auto tags = file.find("Name=\"tag\"");
      file.replace(file.rfind("Int32", tags), 5, "Float64");
      const auto first = file.find("> 11", file.find("Name=\"tag\""));
      file.replace(first, 4, "> " + wrong);
      EXPECT_THAT(refusal(file), HasSubstr("cell 0 has the tag")) << wrong;
    }
}
