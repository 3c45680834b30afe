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

// Fibres are put at the nodes and averaged in the cells: as good as exact ones here.
TEST(WallManufactured, TensionAddsLittleError)
{
  const double passive = manufactured_wall_error(MPI_COMM_SELF, 1e5, 0, 8).displacement,
               active = manufactured_wall_error(MPI_COMM_SELF, 1e5, 1, 8).displacement;
  EXPECT_NEAR(passive, 1.94e-3, 0.05e-3) << "mm^2.5, of a displacement of about 0.1 mm";
  EXPECT_NEAR(active, passive, 0.1 * passive);
}
