// A heart is read by rank 0 alone and is the same on every rank; what is wrong with it is, too.
#include "core/error.h"
#include "core/mpi.h"
#include "meshes/anatomy.h"
#include "tests/unit/meshes/mesh_files.h"

#include <gtest/gtest.h>

using namespace vivicor;
using namespace vivicor::mesh_files;

namespace
{
  Parameters deck(const std::string &file)
  {
    Schema schema;
    declare_anatomy(schema);
    return parameters_from_json(R"({"mesh": {"source": "vtu", "file": ")" + file
                                  + R"(", "cavities": {"LV": {"tags": [11]}}, "fixed_tags": [12]},
      "regions": {"LV": {"tags": [1, 2], "tissue": "ventricle"}, "LA": {"tags": [3], "tissue": "atrium"}}})",
                                schema);
  }

  std::string cube_with_fibres()
  {
    Mesh mesh = hollow_cube();
    for (const Point3 &point : mesh.points)
      mesh.vectors["fibre"].push_back({1, 0.01 * point[1], 0});
    return vtu_text(mesh, Encoding::raw);
  }

  std::vector<unsigned> numbers_of(const Surface &surface)
  {
    std::vector<unsigned> numbers;
    for (const Triangle &triangle : surface)
      {
        numbers.insert(numbers.end(), triangle.nodes.begin(), triangle.nodes.end());
        numbers.push_back(triangle.cell);
      }
    return numbers;
  }
}

TEST(AnatomyOnRanks, IsThatOfTheFileWhichRankZeroAloneSees)
{
  const Folder folder; // each rank's own: elsewhere there is no such file
  if (rank_of(MPI_COMM_WORLD) == 0)
    folder.write("mesh.vtu", cube_with_fibres());
  const Anatomy heart = build_anatomy(MPI_COMM_WORLD, deck("mesh.vtu"), {folder.path.string()});

  folder.write("mesh.vtu", cube_with_fibres());
  const Anatomy own = build_anatomy(deck("mesh.vtu"), {folder.path.string()});
  EXPECT_EQ(heart.points, own.points);
  EXPECT_EQ(heart.cells, own.cells);
  EXPECT_EQ(heart.cell_region, own.cell_region);
  ASSERT_EQ(heart.regions.size(), own.regions.size());
  for (std::size_t r = 0; r < own.regions.size(); ++r)
    {
      EXPECT_EQ(heart.regions[r].name, own.regions[r].name);
      EXPECT_EQ(heart.regions[r].tissue, own.regions[r].tissue);
    }
  ASSERT_EQ(heart.cavities.size(), own.cavities.size());
  EXPECT_EQ(numbers_of(heart.cavities.at("LV")), numbers_of(own.cavities.at("LV")));
  EXPECT_EQ(numbers_of(heart.epicardium), numbers_of(own.epicardium));
  EXPECT_EQ(numbers_of(heart.fixed), numbers_of(own.fixed));
  EXPECT_EQ(heart.vectors.count("fibre"), 1u);
  EXPECT_EQ(heart.vectors, own.vectors);
}

TEST(AnatomyOnRanks, AFileThatIsNotThereIsTheErrorOfAll)
{
  EXPECT_THROW(build_anatomy(MPI_COMM_WORLD, deck("nowhere.vtu"), {"/nowhere"}), UserError);
}
