#include "core/mpi.h"
#include "meshes/sources/gmsh_heart.h"

#include <gtest/gtest.h>

using namespace vivicor;

TEST(GeneratedHeartOnRanks, IsTheSameEverywhere)
{
  HeartSizes sizes;
  sizes.element = 14;
  const Mesh mesh = generate_heart(sizes);
  // Position-weighted sums tell meshes apart that differ in one node or one cell.
  std::vector<double> sums{0, 0, static_cast<double>(mesh.points.size()), static_cast<double>(mesh.cells.size())};
  for (std::size_t i = 0; i < mesh.points.size(); ++i)
    for (unsigned d = 0; d < 3; ++d)
      sums[0] += (1 + (3 * i + d) % 97) * mesh.points[i][d];
  for (std::size_t c = 0; c < mesh.cells.size(); ++c)
    for (unsigned i = 0; i < 4; ++i)
      sums[1] += static_cast<double>((1 + (4 * c + i) % 89) * mesh.cells[c][i]);
  std::vector<double> low(4), high(4);
  MPI_Allreduce(sums.data(), low.data(), 4, MPI_DOUBLE, MPI_MIN, MPI_COMM_WORLD);
  MPI_Allreduce(sums.data(), high.data(), 4, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  EXPECT_EQ(low, high);
  EXPECT_GT(mesh.cells.size(), 1000u);
}
