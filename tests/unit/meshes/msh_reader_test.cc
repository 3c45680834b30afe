// Gmsh's format in each version and encoding, as its own library writes it, and by hand as other programs do.
#include "core/error.h"
#include "meshes/sources/files/msh_reader.h"
#include "meshes/sources/files/vtu_reader.h"
#include "meshes/sources/gmsh_session.h"
#include "meshes/surfaces.h"
#include "tests/unit/meshes/mesh_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

using namespace vivicor;
using namespace vivicor::mesh_files;
using testing::HasSubstr;

namespace
{
  std::map<int, unsigned> count(const std::vector<int> &tags)
  {
    std::map<int, unsigned> counts;
    for (const int tag : tags)
      ++counts[tag];
    return counts;
  }

  std::map<int, unsigned> facets_by_tag(const Mesh &mesh)
  {
    std::vector<int> tags;
    for (const auto &facet : mesh.facets)
      tags.push_back(facet.tag);
    return count(tags);
  }

  /// Two boxes of 10 mm side by side: volumes in the groups 7 and 8, the outer faces at both ends in the group 11; fibres along x at
  /// the nodes, sheets along z in the elements with changing sign.
  struct Format
  {
    double version;
    bool binary;
    int order = 1;
  };

  std::string write_boxes(const Folder &folder, const Format &format)
  {
    const std::string file = (folder.path / "boxes.msh").string();
    const GmshSession session;
    gmsh::model::add("boxes");
    gmsh::vectorpair out;
    std::vector<gmsh::vectorpair> map;
    gmsh::model::occ::fragment({{3, gmsh::model::occ::addBox(0, 0, 0, 10, 10, 10)}}, {{3, gmsh::model::occ::addBox(10, 0, 0, 10, 10, 10)}},
                               out, map);
    gmsh::model::occ::synchronize();
    gmsh::model::addPhysicalGroup(3, {map[0][0].second}, 7);
    gmsh::model::addPhysicalGroup(3, {map[1][0].second}, 8);
    std::vector<int> ends;
    gmsh::vectorpair surfaces;
    gmsh::model::getEntities(surfaces, 2);
    for (const auto &[dimension, tag] : surfaces)
      {
        double x, y, z;
        gmsh::model::occ::getCenterOfMass(dimension, tag, x, y, z);
        if (x < 1e-6 || x > 20 - 1e-6)
          ends.push_back(tag);
      }
    gmsh::model::addPhysicalGroup(2, ends, 11);
    gmsh::option::setNumber("Mesh.MeshSizeMax", 5);
    gmsh::model::mesh::generate(3);
    gmsh::model::mesh::setOrder(format.order);
    gmsh::option::setNumber("Mesh.MshFileVersion", format.version);
    gmsh::option::setNumber("Mesh.Binary", format.binary);
    gmsh::write(file);

    std::vector<std::size_t> nodes, cells, corners;
    std::vector<double> xyz, unused;
    gmsh::model::mesh::getNodes(nodes, xyz, unused);
    gmsh::model::mesh::getElementsByType(format.order == 1 ? 4 : 11, cells, corners);
    const auto add = [&](const std::string &name, const std::string &kind, const std::vector<std::size_t> &tags, const auto &value) {
      std::vector<std::vector<double>> data;
      for (std::size_t i = 0; i < tags.size(); ++i)
        data.push_back(value(i));
      const int view = gmsh::view::add(name);
      gmsh::view::addModelData(view, 0, "boxes", kind, tags, data);
      gmsh::view::write(view, file, true);
    };
    add("fibre", "NodeData", nodes, [](std::size_t) { return std::vector<double>{1, 0, 0}; });
    add("held", "NodeData", nodes, [&](std::size_t i) { return std::vector<double>{xyz[3 * i] < 1e-6 ? 1.0 : 0.0}; });
    add("sheet", "ElementData", cells, [](std::size_t i) { return std::vector<double>{0, 0, i % 2 ? 1.0 : -1.0}; });
    return file;
  }

  std::string small(const std::string &elements, const std::string &more = "")
  {
    return "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$Nodes\n5\n1 0 0 0\n2 1 0 0\n3 0 1 0\n4 0 0 1\n5 1 1 1\n$EndNodes\n$Elements\n" + elements
           + "\n$EndElements\n" + more;
  }

