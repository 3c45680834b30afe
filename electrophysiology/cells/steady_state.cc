#include "electrophysiology/cells/steady_state.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  double beat_change(const IonicModel &model, const CellState &before, const CellState &after)
  {
    const std::vector<bool> gate = model.is_gate();
    double largest = std::abs(after.V - before.V) / 100.0;
    for (std::size_t k = 0; k < before.states.size(); ++k)
      {
        const double size = std::max(std::abs(before.states[k]), gate[k] ? 0.01 : 1e-12);
        largest = std::max(largest, std::abs(after.states[k] - before.states[k]) / size);
      }
    return largest;
  }

  SteadyState pace_to_steady_state(const IonicModel &model, const Pacing &pacing, const double tolerance, const CellState &start)
  {
    Pacing one = pacing;
    one.beats = 1;
    one.keep_trace = false;
    SteadyState steady{start, 0, 0.0};
    while (steady.beats < pacing.beats)
      {
        const CellState next = pace(model, one, steady.state).end;
        steady.change = beat_change(model, steady.state, next);
        steady.state = next;
        ++steady.beats;
        if (steady.change < tolerance)
          break;
      }
    return steady;
  }
}
