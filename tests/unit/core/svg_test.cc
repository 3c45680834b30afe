#include "core/output/svg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

using namespace vivicor;

TEST(Svg, ticks_are_round_and_inside)
{
  EXPECT_THAT(svg::nice_ticks({0, 800}, 8), ::testing::ElementsAre(0, 100, 200, 300, 400, 500, 600, 700, 800));
  EXPECT_THAT(svg::nice_ticks({-0.13, 0.37}, 5),
              ::testing::ElementsAre(::testing::DoubleNear(-0.1, 1e-12), ::testing::DoubleNear(0, 1e-12), ::testing::DoubleNear(0.1, 1e-12),
                                     ::testing::DoubleNear(0.2, 1e-12), ::testing::DoubleNear(0.3, 1e-12)));
  EXPECT_TRUE(svg::nice_ticks({1, 1}, 5).empty());
  EXPECT_EQ(svg::tick_label(-1e-18, 0.25), "0.00");
  EXPECT_EQ(svg::tick_label(120, 20), "120");
}

TEST(Svg, ranges_ignore_what_is_not_finite)
{
  const auto range = svg::range_of({{NAN, 2, 5}, {-1, INFINITY}});
  EXPECT_EQ(range.low, -1);
  EXPECT_EQ(range.high, 5);
  EXPECT_EQ(svg::range_of({{NAN}}).high, 1);
  EXPECT_EQ(svg::widened({3, 3}, 0.1).low, 2);
}

TEST(Svg, axes_map_values_upwards)
{
  const svg::Axes axes({10, 20, 100, 50}, {0, 10}, {0, 5});
  EXPECT_EQ(axes.x(5), 60);
  EXPECT_EQ(axes.y(0), 70);
  EXPECT_EQ(axes.y(5), 20);
}

TEST(Svg, a_gap_interrupts_a_line)
{
  const svg::Axes axes({0, 0, 100, 100}, {0, 4}, {0, 1});
  const std::string line = axes.line({0, 1, 2, 3, 4}, {0, 1, NAN, 1, 0}, "LV");
  EXPECT_EQ(line, "<path class=\"line LV\" d=\"M0 100L25 0M75 0L100 100\"/>\n");
}

TEST(Svg, numbers_are_short)
{
  EXPECT_EQ(svg::number(1.50), "1.5");
  EXPECT_EQ(svg::number(-0.001), "0");
  EXPECT_EQ(svg::number(100), "100");
}

TEST(Svg, the_colour_scale_runs_from_dark_to_bright)
{
  EXPECT_EQ(svg::colour(0), "#440154");
  EXPECT_EQ(svg::colour(1), "#fde725");
  EXPECT_EQ(svg::colour(7), svg::colour(1));
}
