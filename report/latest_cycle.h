// Which part of a recording the numbers are of.
#pragma once

#include "report/recording.h"

#include <vector>

namespace vivicor
{
  struct CycleSpan
  {
    double from = 0, to = 0; ///< ms
    bool whole = false;      ///< false: the recording is shorter than a cycle, and this is all of it
  };

  /// The latest whole cycle that ends within a recording up to time t (ms): cycles begin at multiples of their length.
  CycleSpan latest_cycle(double t, double cycle_length);

  /// The rows of a span; where none lies on an end of it, one interpolated between its neighbours stands there.
  Recording rows_within(const Recording &recording, const CycleSpan &span);
}
