// The wall with mass moves alike on any number of ranks.
#include "tests/unit/mechanics/solid_meshes.h"

#include "core/mesh/partition.h"
#include "core/mpi.h"

#include <gtest/gtest.h>

using namespace vivicor;
using namespace vivicor::test;

namespace
{
  std::vector<Point3> swing(MPI_Comm comm, const Solid &solid)
  {
    const auto cell_rank = partition_cells(solid.anatomy.cells, solid.anatomy.points.size(), static_cast<unsigned>(size_of(comm)));
    Timers timers;
    Mechanics mechanics(comm, solid.anatomy, solid.fibres, cell_rank,
                        deck(R"({"time": {"scheme": "generalised_alpha"}, "vessel_ends": {"stiffness": "0.01 kPa/mm"},
      "solver": {"tolerance": 1e-10}, "tissue": {"ventricle": {"passive": {"model": "neo_hooke"}, "active": {"model": "none"}}}})"),
                        timers);
    const std::vector<double> calcium(solid.anatomy.points.size(), 0.1);
    for (unsigned k = 0; k < 4; ++k)
      {
        mechanics.advance(2 * k, 2, calcium, std::vector<double>{0.5 + k});
        mechanics.commit();
      }
    return mechanics.displacement();
  }
}

TEST(InertiaRanks, AgreeWithOneRank)
{
  const Solid solid = hollow_sphere(20, 28, 1, 2);
  const auto one = swing(MPI_COMM_SELF, solid), all = swing(MPI_COMM_WORLD, solid);
  double largest = 0;
  for (const Point3 &u : one)
    largest = std::max(largest, norm(u));
  EXPECT_GT(largest, 0.1) << "mm";
  for (std::size_t i = 0; i < one.size(); ++i)
    EXPECT_LT(norm(minus(one[i], all[i])), 1e-6 * largest);
}
