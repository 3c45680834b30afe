#include "core/clock.h"

#include <gtest/gtest.h>

using vivicor::Clock;

TEST(Clock, meets_every_mark_and_the_end)
{
  Clock clock(0.0, 7.0, 2.0, 0.1);
  std::vector<double> times;
  while (!clock.finished())
    {
      clock.propose();
      clock.accept();
      times.push_back(clock.time());
    }
  EXPECT_EQ(times, (std::vector<double>{2.0, 4.0, 6.0, 7.0}));
}

TEST(Clock, cut_steps_come_back_to_the_marks_and_grow_again)
{
  Clock clock(0.0, 20.0, 2.0, 0.1);
  clock.propose();
  EXPECT_TRUE(clock.cut());
  EXPECT_DOUBLE_EQ(clock.propose(), 1.0);
  for (int i = 0; i < 4; ++i, clock.accept())
    clock.propose();
  EXPECT_DOUBLE_EQ(clock.time(), 4.0);
  EXPECT_DOUBLE_EQ(clock.propose(), 2.0);
  EXPECT_EQ(clock.failed_steps(), 1u);
}

TEST(Clock, refuses_to_cut_below_the_smallest_step)
{
  Clock clock(0.0, 20.0, 2.0, 0.5);
  unsigned cuts = 0;
  do
    clock.propose();
  while (clock.cut() && ++cuts < 100);
  EXPECT_EQ(cuts, 2u);
}
