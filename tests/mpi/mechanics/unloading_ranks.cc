// The unloaded shape does not depend on how many ranks seek it.
#include "mechanics/unloading/unloading.h"
#include "tests/unit/mechanics/solid_meshes.h"

#include "core/mesh/partition.h"
#include "core/mpi.h"

#include <gtest/gtest.h>

using namespace vivicor;
using namespace vivicor::test;

TEST(UnloadingRanks, AgreeWithOneRank)
{
  const Solid image = hollow_sphere(20, 28, 1, 2);
  const Parameters parameters = deck(R"({"vessel_ends": {"stiffness": "0.01 kPa/mm"}, "solver": {"tolerance": 1e-9},
      "tissue": {"ventricle": {"passive": {"model": "usyk"}, "active": {"model": "none"}}}})");
  UnloadingSettings settings;
  settings.pressure = {0.8};
  settings.tolerance = 1e-6;
  const auto shape = [&](MPI_Comm comm) {
    const auto cell_rank = partition_cells(image.anatomy.cells, image.anatomy.points.size(), static_cast<unsigned>(size_of(comm)));
    Timers timers;
    return unload(comm, image.anatomy, image.fibres, cell_rank, parameters, settings, timers, [](unsigned, const UnloadingIteration &) {});
  };
  const Unloading one = shape(MPI_COMM_SELF), all = shape(MPI_COMM_WORLD);
  double largest = 0, moved = 0;
  for (std::size_t n = 0; n < one.points.size(); ++n)
    {
      largest = std::max(largest, norm(minus(one.points[n], all.points[n])));
      moved = std::max(moved, norm(minus(one.points[n], image.anatomy.points[n])));
    }
  EXPECT_GT(moved, 1.0) << "mm";
  EXPECT_LT(largest, 1e-5) << "mm";
  EXPECT_NEAR(one.iterations.back().unloaded[0], all.iterations.back().unloaded[0], 1e-6 * one.iterations.back().unloaded[0]);
}
