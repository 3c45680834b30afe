#include "electrophysiology/cells/biomarkers.h"

#include <algorithm>
#include <limits>

namespace vivicor
{
  BeatObserver::BeatObserver(const IonicModel &model)
    : gates(model.is_gate()),
      has_calcium(model.has_calcium()),
      calcium(has_calcium ? model.calcium_index() : 0),
      to_uM(has_calcium ? model.calcium_to_uM() : 0.0)
  {
    constexpr double forever = std::numeric_limits<double>::infinity();
    b.rest = b.calcium_diastolic = b.gate_min = forever;
    b.peak = b.calcium_peak = b.gate_max = -forever;
  }

  CellSample BeatObserver::sample(const double t, const std::vector<double> &y) const
  {
    return {t, y[0], has_calcium ? to_uM * y[calcium + 1] : 0.0};
  }

  void BeatObserver::see(const double t, const std::vector<double> &y)
  {
    const CellSample now = sample(t, y);
    if (seen.empty())
      b.start = now.V;
    else if (const CellSample &last = seen.back(); now.V - last.V > b.dVdt_max * (t - last.t))
      {
        b.dVdt_max = (now.V - last.V) / (t - last.t);
        t_upstroke = 0.5 * (t + last.t);
      }
    if (now.V > b.peak)
      {
        b.peak = now.V;
        at_peak = seen.size();
      }
    b.rest = std::min(b.rest, now.V);
    b.calcium_diastolic = std::min(b.calcium_diastolic, now.calcium);
    b.calcium_peak = std::max(b.calcium_peak, now.calcium);
    for (std::size_t k = 0; k < gates.size(); ++k)
      if (gates[k])
        {
          b.gate_min = std::min(b.gate_min, y[k + 1]);
          b.gate_max = std::max(b.gate_max, y[k + 1]);
        }
    seen.push_back(now);
  }

  Biomarkers BeatObserver::result()
  {
    b.APD50 = duration(0.5);
    b.APD90 = duration(0.9);
    return b;
  }

  double BeatObserver::duration(const double repolarised) const
  {
    const double level = b.peak - repolarised * (b.peak - b.rest);
    if (b.peak < 0.0)
      return 0.0;
    for (std::size_t i = at_peak + 1; i < seen.size(); ++i)
      if (seen[i].V < level)
        {
          const CellSample &above = seen[i - 1], &below = seen[i];
          const double t = above.t + (above.V - level) / (above.V - below.V) * (below.t - above.t);
          return std::max(0.0, t - t_upstroke);
        }
    return 0.0;
  }
}
