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

    /// A cell on its way through its cycles. The action potential of a stimulus is followed to the next one, which a late
    /// stimulus has in the next cycle.
    class PacedRun
    {
    public:
      PacedRun(const IonicModel &model, const Pacing &pacing, std::vector<double> y)
        : model(model),
          pacing(pacing),
          on(pacing.stimulus_amplitude > 0.0 ? pacing.stimulus_start : 0.0),
          y(std::move(y)),
          solver(make_cell_solver(pacing.integrator, model, this->y, pacing.relative_tolerance)),
          observer(model)
      {
      }

      PacedCell run()
      {
        for (unsigned beat = 0; beat < pacing.beats; ++beat)
          cycle(beat);
        result.end = {y[0], std::vector<double>(y.begin() + 1, y.end())};
        if (begun)
          {
            rest_until_stimulus();
            result.beats.push_back(observer.result());
          }
        return std::move(result);
      }

    private:
      void cycle(const unsigned beat)
      {
        const double t_start = beat * pacing.cycle_length, off = pacing.stimulus_start + pacing.stimulus_duration;
        record(t_start);
        for (double t = 0.0; t < pacing.cycle_length;)
          {
            if (is_stimulus(t))
              begin_beat(t_start + t);
            const double next = next_time(pacing, t);
            const bool stimulated = t >= pacing.stimulus_start && t < off;
            advance(t_start + t, t_start + next, stimulated ? pacing.stimulus_amplitude : 0.0);
            t = next;
            record(t_start + t);
            if (begun)
              observer.see(t_start + t, y);
          }
      }

      /// What would follow the last cycle, up to the next stimulus; neither in the trace nor in the state at the end.
      void rest_until_stimulus()
      {
        const double t_start = pacing.beats * pacing.cycle_length;
        for (double t = 0.0; t < on && !is_stimulus(t);)
          {
            const double next = next_time(pacing, t);
            advance(t_start + t, t_start + next, 0.0);
            t = next;
            observer.see(t_start + t, y);
          }
      }

      bool is_stimulus(const double t) const { return std::abs(t - on) <= 1e-9 * pacing.cycle_length; }

      void begin_beat(const double t)
      {
        if (begun)
          result.beats.push_back(observer.result());
        observer = BeatObserver(model);
        observer.see(t, y);
        begun = true;
      }

      void advance(const double from, const double to, const double stimulus)
      {
        solver->advance(y, from, to, stimulus);
        check_finite(y, to);
      }

      void record(const double t)
      {
        if (!pacing.keep_trace)
          return;
        result.trace.push_back(observer.sample(t, y));
        result.trace_states.emplace_back(y.begin() + 1, y.end());
      }

      const IonicModel &model;
      const Pacing &pacing;
      const double on; ///< ms into a cycle; of a cell without stimuli its action potentials are those of the cycles
      std::vector<double> y;
      std::unique_ptr<CellSolver> solver;
      BeatObserver observer;
      bool begun = false; ///< the first stimulus
      PacedCell result;
    };
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

    return PacedRun(model, pacing, std::move(y)).run();
  }

  PacedCell pace(const IonicModel &model, const Pacing &pacing)
  {
    return pace(model, pacing, resting_state(model));
  }
}