  ErrorText error_of(const std::string &file, MshTags tags = MshTags::physical)
  {
    try
      {
        read_msh(file, tags);
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
}

class MshFormats : public testing::TestWithParam<Format>
{
};

TEST_P(MshFormats, GiveTheSameMesh)
{
  const Folder folder;
  const MeshFileContent content = read_msh(write_boxes(folder, GetParam()), MshTags::physical);
  const Mesh &mesh = content.mesh;
  std::map<int, double> volume;
  for (std::size_t c = 0; c < mesh.cells.size(); ++c)
    volume[mesh.cell_tag[c]] += std::abs(signed_volume(mesh, c));
  EXPECT_EQ(volume.size(), 2u);
  EXPECT_NEAR(volume[7], 1000, 1e-6);
  EXPECT_NEAR(volume[8], 1000, 1e-6);
  double area = 0;
  for (const auto &facet : mesh.facets)
    {
      EXPECT_EQ(facet.tag, 11);
      const double x = mesh.points[facet.nodes[0]][0];
      EXPECT_TRUE(std::abs(x) < 1e-9 || std::abs(x - 20) < 1e-9) << x;
      const auto &[a, b, c] = facet.nodes;
      const Point3 &p = mesh.points[a], &q = mesh.points[b], &r = mesh.points[c];
      area += std::abs((q[1] - p[1]) * (r[2] - p[2]) - (q[2] - p[2]) * (r[1] - p[1])) / 2;
    }
  EXPECT_NEAR(area, 200, 1e-6);
  EXPECT_EQ(boundary_of(mesh.cells).empty(), false);
  for (const unsigned node : mesh.cells.front())
    {
      EXPECT_EQ(content.mesh.vectors.at("fibre")[node], (Point3{1, 0, 0}));
      EXPECT_NEAR(std::abs(content.mesh.vectors.at("sheet")[node][2]), 1, 1e-12) << "signs must not cancel";
    }
  for (std::size_t n = 0; n < mesh.points.size(); ++n)
    EXPECT_EQ(content.scalars.at("held")[n], mesh.points[n][0] < 1e-6 ? 1 : 0);
}

// Gmsh 4.8 itself does not write version 4.0 in binary.
INSTANTIATE_TEST_SUITE_P(All, MshFormats,
                         testing::Values(Format{2.2, false}, Format{2.2, true}, Format{4.0, false}, Format{4.1, false}, Format{4.1, true},
                                         Format{4.1, false, 2}),
                         [](const auto &info) {
                           return "version_" + std::to_string(static_cast<int>(10 * info.param.version + 0.5))
                                  + (info.param.binary ? "_binary" : "_text") + (info.param.order == 2 ? "_quadratic" : "");
                         });

TEST(MshReader, KeepsGroupsApartThatAnotherProgramPutIntoOneEntity)
{
  const Folder folder;
  const std::string file = folder.write("same.msh", small("3\n1 4 2 7 1 1 2 3 4\n2 4 2 8 1 2 3 4 5\n3 2 2 11 1 1 3 2"));
  EXPECT_EQ(count(read_msh(file, MshTags::physical).mesh.cell_tag), (std::map<int, unsigned>{{7, 1}, {8, 1}}));
  EXPECT_EQ(facets_by_tag(read_msh(file, MshTags::physical).mesh), (std::map<int, unsigned>{{11, 1}}));
  EXPECT_EQ(count(read_msh(file, MshTags::entity).mesh.cell_tag), (std::map<int, unsigned>{{1, 2}}));
}

TEST(MshReader, WithoutGroupsNamesTheOtherKindOfTags)
{
  const Folder folder;
  const std::string file = folder.write("none.msh", small("2\n1 4 2 0 1 1 2 3 4\n2 4 2 0 2 2 3 4 5"));
  EXPECT_THAT(error_of(file).nearest, HasSubstr("mesh.tag_kind = entity"));
  EXPECT_EQ(count(read_msh(file, MshTags::entity).mesh.cell_tag), (std::map<int, unsigned>{{1, 1}, {2, 1}}));
}

TEST(MshReader, RefusesWhatIsNoMeshOfTetrahedra)
{
  const Folder folder;
  EXPECT_THAT(error_of(folder.write("a.msh", small("1\n1 7 2 7 1 1 2 3 4 5"))).what, HasSubstr("Pyramid"));
  EXPECT_THAT(error_of(folder.write("b.msh", small("1\n1 2 2 7 1 1 2 3"))).why, HasSubstr("no tetrahedra"));
  EXPECT_THAT(error_of(folder.write("c.msh", "SetFactory(\"OpenCASCADE\");")).why, HasSubstr("no Gmsh mesh"));
  EXPECT_THAT(error_of(folder.write("d.geo", small("1\n1 4 2 7 1 1 2 3 4"))).why, HasSubstr("no Gmsh mesh")) << "a script would be run";
}

TEST(MshReader, RefusesDamagedFiles)
{
  const Folder folder;
  const std::string whole = small("1\n1 4 2 7 1 1 2 3 4");
  EXPECT_THAT(error_of(folder.write("cut.msh", whole.substr(0, whole.find("$Elements") + 12))).why, HasSubstr("$EndElements"));
  error_of(folder.write("node.msh", small("1\n1 4 2 7 1 1 2 3 9")));
  error_of(folder.write("count.msh", small("5\n1 4 2 7 1 1 2 3 4")));
  EXPECT_THAT(error_of(folder.write("nan.msh", "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$Nodes\n4\n1 nan 0 0\n2 1 0 0\n3 0 1 0\n4 0 0 1\n"
                                               "$EndNodes\n$Elements\n1\n1 4 2 7 1 1 2 3 4\n$EndElements\n"))
                .what,
              HasSubstr("cannot be read"));
  EXPECT_EQ(read_msh(folder.write("good.msh", whole), MshTags::physical).mesh.cells.size(), 1u) << "after the failures";
}

TEST(MshReader, IsNamedToWhoReadsSuchAFileAsVtk)
{
  const Folder folder;
  try
    {
      read_vtu(folder.write("mesh.msh", small("1\n1 4 2 7 1 1 2 3 4")), "tag");
      FAIL();
    }
  catch (const UserError &error)
    {
      EXPECT_EQ(error.text.nearest, "mesh.source = gmsh");
    }
}
