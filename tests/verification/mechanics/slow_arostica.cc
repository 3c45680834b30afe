// Arostica et al. 2025 (10.1016/j.cma.2024.117485): beside the published results, and on finer and finer meshes.
#include "mechanics/verification/arostica.h"

#include <gtest/gtest.h>

using namespace vivicor;

TEST(SlowArostica, ContractionBesideTheMeanOfTenGroups)
{
  const VerificationTable table = arostica_published(MPI_COMM_SELF, "0A");
  EXPECT_TRUE(table.passed()) << table.text();
}

TEST(SlowArostica, BucklesTowardsThePublishedSide)
{
  const VerificationTable table = arostica_published(MPI_COMM_SELF, "0B");
  EXPECT_TRUE(table.passed()) << table.text();
}

TEST(SlowArostica, StiffWallBesideTheRangeOfTenGroups)
{
  const VerificationTable table = arostica_published(MPI_COMM_SELF, "2B");
  EXPECT_TRUE(table.passed()) << table.text();
}

TEST(SlowArostica, QuadraticElementsWithinTheRangeOfTenGroups)
{
  const VerificationTable table = arostica_published_quadratic(MPI_COMM_SELF);
  EXPECT_TRUE(table.passed()) << table.text();
}

TEST(SlowArostica, HistoriesConvergeUnderRefinement)
{
  const VerificationTable table = arostica_convergence(MPI_COMM_SELF, "1");
  EXPECT_TRUE(table.passed()) << table.text();
}

TEST(SlowArostica, BothDiscretisationsBuckleAtTheSameTime)
{
  const VerificationTable table = arostica_buckling(MPI_COMM_SELF);
  EXPECT_TRUE(table.passed()) << table.text();
}
