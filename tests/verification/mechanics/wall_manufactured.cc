// The moving wall of whole hearts on the manufactured solution: compressible, nearly incompressible, contracting.
#include "mechanics/verification/wall_manufactured.h"

#include <gtest/gtest.h>

using namespace vivicor;

TEST(WallManufactured, ConvergesWithTheOrdersOfLinearElements)
{
  const VerificationTable table = manufactured_wall_orders(MPI_COMM_SELF, 4, 8);
  EXPECT_TRUE(table.passed());
  std::printf("%s\n", table.text().c_str());
}

// Fibres put at the nodes and averaged in the cells are of second order; a fibre that is wrong by 5 degrees is not.
TEST(WallManufactured, ErrorsAreThoseOfTheInterpolation)
{
  const ManufacturedSolidError error = manufactured_wall_error(MPI_COMM_SELF, 1e5, 1, 8);
  EXPECT_LT(error.displacement, 0.003) << "mm^2.5; the displacement is of the size 0.1 mm";
}
