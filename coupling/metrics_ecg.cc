// QRS from the root mean square s(t) of the leads' time derivatives: it begins and ends where, going out from its
// largest value, s stays below 1/18 of that value for 12 ms. A threshold on the slope relative to its peak, over all
// leads at once, follows Laguna, Jane and Caminal 1994 (10.1006/cbmr.1994.1006). T ends where the tangent at the
// steepest descent after the T peak meets the baseline: Lepeschkin and Surawicz 1952 (10.1161/01.CIR.6.3.378); here on
// the root mean square of the leads, each counted from its value at the beginning of QRS.
#include "coupling/metrics.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    using Series = std::vector<double>;

    template <class Value> Series root_mean_square(std::size_t n_samples, std::size_t n_leads, Value value)
    {
      Series result(n_samples, 0);
      for (std::size_t i = 0; i < n_samples; ++i)
        {
          for (std::size_t lead = 0; lead < n_leads; ++lead)
            result[i] += value(lead, i) * value(lead, i);
          result[i] = std::sqrt(result[i] / n_leads);
        }
      return result;
    }

    // From `peak` in steps of `direction`: the last sample before s stays below the threshold for `quiet` samples.
    std::optional<std::size_t> edge(const Series &s, std::size_t peak, int direction, double threshold,
                                    std::size_t quiet)
    {
      std::size_t last_loud = peak, silent = 0;
      for (auto i = static_cast<std::ptrdiff_t>(peak); i >= 0 && i < static_cast<std::ptrdiff_t>(s.size());
           i += direction)
        {
          silent = s[i] < threshold ? silent + 1 : 0;
          if (silent == 0)
            last_loud = i;
          if (silent >= quiet)
            return last_loud;
        }
      return {};
    }

    std::optional<double> t_end(const Series &rms, std::size_t qrs_end, double dt)
    {
      constexpr double st_segment = 40; // ms after QRS in which no T peak is sought
      const std::size_t from = qrs_end + static_cast<std::size_t>(st_segment / dt);
      if (from + 2 >= rms.size())
        return {};
      const std::size_t peak = std::max_element(rms.begin() + from, rms.end()) - rms.begin();
      std::size_t steepest = peak;
      double slope = 0;
      for (std::size_t i = peak + 1; i + 1 < rms.size(); ++i)
        if (const double here = (rms[i + 1] - rms[i - 1]) / (2 * dt); here < slope)
          {
            slope = here;
            steepest = i;
          }
      // Still at its steepest when the recording ends: T is cut off.
      if (slope == 0 || steepest + 2 >= rms.size())
        return {};
      return steepest * dt - rms[steepest] / slope;
    }
  }

  EcgMetrics ecg_metrics(const std::vector<std::vector<double>> &leads, double dt)
  {
    EcgMetrics metrics;
    if (leads.empty() || leads[0].size() < 3)
      return metrics;
    const std::size_t n = leads[0].size();
    const Series speed = root_mean_square(n, leads.size(), [&](std::size_t lead, std::size_t i) {
      return i == 0 || i + 1 == n ? 0.0 : (leads[lead][i + 1] - leads[lead][i - 1]) / (2 * dt);
    });
    const std::size_t peak = std::max_element(speed.begin(), speed.end()) - speed.begin();
    if (speed[peak] == 0)
      return metrics;

    constexpr double share = 1.0 / 18, quiet_ms = 12;
    const auto quiet = std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(quiet_ms / dt)));
    const auto begin = edge(speed, peak, -1, share * speed[peak], quiet),
               end = edge(speed, peak, 1, share * speed[peak], quiet);
    if (!begin || !end)
      return metrics;
    metrics.qrs_onset_ms = *begin * dt;
    metrics.qrs_ms = (*end - *begin) * dt;
    const Series rms = root_mean_square(
      n, leads.size(), [&](std::size_t lead, std::size_t i) { return leads[lead][i] - leads[lead][*begin]; });
    if (const auto t = t_end(rms, *end, dt))
      metrics.qt_ms = *t - *metrics.qrs_onset_ms;
    return metrics;
  }
}
