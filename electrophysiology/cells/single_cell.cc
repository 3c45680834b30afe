#include "electrophysiology/cells/single_cell.h"

#include "core/error.h"
#include "core/numbers.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace vivicor
{
  namespace
  {
    /// End of the step that starts `t` ms into a cycle: whole steps, cut where the stimulus begins and ends.
    double next_time(const Pacing &pacing, const double t)
    {
      const double on = pacing.stimulus_start, off = on + pacing.stimulus_duration;
      // CVODE chooses its own steps: here only when to look, often where V is fast.
      const double step = pacing.integrator != CellIntegrator::cvode ? pacing.step
                          : t < on || t >= off + 20.0                ? 0.5
                          : t < off + 3.0                            ? 0.005
                                                                     : 0.05;
      const double slack = 1e-9 * pacing.cycle_length;
      double next = t + step;
      for (const double edge : {on, off, pacing.cycle_length})
        if (t < edge - slack && next > edge - slack)
          next = edge;
      return next;
    }

    void check_finite(const std::vector<double> &y, const double t)
    {
      if (!std::all_of(y.begin(), y.end(), [](const double value) { return std::isfinite(value); }))
        throw SolverError({"a cell's state is not finite", "single cell, t = " + six_digits(t) + " ms",
                           "the step is too long or the parameters are far from the model's", "",
                           "shorten the step or check the cell's scale factors"});
    }

    Biomarkers pace_once(const IonicModel &model, const Pacing &pacing, CellSolver &solver, const double t_start, std::vector<double> &y,
                         PacedCell *trace)
    {
      const double on = pacing.stimulus_start, off = on + pacing.stimulus_duration;
      BeatObserver observer(model);
      const auto see = [&](const double t) {
        check_finite(y, t);
        observer.see(t, y);
        if (trace)
          trace->trace_states.emplace_back(y.begin() + 1, y.end());
      };
      see(t_start);
      for (double t = 0.0; t < pacing.cycle_length;)
        {
          const double next = next_time(pacing, t);
          solver.advance(y, t_start + t, t_start + next, t >= on && t < off ? pacing.stimulus_amplitude : 0.0);
          t = next;
          see(t_start + t);
        }
      if (trace)
        trace->trace.insert(trace->trace.end(), observer.samples().begin(), observer.samples().end());
      return observer.result();
    }
  }

  Pacing natural_pacing(const IonicModel &model)
  {
    const CellTraits traits = model.traits();
    Pacing pacing;
    pacing.cycle_length = traits.cycle_length;
    pacing.stimulus_amplitude = traits.self_firing ? 0.0 : traits.stimulus_amplitude;
    pacing.stimulus_duration = traits.stimulus_duration;
    pacing.step = traits.longest_step;
    return pacing;
  }

  CellState resting_state(const IonicModel &model)
  {
    return {model.rest_potential(), model.rest()};
  }

  PacedCell pace(const IonicModel &model, const Pacing &pacing, const CellState &start)
  {
    std::vector<double> y = {start.V};
    y.insert(y.end(), start.states.begin(), start.states.end());
    check_finite(y, 0.0);

    const auto solver = make_cell_solver(pacing.integrator, model, y, pacing.relative_tolerance);
    PacedCell result;
    for (unsigned beat = 0; beat < pacing.beats; ++beat)
      result.beats.push_back(pace_once(model, pacing, *solver, beat * pacing.cycle_length, y, pacing.keep_trace ? &result : nullptr));
    result.end = {y[0], std::vector<double>(y.begin() + 1, y.end())};
    return result;
  }

  PacedCell pace(const IonicModel &model, const Pacing &pacing)
  {
    return pace(model, pacing, resting_state(model));
  }
}
