// The time of a run: proposes steps that meet the marks of a regular grid, cuts them on failure, grows them back on success.
#pragma once

#include "core/checkpoint/archive.h"

namespace vivicor
{
  class Clock
  {
  public:
    /// @param step nominal step, ms; marks lie at its multiples after `start`
    /// @param smallest step, ms, below which cut() refuses
    Clock(double start, double end, double step, double smallest);

    double time() const { return now; }
    double step() const { return current; } ///< of the proposed step, ms
    double end() const { return last; }
    bool finished() const { return now >= last - 1e-9 * nominal; }

    /// Step to try from time(): the present size, shortened to meet the next mark or the end exactly.
    double propose();
    /// The proposed step was taken.
    void accept();
    /// The proposed step failed: halves it. @return false if it would fall below the smallest step
    bool cut();

    unsigned failed_steps() const { return failures; }

    /// Where it stands; the end and the grid of marks are the run's own.
    void archive(Archive &archive);

  private:
    double next_mark() const;

    double start, now, last, nominal, smallest;
    double size;        ///< ms: what the solver is trusted with
    double current = 0; ///< ms: proposed
    unsigned successes = 0, failures = 0;
  };
}
