// The exponential of the widest vectors, which is the project's own: run where the processor has them.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#pragma GCC target("avx512f,fma")
#include "electrophysiology/ionic_models/exp_avx512.h"

using namespace vivicor;

namespace
{
  double wide_exp(double x)
  {
    double all[8];
    _mm512_storeu_pd(all, exp_avx512(_mm512_set1_pd(x)));
    for (const double lane : all)
      EXPECT_TRUE(lane == all[0] || std::isnan(lane));
    return all[0];
  }
}

TEST(SimdWidest, ExponentialIsGoodToTwoUlp)
{
  if (!__builtin_cpu_supports("x86-64-v4"))
    GTEST_SKIP() << "this processor has no 512-bit vectors";
  for (double x = -708.0; x < 709.0; x += 0.01371)
    EXPECT_NEAR(wide_exp(x) / std::exp(x), 1.0, 2 * std::numeric_limits<double>::epsilon()) << "x = " << x;
  for (const double x : {0.0, -0.0, 1e-300, -1e-17, 1e-9, 0.5 * std::log(2.0) / 16, std::log(2.0)})
    EXPECT_NEAR(wide_exp(x) / std::exp(x), 1.0, 2 * std::numeric_limits<double>::epsilon()) << "x = " << x;
}

TEST(SimdWidest, ExponentialKnowsItsLimits)
{
  if (!__builtin_cpu_supports("x86-64-v4"))
    GTEST_SKIP() << "this processor has no 512-bit vectors";
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(wide_exp(0.0), 1.0);
  EXPECT_EQ(wide_exp(infinity), infinity);
  EXPECT_EQ(wide_exp(1e9), infinity);
  EXPECT_EQ(wide_exp(-infinity), 0.0);
  EXPECT_EQ(wide_exp(-1e9), 0.0);
  EXPECT_TRUE(std::isnan(wide_exp(std::numeric_limits<double>::quiet_NaN())));
}
