#include "electrophysiology/prescribed/cell_beat.h"

#include "core/units.h"
#include "electrophysiology/cells/single_cell.h"
#include "electrophysiology/tissue/activation_map.h"

#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr double finest = 0.05; // ms: an upstroke lasts one to two

    std::vector<CellSample> paced(const Reaction::Membrane &membrane, double cycle_length)
    {
      Pacing pacing = natural_pacing(*membrane.model);
      pacing.cycle_length = cycle_length;
      pacing.beats = 1;
      pacing.integrator = CellIntegrator::cvode;
      pacing.keep_trace = true;
      return pace(*membrane.model, pacing, {membrane.V, membrane.states}).trace;
    }

    /// At evenly spaced times, by linear interpolation.
    CellBeat resampled(const std::vector<CellSample> &trace, double cycle_length)
    {
      const double steps = std::ceil(cycle_length / finest);
      CellBeat beat;
      beat.step = cycle_length / steps;
      std::size_t next = 1;
      for (double k = 0; k <= steps; ++k)
        {
          const double t = k * beat.step;
          while (next + 1 < trace.size() && trace[next].t < t)
            ++next;
          const CellSample &a = trace[next - 1], &b = trace[next];
          const double share = std::min(1.0, (t - a.t) / (b.t - a.t));
          beat.V.push_back(a.V + share * (b.V - a.V));
          beat.calcium.push_back(a.calcium + share * (b.calcium - a.calcium));
        }
      return beat;
    }

    /// As the maps of tissue see it.
    void find_activation(CellBeat &beat, const BeatOptions &options)
    {
      ActivationMap map(1, options.threshold, options.level);
      for (std::size_t k = 1; k < beat.V.size(); ++k)
        map.observe(static_cast<double>(k) * beat.step, beat.step, &beat.V[k - 1], &beat.V[k]);
      if (map.activation[0] == ActivationMap::never)
        throw UserError({"a cell that does not fire", "electrophysiology.membranes",
                         "paced alone, its potential does not rise through " + in_unit(options.threshold, "mV") + " within "
                           + in_unit(options.cycle_length, "ms"),
                         "", "choose another model, undo its blocked channels, or change activation_threshold"});
      beat.upstroke = map.activation[0];
      beat.duration = map.repolarisation[0] == ActivationMap::never ? ActivationMap::never : map.repolarisation[0] - beat.upstroke;
    }
  }

  double CellBeat::at(const std::vector<double> &values, double since_activation) const
  {
    const double since_stimulus = since_activation + upstroke, cycle = step * static_cast<double>(values.size() - 1);
    if (since_stimulus <= 0)
      return values[0];
    const double place = std::fmod(since_stimulus, cycle) / step;
    const auto k = std::min(static_cast<std::size_t>(place), values.size() - 2);
    return values[k] + (place - static_cast<double>(k)) * (values[k + 1] - values[k]);
  }

  CellBeat record_beat(const Reaction::Membrane &membrane, const BeatOptions &options, const CalciumCourse &given)
  {
    CellBeat beat = resampled(paced(membrane, options.cycle_length), options.cycle_length);
    find_activation(beat, options);
    if (given)
      for (std::size_t k = 0; k < beat.calcium.size(); ++k)
        beat.calcium[k] = given(std::max(0.0, static_cast<double>(k) * beat.step - beat.upstroke));
    return beat;
  }
}
