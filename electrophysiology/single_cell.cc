#include "electrophysiology/single_cell.h"

#include "core/error.h"
#include "core/ode/cvode.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace vivicor
{
  namespace
  {
    constexpr std::size_t stride = 8;
    constexpr double forever = std::numeric_limits<double>::infinity();

    /// A single cell in the arrays of the ionic contract.
    struct Cell
    {
      explicit Cell(const IonicModel &model)
        : model(model), states(stride * model.rest().size()), dstates(states.size())
      {
      }

      void set(const double *y)
      {
        V[0] = y[0];
        for (std::size_t k = 0; k < states.size() / stride; ++k)
          states[k * stride] = y[k + 1];
      }

      void get(std::vector<double> &y) const
      {
        y[0] = V[0];
        for (std::size_t k = 0; k < states.size() / stride; ++k)
          y[k + 1] = states[k * stride];
      }

      void step(const double dt, const double stimulus)
      {
        const double current[stride] = {stimulus};
        model.step(1, stride, dt, V, states.data(), current);
      }

      /// dy = [dV/dt, ds/dt] of y = [V, s].
      void rates(const double *y, const double stimulus, double *dy)
      {
        set(y);
        const double current[stride] = {stimulus};
        double dV[stride];
        model.rates(1, stride, V, states.data(), current, dV, dstates.data());
        dy[0] = dV[0];
        for (std::size_t k = 0; k < states.size() / stride; ++k)
          dy[k + 1] = dstates[k * stride];
      }

      const IonicModel &model;
      alignas(64) double V[stride] = {};
      std::vector<double> states, dstates;
    };

    /// Advances y = [V, s] through pieces of time in which the stimulus is constant.
    class Integrator
    {
    public:
      virtual ~Integrator() = default;
      virtual void advance(std::vector<double> &y, double t, double t_end, double stimulus) = 0;
    };

    class RushLarsen final : public Integrator
    {
    public:
      explicit RushLarsen(const IonicModel &model) : cell(model) {}

      void advance(std::vector<double> &y, const double t, const double t_end, const double stimulus) override
      {
        cell.set(y.data());
        cell.step(t_end - t, stimulus);
        cell.get(y);
      }

    private:
      Cell cell;
    };

    class Reference final : public Integrator
    {
    public:
      Reference(const IonicModel &model, const std::vector<double> &y, const double relative_tolerance) : cell(model)
      {
        CvodeSettings settings;
        settings.relative_tolerance = relative_tolerance;
        for (std::size_t k = 0; k < y.size(); ++k) // gates are of order 1, the rest of the order of its resting value
          settings.absolute_tolerances.push_back(relative_tolerance
                                                 * (k > 0 && !model.is_gate()[k - 1] ? std::abs(y[k]) : 1.0));
        solver = std::make_unique<Cvode>([this](double, const double *y, double *dy) { cell.rates(y, stimulus, dy); },
                                         y, 0.0, settings);
      }

      void advance(std::vector<double> &y, double, const double t_end, const double new_stimulus) override
      {
        if (new_stimulus != stimulus)
          {
            stimulus = new_stimulus;
            solver->restart();
          }
        solver->advance(t_end);
        y = solver->values();
      }

    private:
      Cell cell;
      double stimulus = 0.0;
      std::unique_ptr<Cvode> solver;
    };

    /// Follows one cycle and measures it.
    class Observer
    {
    public:
      Observer(const IonicModel &model)
        : gates(model.is_gate()), calcium(model.calcium_index()), to_uM(model.calcium_to_uM())
      {
        b.rest = b.calcium_diastolic = b.gate_min = forever;
        b.peak = b.calcium_peak = b.gate_max = -forever;
      }

      void see(const double t, const std::vector<double> &y)
      {
        const CellSample now{t, y[0], to_uM * y[calcium + 1]};
        if (!samples.empty() && now.V - samples.back().V > b.dVdt_max * (t - samples.back().t))
          {
            b.dVdt_max = (now.V - samples.back().V) / (t - samples.back().t);
            t_upstroke = 0.5 * (t + samples.back().t);
          }
        b.rest = std::min(b.rest, now.V);
        b.peak = std::max(b.peak, now.V);
        b.calcium_diastolic = std::min(b.calcium_diastolic, now.calcium);
        b.calcium_peak = std::max(b.calcium_peak, now.calcium);
        for (std::size_t k = 0; k < gates.size(); ++k)
          if (gates[k])
            {
              b.gate_min = std::min(b.gate_min, y[k + 1]);
              b.gate_max = std::max(b.gate_max, y[k + 1]);
            }
        samples.push_back(now);
      }

      Biomarkers result()
      {
        b.APD50 = duration(0.5);
        b.APD90 = duration(0.9);
        return b;
      }

      std::vector<CellSample> samples;

    private:
      /// Time from the upstroke to the last crossing of the level, linear between samples.
      double duration(const double repolarised) const
      {
        const double level = b.peak - repolarised * (b.peak - b.rest);
        if (b.peak < 0.0 || samples.back().V >= level)
          return 0.0;
        for (std::size_t i = samples.size() - 1; i > 0 && samples[i].t > t_upstroke; --i)
          if (samples[i - 1].V >= level)
            {
              const CellSample &above = samples[i - 1], &below = samples[i];
              return above.t + (above.V - level) / (above.V - below.V) * (below.t - above.t) - t_upstroke;
            }
        return 0.0;
      }

      const std::vector<bool> gates;
      const std::size_t calcium;
      const double to_uM;
      Biomarkers b;
      double t_upstroke = 0.0;
    };

    /// End of the step that starts `t` ms into a cycle: whole steps, cut where the stimulus begins and ends.
    double next_time(const Pacing &pacing, const double t)
    {
      const double on = pacing.stimulus_start, off = on + pacing.stimulus_duration;
      // CVODE chooses its own steps: here only when to look, often where V is fast.
      const double step = pacing.integrator == CellIntegrator::rush_larsen ? pacing.step
                          : t < on || t >= off + 20.0                      ? 0.5
                          : t < off + 3.0                                  ? 0.005
                                                                           : 0.05;
      const double slack = 1e-9 * pacing.cycle_length;
      double next = t + step;
      for (const double edge : {on, off, pacing.cycle_length})
        if (t < edge - slack && next > edge - slack)
          next = edge;
      return next;
    }

    Biomarkers pace_once(const IonicModel &model, const Pacing &pacing, Integrator &integrator, const double t_start,
                         std::vector<double> &y, std::vector<CellSample> *trace)
    {
      const double on = pacing.stimulus_start, off = on + pacing.stimulus_duration;
      Observer observer(model);
      observer.see(t_start, y);
      for (double t = 0.0; t < pacing.cycle_length;)
        {
          const double next = next_time(pacing, t);
          integrator.advance(y, t_start + t, t_start + next, t >= on && t < off ? pacing.stimulus_amplitude : 0.0);
          t = next;
          if (!std::all_of(y.begin(), y.end(), [](const double value) { return std::isfinite(value); }))
            throw SolverError({"a cell's state is not finite",
                               "single cell, t = " + std::to_string(t_start + t) + " ms",
                               "the step is too long or the parameters are far from the model's", "",
                               "shorten the step or check the cell's scale factors"});
          observer.see(t_start + t, y);
        }
      if (trace)
        trace->insert(trace->end(), observer.samples.begin(), observer.samples.end());
      return observer.result();
    }
  }

  CellState resting_state(const IonicModel &model)
  {
    return {model.rest_potential(), model.rest()};
  }

  PacedCell pace(const IonicModel &model, const Pacing &pacing, const CellState &start)
  {
    std::vector<double> y = {start.V};
    y.insert(y.end(), start.states.begin(), start.states.end());

    std::unique_ptr<Integrator> integrator;
    if (pacing.integrator == CellIntegrator::cvode)
      integrator = std::make_unique<Reference>(model, y, pacing.relative_tolerance);
    else
      integrator = std::make_unique<RushLarsen>(model);

    PacedCell result;
    for (unsigned beat = 0; beat < pacing.beats; ++beat)
      result.beats.push_back(pace_once(model, pacing, *integrator, beat * pacing.cycle_length, y,
                                       pacing.keep_trace ? &result.trace : nullptr));
    result.end = {y[0], std::vector<double>(y.begin() + 1, y.end())};
    return result;
  }

  PacedCell pace(const IonicModel &model, const Pacing &pacing)
  {
    return pace(model, pacing, resting_state(model));
  }

  CellState prepaced_state(const IonicModel &model, const double cycle_length, const unsigned beats)
  {
    Pacing pacing;
    pacing.cycle_length = cycle_length;
    pacing.beats = beats;
    pacing.step = 0.05; // the tissue's: it starts from its own scheme's cycle
    return pace(model, pacing).end;
  }
}
