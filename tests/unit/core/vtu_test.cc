// Written grids are read back twice: by a decoder of VTK's format of our own and, where it is installed, by ParaView.
#include "core/output/vtu.h"

#include "core/error.h"
#include "core/output/files.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>
#include <zlib.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <limits>

using namespace vivicor;
using vivicor::testing::TemporaryFolder;

namespace
{
  /// A unit cube of six tetrahedra around its diagonal, repeated along x.
  VtuPiece cubes(unsigned n)
  {
    VtuPiece piece;
    for (unsigned i = 0; i <= n; ++i)
      for (const auto &[y, z] : {std::pair{0., 0.}, {1., 0.}, {0., 1.}, {1., 1.}})
        piece.points.push_back({double(i), y, z});
    const unsigned tets[6][4] = {{0, 4, 5, 7}, {0, 5, 1, 7}, {0, 1, 3, 7}, {0, 3, 2, 7}, {0, 2, 6, 7}, {0, 6, 4, 7}};
    for (unsigned i = 0; i < n; ++i)
      for (const auto &tet : tets)
        piece.cells.push_back({4 * i + tet[0], 4 * i + tet[1], 4 * i + tet[2], 4 * i + tet[3]});
    VtuField x{"x_mm", 1, {}}, displacement{"displacement_mm", 3, {}}, number{"cell_number", 1, {}};
    for (const Point3 &p : piece.points)
      {
        x.values.push_back(p[0]);
        for (const double v : p)
          displacement.values.push_back(2 * v);
      }
    for (std::size_t i = 0; i < piece.cells.size(); ++i)
      number.values.push_back(double(i));
    piece.point_fields = {x, displacement};
    piece.cell_fields = {number};
    return piece;
  }

  /// The file's XML and its raw part.
  struct Vtu
  {
    explicit Vtu(const std::string &file)
    {
      const std::string content = read_whole(file);
      const std::size_t begin = content.find("<AppendedData"), raw_begin = content.find('_', begin) + 1;
      raw = content.substr(raw_begin, content.rfind("\n</AppendedData>") - raw_begin);
      EXPECT_TRUE(xml.load_string((content.substr(0, begin) + "</VTKFile>").c_str()));
    }

    template <class T>
    std::vector<T> array(const std::string &xpath) const
    {
      const char *at = raw.data() + xml.select_node(xpath.c_str()).node().attribute("offset").as_ullong();
      const auto header = [at](std::size_t i) {
        std::uint64_t value;
        std::memcpy(&value, at + 8 * i, 8);
        return value;
      };
      const std::uint64_t blocks = header(0), full = header(1), rest = header(2);
      std::vector<T> values;
      std::string bytes;
      const char *packed = at + 8 * (3 + blocks);
      for (std::uint64_t block = 0; block < blocks; ++block)
        {
          std::vector<Bytef> unpacked(full);
          uLongf size = full;
          EXPECT_EQ(uncompress(unpacked.data(), &size, reinterpret_cast<const Bytef *>(packed), header(3 + block)), Z_OK);
          EXPECT_EQ(size, block + 1 == blocks && rest ? rest : full);
          bytes.append(reinterpret_cast<const char *>(unpacked.data()), size);
          packed += header(3 + block);
        }
      values.resize(bytes.size() / sizeof(T));
      std::memcpy(values.data(), bytes.data(), bytes.size());
      return values;
    }

    pugi::xml_document xml;
    std::string raw;
  };

  std::string output_of(const std::string &command)
  {
    std::string output;
    std::FILE *pipe = popen(command.c_str(), "r");
    char buffer[4096];
    while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, pipe))
      output.append(buffer, n);
    pclose(pipe);
    return output;
  }
}

