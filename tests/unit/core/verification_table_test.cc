// A table with a number outside its band fails, whichever line it is.
#include "core/verification_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace vivicor;

namespace
{
  VerificationTable three_lines(double a, double b, double c)
  {
    return {"title", "", {{"a", "1", a, 0.9, 1.1}, {"b", "2", b, 1.9, 2.1}, {"c", "-3", c, -3.1, -2.9}}};
  }
}

TEST(VerificationTable, FailsWithAnyLineOutside)
{
  EXPECT_TRUE(three_lines(1, 2, -3).passed());
  EXPECT_TRUE(three_lines(0.9, 2.1, -3.1).passed()) << "limits belong to the band";
  for (const double wrong : {-1e9, 0.0, 1.11, 1e9, std::nan(""), std::numeric_limits<double>::infinity()})
    {
      EXPECT_FALSE(three_lines(wrong, 2, -3).passed()) << wrong;
      EXPECT_FALSE(three_lines(1, wrong, -3).passed()) << wrong;
      EXPECT_FALSE(three_lines(1, 2, wrong).passed()) << wrong;
    }
  EXPECT_FALSE(three_lines(0.899, 2, -3).passed());
  EXPECT_FALSE(three_lines(1, 2.101, -3).passed());
}

TEST(VerificationTable, MarksWhatLiesOutside)
{
  EXPECT_THAT(three_lines(1, 2.5, -3).text(), ::testing::ContainsRegex("b .*OUTSIDE"));
  EXPECT_EQ(three_lines(1, 2, -3).text().find("OUTSIDE"), std::string::npos);
}

TEST(VerificationTable, BandsAreSharesOfThePublishedNumber)
{
  VerificationTable table{"title", "", {}};
  table.add("speed", 0.55, 0.5, 0.1, "somebody");
  ASSERT_EQ(table.lines.size(), 1u);
  EXPECT_DOUBLE_EQ(table.lines[0].low, 0.45);
  EXPECT_DOUBLE_EQ(table.lines[0].high, 0.55);
  EXPECT_TRUE(table.passed());
  EXPECT_THAT(table.lines[0].published, ::testing::HasSubstr("somebody"));
  table.add("speed", 0.56, 0.5, 0.1, "");
  EXPECT_FALSE(table.passed());
}
