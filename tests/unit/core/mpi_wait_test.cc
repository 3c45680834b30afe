#include "core/mpi_wait.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  /// Looks every 0.5 us from `now` on, asleep when it is told to. @return times slept; `now` is then `end`
  unsigned wait(Patience &patience, double &now, double end)
  {
    unsigned slept = 0;
    while (now < end)
      {
        const double sleep = patience.after_a_look(now);
        if (sleep > 0)
          {
            ++slept;
            now += sleep;
            patience.woken(now);
          }
        now += 0.5e-6;
      }
    return slept;
  }
}

TEST(Patience, StaysAwakeThroughShortWaits)
{
  Patience patience;
  double now = 5;
  for (int k = 0; k < 1000; ++k)
    {
      EXPECT_EQ(wait(patience, now, now + 0.8 * Patience::spin), 0u);
      now += 10e-6; // a little work
    }
}

TEST(Patience, SleepsThroughLongOnesAndWakesSoonEnough)
{
  for (const double length : {100e-6, 1e-3, 50e-3})
    {
      Patience patience;
      double now = 5;
      const double end = now + length;
      const unsigned slept = wait(patience, now, end);
      EXPECT_GT(slept, 0u);
      EXPECT_LT(slept, 200u);
      EXPECT_LE(now - end, std::max(Patience::share * length, Patience::shortest) + 2e-6) << "of a wait of " << length;
    }
}
