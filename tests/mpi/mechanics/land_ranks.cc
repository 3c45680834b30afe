// Problems 1 and 2 of Land et al. 2015 with the moving wall: every rank alone, then all together.
#include "mechanics/verification/land_2015.h"

#include <gtest/gtest.h>

using namespace vivicor;

TEST(LandRanks, BeamDoesNotDependOnThem)
{
  LandMethod method;
  method.across = 2;
  method.linear_tolerance = 1e-6;
  const LandAnswer alone = solve_land(MPI_COMM_SELF, 1, method), together = solve_land(MPI_COMM_WORLD, 1, method);
  EXPECT_EQ(alone.cells, together.cells);
  EXPECT_NEAR(alone.tip, together.tip, 1e-4); // Newton's method stops at 1e-6 of the forces
}

// The ranks' factors overlap: without that, two of them take 37 iterations where one takes 26.
TEST(LandRanks, TakeFewMoreLinearIterationsTogether)
{
  LandMethod method;
  method.counts = {4, 8, 2};
  method.linear_tolerance = 1e-6;
  const LandAnswer alone = solve_land(MPI_COMM_SELF, 2, method), together = solve_land(MPI_COMM_WORLD, 2, method);
  EXPECT_LT(together.linear_per_newton(), 1.15 * alone.linear_per_newton());
  EXPECT_NEAR(alone.middle, together.middle, 1e-4);
}
