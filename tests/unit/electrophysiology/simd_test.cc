// The formulas that membrane kernels share, at the baseline level.
#define VIVICOR_ISA 2
#include "electrophysiology/ionic_models/simd.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

using namespace vivicor;

TEST(Simd, QuotientOfExponentialIsExactThroughItsSingularity)
{
  std::vector<double> points = {0.0, -0.0, 1e-300, 1e-16, -1e-12, 1e-8, 1e-3, 0.0999999, 0.1, 0.1000001, -0.1, -0.0999999};
  for (double y = -40.0; y < 40.0; y += 0.0137)
    points.push_back(y);
  for (const double y : points)
    {
      const Vec v = Vec{} + y;
      const double expected = y == 0.0 ? 1.0 : y / std::expm1(y);
      EXPECT_NEAR(y_over_exp_minus_1(v, exp(v))[0] / expected, 1.0, 1e-14) << "y = " << y;
    }
}

TEST(Simd, SigmoidsShareAnExponential)
{
  for (double V = -120.0; V <= 80.0; V += 7.3)
    {
      const Vec e = exp(Vec{} + V / 7.0);
      const double c = std::exp(-20.0 / 7.0);
      EXPECT_NEAR(rising(e, c)[1], 1.0 / (1.0 + std::exp(-(V + 20.0) / 7.0)), 1e-15);
      EXPECT_NEAR(falling(e, c)[1], 1.0 / (1.0 + std::exp((V + 20.0) / 7.0)), 1e-15);
    }
}

TEST(Simd, FunctionsAreGoodToOneUlp)
{
  for (double x = -700.0; x < 700.0; x += 0.731)
    {
      EXPECT_NEAR(exp(Vec{} + x)[0] / std::exp(x), 1.0, 4.5e-16) << x;
      EXPECT_NEAR(log(Vec{} + std::exp(x))[0], std::log(std::exp(x)), 2.3e-16 * std::abs(x)) << x;
    }
}

TEST(Simd, AnySeesASingleLane)
{
  Vec v{};
  EXPECT_FALSE(any(v < 0.0));
  v[width - 1] = -1.0;
  EXPECT_TRUE(any(v < 0.0));
  EXPECT_TRUE(any(v >= 0.0));
}
