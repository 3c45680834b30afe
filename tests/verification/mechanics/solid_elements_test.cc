// The general solid solver on coarse meshes: orders of the manufactured solution, and Cook's membrane.
#include "mechanics/verification/cook.h"
#include "mechanics/verification/solid/element.h"
#include "mechanics/verification/solid_manufactured.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  void expect_inside(const VerificationTable &table)
  {
    for (const auto &line : table.lines)
      EXPECT_TRUE(line.inside()) << line.what << ": " << line.ours << " not in [" << line.low << ", " << line.high << "]";
    std::printf("%s\n", table.text().c_str());
  }
}

TEST(SolidElements, ManufacturedOrdersOfLinearOnes)
{
  for (const char *name : {"P1", "P1-P1", "Q1", "Q1-P0"})
    expect_inside(manufactured_solid_orders(MPI_COMM_SELF, name, 4, 8));
}

TEST(SolidElements, ManufacturedOrdersOfQuadraticOnes)
{
  for (const char *name : {"P2", "P2-P1", "Q2", "Q2-Q1", "Q2-P1disc"})
    expect_inside(manufactured_solid_orders(MPI_COMM_SELF, name, 2, 4));
}

// Locking: linear displacements alone stay far below the tip that every other element reaches.
TEST(SolidElements, CookMembraneLocksOnlyWithoutPressure)
{
  const auto tip = [](const char *element) { return cook_tip(MPI_COMM_SELF, cook_nearly_incompressible(), element, 4).corner; };
  EXPECT_LT(tip("P1"), 3);
  EXPECT_LT(tip("Q1"), 3);
  for (const char *element : {"P2-P1", "Q2-Q1", "Q2-P1disc"})
    EXPECT_NEAR(tip(element), 6.9083, 0.05 * 6.9083) << element << ": on 4 cells along an edge, P2-P1 is 4.4 % short";
}

// Published to five digits: 4.7011 mm (Mueller 2015, thesis, Duisburg-Essen).
TEST(SolidElements, CookMembraneIncompressible)
{
  EXPECT_NEAR(cook_tip(MPI_COMM_SELF, cook_incompressible(), "Q2-P1disc", 8).corner, 4.7011, 0.01 * 4.7011);
}
