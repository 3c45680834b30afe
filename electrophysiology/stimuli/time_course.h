// When a stimulus flows: single, train, S1S2, burst.
#pragma once

#include "core/parameters/parameters.h"

#include <vector>

namespace vivicor
{
  /// Share of the step from t to t + dt that lies within `duration` of an onset (ms).
  double share(double onset, double duration, double t, double dt);

  /// A pattern of onsets, each followed by `duration` of current; the pattern once, or again and again.
  struct TimeCourse
  {
    std::vector<double> onsets{0}; ///< ms, ascending
    double duration = 0;           ///< ms
    double repeat = 0;             ///< ms from one pattern to the next; 0: there is one
    long patterns = 0;             ///< how many, where they repeat; 0: without end

    /// Share of the step from t to t + dt during which the current flows, so that its charge does not depend on the steps.
    double share(double t, double dt) const;
  };

  /// Entries "duration" and "protocol" of a stimulus, the latter with the entries of each protocol:
  /// single: start. train: start, period, number. s1s2: start, s1_period, s1_number, coupling_intervals (one for S2, a second
  /// for S3 and so on). burst: start, period, number (pulses of a burst), burst_period (start to start), bursts.
  void declare_time_course(Schema &stimulus, const std::string &duration);

  /// @throws UserError where pulses of one stimulus would overlap
  TimeCourse read_time_course(const Parameters &stimulus);
}
