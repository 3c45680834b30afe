#include "core/error.h"
#include "meshes/sources/files/vtu_reader.h"
#include "tests/unit/meshes/mesh_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

using namespace vivicor;
using namespace vivicor::mesh_files;
using testing::HasSubstr;

namespace
{
  Mesh sample()
  {
    Mesh mesh = hollow_cube();
    for (const Point3 &p : mesh.points)
      mesh.vectors["unloaded_xyz"].push_back({p[0] + 1, 2 * p[1], -p[2]});
    return mesh;
  }

  ErrorText error_of(const std::string &file, const std::string &tag_array = "tag")
  {
    const auto start = std::chrono::steady_clock::now();
    try
      {
        read_vtu(file, tag_array);
      }
    catch (const UserError &error)
      {
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
        EXPECT_FALSE(error.text.what.empty() || error.text.where.empty() || error.text.why.empty() || error.text.mend.empty())
          << error.what();
        return error.text;
      }
    ADD_FAILURE() << file << " was read";
    return {};
  }

  std::string replaced(std::string text, const std::string &old_text, const std::string &new_text)
  {
    const auto at = text.find(old_text);
    EXPECT_NE(at, std::string::npos) << old_text;
    return text.replace(at, old_text.size(), new_text);
  }
}

class VtuEncodings : public testing::TestWithParam<Encoding>
{
};

TEST_P(VtuEncodings, GiveTheSameMesh)
{
  const Folder folder;
  const Mesh mesh = sample();
  std::vector<int> marks(mesh.points.size(), 0);
  marks[7] = 1;
  const MeshFileContent read = read_vtu(folder.write("mesh.vtu", vtu_text(mesh, GetParam(), marks)), "tag");
  EXPECT_EQ(read.mesh.points, mesh.points);
  EXPECT_EQ(read.mesh.cells, mesh.cells);
  EXPECT_EQ(read.mesh.cell_tag, mesh.cell_tag);
  EXPECT_EQ(read.mesh.vectors, mesh.vectors);
  ASSERT_EQ(read.mesh.facets.size(), mesh.facets.size());
  for (std::size_t f = 0; f < mesh.facets.size(); ++f)
    {
      EXPECT_EQ(read.mesh.facets[f].nodes, mesh.facets[f].nodes);
      EXPECT_EQ(read.mesh.facets[f].tag, mesh.facets[f].tag);
    }
  EXPECT_EQ(read.scalars.at("held"), std::vector<double>(marks.begin(), marks.end()));
}

TEST_P(VtuEncodings, TruncatedAnywhereAreErrors)
{
  const Folder folder;
  const std::string text = vtu_text(sample(), GetParam());
  for (const double part : {0.0, 0.02, 0.2, 0.5, 0.8, 0.95})
    error_of(folder.write("cut.vtu", text.substr(0, static_cast<std::size_t>(part * text.size()))));
}

INSTANTIATE_TEST_SUITE_P(All, VtuEncodings,
                         testing::Values(Encoding::ascii, Encoding::base64, Encoding::base64_zlib, Encoding::raw, Encoding::raw_zlib,
                                         Encoding::appended_base64, Encoding::big_endian_wide));

TEST(VtuReader, DamagedCompressedBlockIsAnError)
{
  const Folder folder;
  std::string text = vtu_text(sample(), Encoding::base64_zlib);
  const auto array = text.find("format=\"binary\">");
  for (std::size_t i = array + 400; i < array + 440; ++i)
    text[i] = 'A';
  EXPECT_THAT(error_of(folder.write("damaged.vtu", text)).what, HasSubstr("Points"));
}

TEST(VtuReader, DamagedHeaderDoesNotEatTheMemory)
{
  const Folder folder;
  std::string text = vtu_text(sample(), Encoding::base64_zlib);
  const auto array = text.find("format=\"binary\">") + 16;
  text.replace(array, 8, "////////");
  error_of(folder.write("damaged.vtu", text));
}

TEST(VtuReader, OtherCellsAreRefused)
{
  const Folder folder;
  const std::string text = replaced(vtu_text(sample(), Encoding::ascii), "\"types\" NumberOfComponents=\"1\" format=\"ascii\"> 5",
                                    "\"types\" NumberOfComponents=\"1\" format=\"ascii\"> 12");
  EXPECT_THAT(error_of(folder.write("hexahedron.vtu", text)).what, HasSubstr("VTK type 12"));
}

TEST(VtuReader, NamesTheNearestTagArray)
{
  const Folder folder;
  const ErrorText error = error_of(folder.write("mesh.vtu", vtu_text(sample(), Encoding::ascii)), "tags");
  EXPECT_THAT(error.what, HasSubstr("'tags'"));
  EXPECT_EQ(error.nearest, "tag");
}

TEST(VtuReader, NodeNumbersAreChecked)
{
  const Folder folder;
  const std::string text = replaced(vtu_text(sample(), Encoding::ascii), "\"connectivity\" NumberOfComponents=\"1\" format=\"ascii\"> 21",
                                    "\"connectivity\" NumberOfComponents=\"1\" format=\"ascii\"> 64");
  EXPECT_THAT(error_of(folder.write("wild.vtu", text)).why, HasSubstr("point 64 of 64"));
}

TEST(VtuReader, WrongContentIsExplained)
{
  const Folder folder;
  EXPECT_THAT(error_of(folder.write("a.vtu", "solid cube\nfacet normal")).why, HasSubstr("no VTK XML file"));
  EXPECT_THAT(error_of(folder.write("b.vtu", replaced(vtu_text(sample(), Encoding::ascii), "UnstructuredGrid", "PolyData"))).why,
              HasSubstr("UnstructuredGrid"));
  EXPECT_THAT(error_of(folder.write("c.vtu", replaced(vtu_text(sample(), Encoding::base64_zlib), "vtkZLib", "vtkLZ4"))).why,
              HasSubstr("vtkLZ4"));
}

TEST(VtuReader, ReadsThePublicMeshes)
{
  if (!std::filesystem::exists(VIVICOR_DATA "/meshes"))
    GTEST_SKIP() << "the public data set is not at " VIVICOR_DATA;
  struct Expected
  {
    const char *file;
    std::size_t nodes, cells;
  };
  // Counts from the data set's own table.
  for (const Expected &e : {Expected{"kit_wholeheart.vtu", 32505, 128976},
                            {"cobiveco_geo1_biv.vtu", 38131, 158169},
                            {"pignn_lv_human.vtu", 1570, 6176},
                            {"ambit_biv_idealised.vtu", 2609, 9046},
                            {"ambit_biv_coarse_quadratic.vtu", 624, 1882},
                            {"ambit_lv.vtu", 530, 1838}})
    {
      const Mesh mesh = read_vtu(std::string(VIVICOR_DATA "/meshes/") + e.file, "tag").mesh;
      EXPECT_EQ(mesh.points.size(), e.nodes) << e.file;
      EXPECT_EQ(mesh.cells.size(), e.cells) << e.file;
      EXPECT_FALSE(mesh.facets.empty()) << e.file;
      std::size_t positive = 0;
      for (std::size_t c = 0; c < mesh.cells.size(); ++c)
        positive += signed_volume(mesh, c) > 0;
      EXPECT_TRUE(positive == 0 || positive == mesh.cells.size()) << e.file << ": " << positive << " positive cells";
    }
}
