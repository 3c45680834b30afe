// The generator answers the same each time it is asked: on every rank, and twice in one process.
#include "core/mpi.h"
#include "meshes/sources/generated/gmsh_heart.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  // Position-weighted sums tell meshes apart that differ in one node or one cell.
  std::vector<double> sums_of(const Mesh &mesh)
  {
    std::vector<double> sums{0, 0, static_cast<double>(mesh.points.size()), static_cast<double>(mesh.cells.size())};
    for (std::size_t i = 0; i < mesh.points.size(); ++i)
      for (unsigned d = 0; d < 3; ++d)
        sums[0] += (1 + (3 * i + d) % 97) * mesh.points[i][d];
    for (std::size_t c = 0; c < mesh.cells.size(); ++c)
      for (unsigned i = 0; i < 4; ++i)
        sums[1] += static_cast<double>((1 + (4 * c + i) % 89) * mesh.cells[c][i]);
    return sums;
  }
}

TEST(GeneratedHeartOnRanks, IsAlwaysTheSame)
{
  HeartSizes sizes;
  sizes.element = 14;
  const auto sums = sums_of(generate_heart(sizes));
  std::vector<double> low(sums.size()), high(sums.size());
  MPI_Allreduce(sums.data(), low.data(), sums.size(), MPI_DOUBLE, MPI_MIN, MPI_COMM_WORLD);
  MPI_Allreduce(sums.data(), high.data(), sums.size(), MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  EXPECT_EQ(low, high);
  EXPECT_GT(sums[3], 1000);
  int ranks;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  if (ranks == 1)
    {
      EXPECT_EQ(sums_of(generate_heart(sizes)), sums);
    }
}
