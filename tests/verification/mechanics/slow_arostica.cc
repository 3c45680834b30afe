// Arostica et al. 2025 (10.1016/j.cma.2024.117485), case 0A beside the published results.
#include "mechanics/verification/arostica.h"

#include <gtest/gtest.h>

using namespace vivicor;

TEST(SlowArostica, ContractionBesideTheMeanOfTenGroups)
{
  const VerificationTable table = arostica_published(MPI_COMM_SELF);
  EXPECT_TRUE(table.passed()) << table.text();
}