TEST(Vtu, holds_what_was_written)
{
  const TemporaryFolder folder;
  const VtuPiece piece = cubes(5000); // several compressed blocks per array
  write_vtu(folder / "a.vtu", piece);

  const Vtu vtu(folder / "a.vtu");
  const auto xml_piece = vtu.xml.select_node("//Piece").node();
  EXPECT_EQ(xml_piece.attribute("NumberOfPoints").as_ullong(), piece.points.size());
  EXPECT_EQ(xml_piece.attribute("NumberOfCells").as_ullong(), piece.cells.size());

  const auto connectivity = vtu.array<std::int32_t>("//DataArray[@Name='connectivity']");
  const auto offsets = vtu.array<std::int32_t>("//DataArray[@Name='offsets']");
  const auto types = vtu.array<std::uint8_t>("//DataArray[@Name='types']");
  ASSERT_EQ(connectivity.size(), 4 * piece.cells.size());
  ASSERT_EQ(offsets.size(), piece.cells.size());
  EXPECT_THAT(types, ::testing::Each(10));
  for (std::size_t i = 0; i < piece.cells.size(); ++i)
    {
      ASSERT_EQ(offsets[i], std::int32_t(4 * (i + 1)));
      for (unsigned j = 0; j < 4; ++j)
        ASSERT_EQ(connectivity[4 * i + j], std::int32_t(piece.cells[i][j]));
    }
  const auto points = vtu.array<float>("//Points/DataArray");
  const auto displacement = vtu.array<float>("//PointData/DataArray[@Name='displacement_mm']");
  const auto number = vtu.array<float>("//CellData/DataArray[@Name='cell_number']");
  ASSERT_EQ(points.size(), 3 * piece.points.size());
  for (std::size_t i = 0; i < points.size(); ++i)
    {
      ASSERT_EQ(points[i], float(piece.points[i / 3][i % 3]));
      ASSERT_EQ(displacement[i], 2 * points[i]);
    }
  ASSERT_EQ(number.size(), piece.cells.size());
  EXPECT_EQ(number.back(), float(piece.cells.size() - 1));
}

TEST(Vtu, keeps_nan_and_empty_pieces)
{
  const TemporaryFolder folder;
  VtuPiece piece = cubes(1);
  piece.point_fields[0].values[3] = std::numeric_limits<double>::quiet_NaN();
  write_vtu(folder / "nan.vtu", piece);
  EXPECT_TRUE(std::isnan(Vtu(folder / "nan.vtu").array<float>("//PointData/DataArray[@Name='x_mm']")[3]));

  write_vtu(folder / "empty.vtu", VtuPiece{});
  EXPECT_TRUE(Vtu(folder / "empty.vtu").array<float>("//Points/DataArray").empty());
}

TEST(Vtu, escapes_field_names)
{
  const TemporaryFolder folder;
  VtuPiece piece = cubes(1);
  piece.point_fields[0].name = "a<b & \"c\"";
  write_vtu(folder / "a.vtu", piece);
  EXPECT_STREQ(Vtu(folder / "a.vtu").xml.select_node("//PointData/DataArray").node().attribute("Name").value(), "a<b & \"c\"");
}

