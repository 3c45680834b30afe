#include "core/numbers.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <random>

using namespace vivicor;

TEST(Numbers, keep_what_to_string_loses)
{
  EXPECT_EQ(shortest_digits(1e-7), "1e-07") << "std::to_string: 0.000000";
  EXPECT_EQ(shortest_digits(0.1), "0.1");
  EXPECT_EQ(shortest_digits(2.0 / 3), "0.6666666666666666");
  EXPECT_EQ(shortest_digits(140), "140");
  EXPECT_EQ(shortest_digits(0), "0");
  EXPECT_EQ(six_digits(0.1 + 0.2), "0.3");
  EXPECT_EQ(six_digits(2.0 / 3), "0.666667");
  EXPECT_EQ(six_digits(1.23456789e-9), "1.23457e-09");
  EXPECT_EQ(rounded_to_digits(0.07 * 1000, 12), 70.0);
}

TEST(Numbers, read_back_as_they_were)
{
  std::mt19937 random(1);
  std::uniform_real_distribution<double> mantissa(-1, 1), exponent(-300, 300);
  for (int i = 0; i < 2000; ++i)
    {
      const double value = mantissa(random) * std::pow(10.0, exponent(random));
      EXPECT_EQ(std::strtod(shortest_digits(value).c_str(), nullptr), value);
    }
}
