// Which part of a recording is the beat that numbers are of.
#include "report/latest_cycle.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  Recording ramp(double step, double end)
  {
    Recording recording{{"t_ms", "y"}, {{}, {}}};
    for (long k = 0; k * step <= end + 1e-9; ++k)
      recording.add({k * step, 10 * k * step});
    return recording;
  }
}

TEST(LatestCycle, IsTheLatestWholeOne)
{
  for (const auto &[t, from, to] : {std::tuple{800., 0., 800.},
                                    {1200., 0., 800.},
                                    {1599.999, 0., 800.},
                                    {1600., 800., 1600.},
                                    {2600., 1600., 2400.},
                                    {800 - 1e-9, 0., 800.}})
    {
      const CycleSpan span = latest_cycle(t, 800);
      EXPECT_TRUE(span.whole) << t;
      EXPECT_EQ(span.from, from) << t;
      EXPECT_EQ(span.to, to) << t;
    }
  const CycleSpan part = latest_cycle(300, 800);
  EXPECT_FALSE(part.whole);
  EXPECT_EQ(part.from, 0);
  EXPECT_EQ(part.to, 300);
}

TEST(LatestCycle, RowsEndWhereTheCycleDoes)
{
  for (const double step : {2.0, 7.0, 0.3})
    {
      SCOPED_TRACE(step);
      const Recording rows = rows_within(ramp(step, 300), latest_cycle(300, 100));
      const auto &t = rows.column("t_ms"), &y = rows.column("y");
      ASSERT_GT(t.size(), 3u);
      EXPECT_NEAR(t.front(), 200, 1e-9);
      EXPECT_NEAR(t.back(), step == 7.0 ? 294 : 300, step == 0.3 ? 0.3 : 1e-9); // nothing was recorded after that
      for (std::size_t i = 0; i < t.size(); ++i)
        EXPECT_NEAR(y[i], 10 * t[i], 1e-6);
    }
  const Recording between = rows_within(ramp(7, 350), latest_cycle(350, 100)); // no row at 200 or 300 ms
  EXPECT_EQ(between.column("t_ms").front(), 200);
  EXPECT_EQ(between.column("t_ms").back(), 300);
  EXPECT_NEAR(between.column("y").front(), 2000, 1e-9);
  EXPECT_NEAR(between.column("y").back(), 3000, 1e-9);
}