TEST(Vtu, frames_share_their_grid_and_differ_in_their_fields)
{
  const TemporaryFolder folder;
  VtuPiece grid = cubes(5000);
  std::vector<VtuField> changing{grid.point_fields[0]};
  grid.point_fields.erase(grid.point_fields.begin());
  const VtuFrames single(grid), all_digits(grid, VtuPrecision::float64);
  for (double &x : changing[0].values)
    x += 1e-9; // beyond single precision
  EXPECT_EQ(single.write(folder / "a", changing, MPI_COMM_SELF), "a.vtu");
  all_digits.write(folder / "b", changing, MPI_COMM_SELF);
  for (double &x : changing[0].values)
    x *= 3;
  single.write(folder / "c", changing, MPI_COMM_SELF);

  const Vtu a(folder / "a.vtu"), b(folder / "b.vtu"), c(folder / "c.vtu");
  const auto x_a = a.array<float>("//PointData/DataArray[@Name='x_mm']"), x_c = c.array<float>("//PointData/DataArray[@Name='x_mm']");
  const auto x_b = b.array<double>("//PointData/DataArray[@Name='x_mm']");
  ASSERT_EQ(x_a.size(), grid.points.size());
  ASSERT_EQ(x_b.size(), grid.points.size());
  for (std::size_t i = 0; i < x_a.size(); ++i)
    {
      ASSERT_EQ(x_a[i], float(grid.points[i][0] + 1e-9));
      ASSERT_EQ(x_b[i], grid.points[i][0] + 1e-9);
      ASSERT_EQ(x_c[i], float(changing[0].values[i]));
    }
  for (const char *same :
       {"//Points/DataArray", "//PointData/DataArray[@Name='displacement_mm']", "//CellData/DataArray[@Name='cell_number']"})
    EXPECT_EQ(a.array<float>(same), c.array<float>(same)) << same;
  EXPECT_EQ(a.array<std::int32_t>("//DataArray[@Name='connectivity']"), c.array<std::int32_t>("//DataArray[@Name='connectivity']"));
  EXPECT_EQ(c.array<float>("//PointData/DataArray[@Name='displacement_mm']")[3 * 7], float(2 * grid.points[7][0]));
}

TEST(Vtu, a_field_of_wrong_length_is_a_bug)
{
  const TemporaryFolder folder;
  VtuPiece piece = cubes(1);
  piece.point_fields[0].values.pop_back();
  EXPECT_THROW(write_vtu(folder / "a.vtu", piece), std::logic_error);
  EXPECT_FALSE(std::filesystem::exists(folder / "a.vtu"));
}

TEST(Vtu, an_absent_folder_is_an_output_error)
{
  const TemporaryFolder folder;
  EXPECT_THROW(write_vtu(folder / "absent/a.vtu", cubes(1)), OutputError);
}

TEST(Vtu, series_is_whole_after_each_entry)
{
  const TemporaryFolder folder;
  VtuSeries series(folder / "fields.pvd");
  for (unsigned i = 0; i < 3; ++i)
    {
      series.add(10.0 * i, "fields/f" + std::to_string(i) + ".vtu");
      pugi::xml_document xml;
      ASSERT_TRUE(xml.load_file((folder / "fields.pvd").c_str()));
      const auto sets = xml.select_nodes("/VTKFile/Collection/DataSet");
      ASSERT_EQ(sets.size(), i + 1);
      EXPECT_EQ(sets[i].node().attribute("timestep").as_double(), 10.0 * i);
    }
}

TEST(Vtu, paraview_reads_it)
{
  if (std::system("command -v pvpython >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "ParaView's pvpython is not installed";
  const TemporaryFolder folder;
  const VtuPiece piece = cubes(30);
  write_vtu(folder / "a.vtu", piece);
  VtuSeries series(folder / "a.pvd");
  series.add(0, "a.vtu");
  series.add(25, "a.vtu");
  std::ofstream(folder / "read.py")
    << "from paraview.simple import *\n"
       "reader = OpenDataFile('"
         + (folder / "a.pvd")
         + "')\n"
           "reader.UpdatePipeline()\n"
           "info = reader.GetDataInformation()\n"
           "volume = IntegrateVariables(Input=reader)\n"
           "volume.UpdatePipeline()\n"
           "print('RESULT', info.GetNumberOfPoints(), info.GetNumberOfCells(), list(reader.TimestepValues),\n"
           "      reader.PointData['displacement_mm'].GetRange(0),\n"
           "      round(volume.CellData['Volume'].GetRange(0)[0], 4))\n";
  EXPECT_THAT(output_of("timeout 120 pvpython --force-offscreen-rendering '" + (folder / "read.py") + "' 2>&1"),
              ::testing::HasSubstr("RESULT 124 180 [0.0, 25.0] (0.0, 60.0) 30.0"));
}
