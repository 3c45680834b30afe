// Land et al. 2015 (10.1098/rspa.2015.0641), problems 1 to 3, on coarse meshes. Finer ones: slow_land2015.cc and `vivicor verify
// mechanics --all`.
#include "mechanics/verification/land_tables.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace vivicor;

namespace
{
  LandMethod wall(const VentricleCounts &counts)
  {
    LandMethod method;
    method.counts = counts;
    return method;
  }

  LandMethod beam(const std::string &element, unsigned across)
  {
    LandMethod method;
    method.element = element;
    method.across = across;
    return method;
  }
}

// The number of the paper is a position: its deflection is 1 mm less.
TEST(Land2015, BeamOfQuadraticHexahedra)
{
  const double coarse = solve_land(MPI_COMM_SELF, 1, beam("Q2-P1disc", 1)).tip,
               fine = solve_land(MPI_COMM_SELF, 1, beam("Q2-P1disc", 2)).tip;
  EXPECT_GT(fine, 4.0);
  EXPECT_LT(fine, 4.2);
  EXPECT_NEAR(coarse, fine, 0.05) << "10 and 80 cells";
}

// Linear tetrahedra are stiff in bending; what they tend to is not.
TEST(Land2015, BeamOfTheMovingWall)
{
  const double coarse = solve_land(MPI_COMM_SELF, 1, beam("wall", 4)).tip, fine = solve_land(MPI_COMM_SELF, 1, beam("wall", 6)).tip;
  EXPECT_GT(fine, coarse);
  EXPECT_NEAR(fine + (fine - coarse) / (1.5 * 1.5 - 1), 4.1, 0.1) << "second-order extrapolation";
}

// Mid-wall apex: -26.487, -27.268, -27.324 mm under refinement with finite volumes (solids4foam).
TEST(Land2015, InflationOfTheMovingWall)
{
  const LandAnswer coarse = solve_land(MPI_COMM_SELF, 2, wall({4, 8, 2})), fine = solve_land(MPI_COMM_SELF, 2, wall({8, 16, 4}));
  EXPECT_NEAR(coarse.middle, -27.3, 0.3);
  EXPECT_NEAR(fine.middle, -27.3, 0.1);
  EXPECT_NEAR(fine.endo, -26.6, 0.1);
  EXPECT_NEAR(fine.epi, -28.2, 0.1);
  EXPECT_EQ(fine.cut_steps, 0u) << "from nothing to 10 kPa in steps that the program chooses";
}

// Per Newton iteration at a reduction by 1e-6, on 216, 1,728 and 13,824 cells: 15.4, 23.1, 22.8 (docs/performance.md).
TEST(Land2015, LinearIterationsHardlyGrow)
{
  const auto iterations = [](const VentricleCounts &counts) {
    LandMethod method = wall(counts);
    method.linear_tolerance = 1e-6;
    return solve_land(MPI_COMM_SELF, 2, method).linear_per_newton();
  };
  const double coarsest = iterations({2, 4, 1}), coarse = iterations({4, 8, 2}), fine = iterations({8, 16, 4});
  EXPECT_LT(fine, 40);
  EXPECT_LT(fine / coarsest, 1.5) << "over two refinements";
  EXPECT_LT(fine / coarse, 1.2) << "from a mesh that needs its coarse level";
}

TEST(Land2015, InflationDoesNotDependOnTheBulkModulus)
{
  LandMethod soft = wall({4, 8, 2}), hard = soft;
  soft.bulk_modulus = 1e3;
  hard.bulk_modulus = 1e6;
  EXPECT_NEAR(solve_land(MPI_COMM_SELF, 2, soft).middle, solve_land(MPI_COMM_SELF, 2, hard).middle, 0.003);
}

// No table of the published curves is at hand; one reading of the figure, second-hand: apices at about -12.5 and -15.5 mm.
TEST(Land2015, ContractionOfTheMovingWall)
{
  const LandAnswer coarse = solve_land(MPI_COMM_SELF, 3, wall({4, 8, 2}));
  EXPECT_NEAR(coarse.endo, -12.0, 1.0);
  EXPECT_NEAR(coarse.epi, -15.5, 0.6);
  for (const LandStation &s : coarse.line)
    {
      EXPECT_LT(s.twist, 0) << "clockwise seen from the base";
      EXPECT_GT(s.transmural, 0) << "the wall thickens";
      EXPECT_LT(s.longitudinal, 0);
    }
}

TEST(RefinementLimit, OfAKnownSeries)
{
  const auto value = [](double h) { return 3 - 0.5 * std::pow(h, 1.7); };
  const RefinementLimit limit = limit_of(value(1), value(0.5), value(0.25));
  EXPECT_NEAR(limit.limit, 3, 1e-12);
  EXPECT_NEAR(limit.order, 1.7, 1e-12);
  EXPECT_TRUE(std::isnan(limit_of(1, 2, 4).limit)) << "it does not converge";
}
