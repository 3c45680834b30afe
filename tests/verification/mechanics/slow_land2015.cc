// The tables of Land et al. 2015 that `vivicor verify mechanics` prints: minutes.
#include "mechanics/verification/land_tables.h"

#include <gtest/gtest.h>

using namespace vivicor;

TEST(SlowLand2015, AllTablesHold)
{
  verify_land_2015(MPI_COMM_SELF, false, [](const VerificationTable &table) { EXPECT_TRUE(table.passed()) << table.text(); });
}

// From 1,728 to 110,592 cells; the coarser meshes: land2015.cc.
TEST(SlowLand2015, LinearIterationsHardlyGrow)
{
  LandMethod method;
  method.linear_tolerance = 1e-6;
  method.counts = {4, 8, 2};
  const double coarse = solve_land(MPI_COMM_SELF, 2, method).linear_per_newton();
  method.counts = method.counts.refined(2);
  const double fine = solve_land(MPI_COMM_SELF, 2, method).linear_per_newton();
  EXPECT_LT(fine, 40);
  EXPECT_LT(fine / coarse, 1.5);
}
