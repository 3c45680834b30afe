#include "circulation/valves/smooth_diode.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace vivicor;

namespace
{
  // The published valve in mmHg, s, mL.
  const SmoothDiode valve{0.0075, 75006.2, 0.01};
}

TEST(CirculationValve, PublishedResistances)
{
  EXPECT_NEAR(valve(5.).flow, 5. / 0.0075, 0.02 * 5. / 0.0075); // the tail of the arctangent: 1.6 % at 5 mmHg
  EXPECT_NEAR(valve(5.).flow, 5. / std::pow(10., std::log10(0.0075) + 7. * (std::atan(-500. * std::acos(-1.)) / std::acos(-1.) + 0.5)),
              2e-4 * 5. / 0.0075);
  EXPECT_GT(valve(-100.).flow, -0.0014);
  EXPECT_LT(valve(-100.).flow, 0.);
  EXPECT_EQ(valve(0.).flow, 0.);
}

TEST(CirculationValve, SlopeIsTheDerivative)
{
  for (const double d : {-20., -0.5, -0.011, -0.003, 0., 0.002, 0.01, 0.4, 30.})
    {
      const double h = 1e-7 * (1. + std::abs(d));
      EXPECT_NEAR(valve(d).slope, (valve(d + h).flow - valve(d - h).flow) / (2. * h), 1e-5 * (1. + std::abs(valve(d).slope))) << d;
    }
}

// The law is not quite monotone: closing, it lets 1e-5 mL/s back, and no more.
TEST(CirculationValve, LeakWhileClosing)
{
  for (double d = -0.05; d < 0.; d += 1e-5)
    ASSERT_GT(valve(d).flow, -2e-5) << d;
}
