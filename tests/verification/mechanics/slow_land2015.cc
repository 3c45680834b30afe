// The tables of Land et al. 2015 that `vivicor verify mechanics` prints: minutes.
#include "mechanics/verification/land_tables.h"

#include <gtest/gtest.h>

using namespace vivicor;

TEST(SlowLand2015, AllTablesHold)
{
  verify_land_2015(MPI_COMM_SELF, false, [](const VerificationTable &table) { EXPECT_TRUE(table.passed()) << table.text(); });
}

// At a reduction by 1e-6 in each linear system, by a uniform refinement: 31 and 41 (docs/performance.md).
TEST(SlowLand2015, LinearIterationsGrowSlowly)
{
  LandMethod method;
  method.linear_tolerance = 1e-6;
  method.counts = {4, 8, 2};
  const double coarse = solve_land(MPI_COMM_SELF, 2, method).linear_per_newton();
  method.counts = method.counts.refined();
  const double fine = solve_land(MPI_COMM_SELF, 2, method).linear_per_newton();
  EXPECT_LT(fine, 45);
  EXPECT_LT(fine / coarse, 1.5);
}
