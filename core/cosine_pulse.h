// A pulse that repeats itself.
#pragma once

#include <cmath>
#include <numbers>

namespace vivicor
{
  /// Between 0 and 1: rises as (1 - cos)/2 over `rise` from `onset` on, falls as (1 + cos)/2 over `fall`, and rests until the next
  /// onset, a period later. All times in ms.
  struct CosinePulse
  {
    double rise = 0, fall = 0, onset = 0;

    /// @param period at least rise + fall
    double operator()(double t, double period) const
    {
      const auto in_period = [&](double x) { return x - period * std::floor(x / period); };
      if (const double since_onset = in_period(t - onset); since_onset < rise)
        return 0.5 * (1. - std::cos(std::numbers::pi * since_onset / rise));
      if (const double since_peak = in_period(t - onset - rise); since_peak < fall)
        return 0.5 * (1. + std::cos(std::numbers::pi * since_peak / fall));
      return 0.;
    }
  };
}
