// Pacing a cell until one beat is like the last.
#pragma once

#include "electrophysiology/cells/single_cell.h"

namespace vivicor
{
  struct SteadyState
  {
    CellState state;     ///< at the end of a cycle
    unsigned beats = 0;  ///< that it took
    double change = 0.0; ///< of the last beat, as beat_change()
  };

  /// Largest change of V and of any state from one end of a cycle to the next, relative to its size: V counts by 100 mV,
  /// gates by the larger of themselves and 0.01, other states by themselves.
  double beat_change(const IonicModel &model, const CellState &before, const CellState &after);

  /// Paces at most pacing.beats beats from `start`; ends earlier when the change of a beat falls below `tolerance`; 0: all
  /// beats. A cell that alternates never gets there.
  /// @throws SolverError
  SteadyState pace_to_steady_state(const IonicModel &model, const Pacing &pacing, double tolerance, const CellState &start);
}
