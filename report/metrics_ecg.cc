// Where QRS begins and ends and where T ends, from all leads at once.
//
// Slopes are taken by the derivative of a Gaussian: the wavelet-like filters of delineators (Martinez et al. 2004,
// 10.1109/TBME.2003.821031) without their octaves. The spatial velocity s(t) is the root mean square of the leads'
// slopes.
//   QRS: going out from the largest s, it begins and ends where s falls below a threshold and stays there for `quiet`.
//   The
//     threshold is 1/18 of the largest s: relative to the steepest slope, as in Laguna, Jane and Caminal 1994
//     (10.1006/cbmr.1994.1006), and twice the quietest stretch of the recording at least, for noise. Wide filters find
//     the edges in noise but move them outwards: each is sought again with narrower ones, as long as the noise allows.
//   T: of r(t), the root mean square of the leads counted from the PR segment. Its end is where the tangent at the
//   steepest
//     descent after the T peak meets zero (Lepeschkin and Surawicz 1952, 10.1161/01.CIR.6.3.378): for a raised cosine
//     0.18 of its falling limb early.
// Filters need equal distances: other samples are interpolated linearly, to the shortest distance between two of them.
// Tolerances: two standard deviations between cardiologists are 6.5 ms (QRS onset), 11.6 ms (QRS end) and 30.6 ms (T
// end): CSE Working Party 1985, Eur. Heart J. 6:815.
#include "report/metrics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace vivicor
{
  namespace
  {
    using Series = std::vector<double>;
    constexpr std::array<double, 4> qrs_scales{4, 2, 1, 0.1}; // ms, widths of the filters; the last one is a central difference
    constexpr double t_scale = 6;
    constexpr double share = 1.0 / 18;
    constexpr double quiet = 20;          // ms, shorter than PR and ST segments, longer than the rest of a notch
    constexpr double noise_window = 40;   // ms
    constexpr double st_segment = 40;     // ms after QRS in which no T peak is sought
    constexpr double longest_jt = 700;    // ms after QRS: what comes later is another beat
    constexpr double shortest_step = 0.1; // ms, of interpolated samples

    /// Samples every dt ms from t0 on.
    struct EqualSamples
    {
      double t0, dt;
      std::vector<Series> leads;
    };

    bool are_equal(const Series &t, double dt)
    {
      constexpr double slack = 1e-6; // of dt: times are sums of steps
      for (std::size_t i = 1; i < t.size(); ++i)
        if (std::abs(t[i] - t[i - 1] - dt) > slack * dt)
          return false;
      return true;
    }

    Series interpolated(const Series &t, const Series &y, double dt, std::size_t n)
    {
      Series result;
      std::size_t after = 1;
      for (std::size_t i = 0; i < n; ++i)
        {
          const double time = t.front() + static_cast<double>(i) * dt;
          while (after + 1 < t.size() && t[after] < time)
            ++after;
          const double share = (time - t[after - 1]) / (t[after] - t[after - 1]);
          result.push_back(y[after - 1] + share * (y[after] - y[after - 1]));
        }
      return result;
    }

    EqualSamples equal_samples(const Series &t, const std::vector<Series> &leads)
    {
      if (are_equal(t, t[1] - t[0]))
        return {t[0], t[1] - t[0], leads};
      double dt = t.back() - t.front();
      for (std::size_t i = 1; i < t.size(); ++i)
        dt = std::min(dt, t[i] - t[i - 1]);
      dt = std::max(dt, shortest_step);
      const auto n = static_cast<std::size_t>(std::floor((t.back() - t.front()) / dt * (1 + 1e-12))) + 1;
      EqualSamples result{t.front(), dt, {}};
      for (const Series &lead : leads)
        result.leads.push_back(interpolated(t, lead, dt, n));
      return result;
    }

    /// Samples of the cycle whose QRS is sought: [first, last).
    struct Cycle
    {
      std::ptrdiff_t first, last;

      Cycle(const EcgWindow &window, double t0, double dt, std::size_t n)
        : first(std::min(within(window.from, t0, dt, n), static_cast<std::ptrdiff_t>(n) - 1)),
          last(std::max(first + 1, within(window.to, t0, dt, n)))
      {
      }

    private:
      static std::ptrdiff_t within(double t, double t0, double dt, std::size_t n)
      {
        const double index = std::ceil((t - t0) / dt - 1e-6);
        return static_cast<std::ptrdiff_t>(std::clamp(index, 0.0, static_cast<double>(n)));
      }
    };

    std::ptrdiff_t samples(double duration, double dt)
    {
      return std::max<std::ptrdiff_t>(1, std::lround(duration / dt));
    }

    /// Sum of weight(k) y[i + k] over a Gaussian's reach; beyond its ends the recording stays as it is there.
    template <class Weight>
    Series filtered(const Series &y, double scale, double dt, const Weight &weight)
    {
      const std::ptrdiff_t reach = samples(3 * scale, dt), n = static_cast<std::ptrdiff_t>(y.size());
      Series kernel, result(y.size(), 0.0);
      for (std::ptrdiff_t k = -reach; k <= reach; ++k)
        kernel.push_back(weight(static_cast<double>(k) * dt));
      for (std::ptrdiff_t i = 0; i < n; ++i)
        for (std::ptrdiff_t k = -reach; k <= reach; ++k)
          result[i] += kernel[k + reach] * y[std::clamp<std::ptrdiff_t>(i + k, 0, n - 1)];
      return result;
    }

    double gaussian(double t, double scale)
    {
      return std::exp(-t * t / (2 * scale * scale));
    }

    /// Both are exact for straight lines.
    Series smooth(const Series &y, double scale, double dt)
    {
      double total = 0;
      for (std::ptrdiff_t k = -samples(3 * scale, dt); k <= samples(3 * scale, dt); ++k)
        total += gaussian(static_cast<double>(k) * dt, scale);
      return filtered(y, scale, dt, [&](double t) { return gaussian(t, scale) / total; });
    }
    Series slope(const Series &y, double scale, double dt)
    {
      double total = 0;
      for (std::ptrdiff_t k = -samples(3 * scale, dt); k <= samples(3 * scale, dt); ++k)
        total += std::pow(static_cast<double>(k) * dt, 2) * gaussian(static_cast<double>(k) * dt, scale);
      return filtered(y, scale, dt, [&](double t) { return t * gaussian(t, scale) / total; });
    }

    Series root_mean_square(const std::vector<Series> &leads)
    {
      Series result(leads[0].size(), 0.0);
      for (std::size_t i = 0; i < result.size(); ++i)
        {
          for (const Series &lead : leads)
            result[i] += lead[i] * lead[i];
          result[i] = std::sqrt(result[i] / static_cast<double>(leads.size()));
        }
      return result;
    }

    /// Mean of the quietest stretch.
    double noise_of(const Series &s, double dt)
    {
      const auto n = static_cast<std::size_t>(samples(noise_window, dt));
      double least = std::numeric_limits<double>::max(), window = 0;
      for (std::size_t i = 0; i < s.size(); ++i)
        {
          window += s[i] - (i >= n ? s[i - n] : 0.0);
          if (i + 1 >= n)
            least = std::min(least, window);
        }
      return s.size() < n ? 0.0 : std::max(0.0, least / static_cast<double>(n));
    }

    /// Spatial velocity at one scale, and below which value it is silent.
    struct Speed
    {
      Series s;
      double largest, noise, threshold;

      Speed(const std::vector<Series> &leads, double scale, double dt, const Cycle &cycle)
      {
        std::vector<Series> slopes;
        for (const Series &lead : leads)
          slopes.push_back(slope(lead, scale, dt));
        s = root_mean_square(slopes);
        largest = s[peak(cycle)];
        noise = noise_of(s, dt);
        threshold = std::max(share * largest, 2 * noise);
      }
      std::ptrdiff_t peak(const Cycle &cycle) const
      {
        return std::max_element(s.begin() + cycle.first, s.begin() + cycle.last) - s.begin();
      }
      bool is_clean() const { return 2 * noise <= share * largest; }
    };

    /// Where s crosses the threshold between sample i and its silent neighbour.
    double crossing(const Speed &speed, std::ptrdiff_t i, int direction)
    {
      const double loud = speed.s[i], low = speed.s[i + direction];
      return static_cast<double>(i) + direction * (loud - speed.threshold) / (loud - low);
    }

    /// From `peak` in steps of `direction`: where s falls below the threshold for at least `quiet`; in samples.
    std::optional<double> edge(const Speed &speed, std::ptrdiff_t peak, int direction, double dt)
    {
      std::ptrdiff_t last_loud = peak, silent = 0;
      for (std::ptrdiff_t i = peak; i >= 0 && i < static_cast<std::ptrdiff_t>(speed.s.size()); i += direction)
        {
          silent = speed.s[i] < speed.threshold ? silent + 1 : 0;
          if (silent == 0)
            last_loud = i;
          if (silent >= samples(quiet, dt))
            return crossing(speed, last_loud, direction);
        }
      return {};
    }

    /// The edge found at a wider scale moves inwards to the first loud sample of a narrower one, by a reach of the
    /// wider at most.
    double refined(double coarse, const Speed &fine, int direction, double reach)
    {
      const auto first = static_cast<std::ptrdiff_t>(direction > 0 ? std::ceil(coarse) : std::floor(coarse));
      const auto last = static_cast<std::ptrdiff_t>(fine.s.size()) - 1;
      for (std::ptrdiff_t i = first; std::abs(static_cast<double>(i) - coarse) <= reach; i -= direction)
        if (i >= 0 && i <= last && i + direction >= 0 && i + direction <= last && fine.s[i] >= fine.threshold)
          return fine.s[i + direction] < fine.threshold ? crossing(fine, i, direction) : static_cast<double>(i);
      return coarse;
    }

    /// The highest sample of [from, to) that is higher than its neighbours.
    std::optional<std::ptrdiff_t> summit(const Series &y, std::ptrdiff_t from, std::ptrdiff_t to)
    {
      std::optional<std::ptrdiff_t> best;
      for (std::ptrdiff_t i = std::max<std::ptrdiff_t>(from, 1); i < to && i + 1 < static_cast<std::ptrdiff_t>(y.size()); ++i)
        if (y[i] >= y[i - 1] && y[i] > y[i + 1] && (!best || y[i] > y[*best]))
          best = i;
      return best;
    }

    /// Mean over the silence before QRS.
    double baseline(const Series &lead, double onset, double dt)
    {
      const auto last = static_cast<std::ptrdiff_t>(onset / dt), first = std::max<std::ptrdiff_t>(0, last - samples(quiet, dt));
      double total = 0;
      for (std::ptrdiff_t i = first; i <= last; ++i)
        total += lead[i];
      return total / static_cast<double>(last - first + 1);
    }

    /// @param latest sample: what comes later is another beat
    void find_t(const std::vector<Series> &leads, double dt, double noise, std::ptrdiff_t latest, EcgMetrics &metrics)
    {
      const double onset = *metrics.qrs_onset_ms, qrs_end = onset + *metrics.qrs_ms;
      std::vector<Series> above;
      for (const Series &lead : leads)
        {
          const double zero = baseline(lead, onset, dt);
          above.push_back(smooth(lead, t_scale, dt));
          for (double &value : above.back())
            value -= zero;
        }
      const Series r = root_mean_square(above), falling = slope(r, t_scale, dt);
      const std::ptrdiff_t from = samples(qrs_end + st_segment, dt);
      const std::ptrdiff_t to = std::min({static_cast<std::ptrdiff_t>(r.size()), samples(qrs_end + longest_jt, dt), latest});
      const auto peak = summit(r, from, to);
      if (!peak)
        return;
      const std::ptrdiff_t steepest = std::min_element(falling.begin() + *peak, falling.begin() + to) - falling.begin();
      // Still at its steepest when the recording ends: T is cut off. Not steeper than the noise: there is none.
      if (falling[steepest] >= -noise || steepest + samples(t_scale, dt) >= static_cast<std::ptrdiff_t>(r.size()))
        return;
      metrics.t_peak_ms = static_cast<double>(*peak) * dt;
      metrics.t_end_ms = static_cast<double>(steepest) * dt - r[steepest] / falling[steepest];
      metrics.qt_ms = *metrics.t_end_ms - onset;
    }

    /// Direction of the mean QRS vector in the frontal plane from its areas in I and aVF, degrees, downwards positive.
    double frontal_axis(const Series &I, const Series &aVF, double dt, double onset, double end)
    {
      double x = 0, y = 0;
      const auto first = static_cast<std::size_t>(onset / dt), last = std::min(I.size(), static_cast<std::size_t>(end / dt) + 1);
      for (std::size_t i = first; i < last; ++i)
        {
          x += I[i] - I[first];
          y += aVF[i] - aVF[first];
        }
      return std::atan2(2 / std::sqrt(3.0) * y, x) * 180 / std::numbers::pi; // an augmented lead shows sqrt(3)/2 of the vector
    }
  }

  namespace
  {
    /// Times from the first sample on.
    EcgMetrics delineated(const std::vector<Series> &leads, double dt, const Cycle &cycle)
    {
      EcgMetrics metrics;
      const Speed speed(leads, qrs_scales[0], dt, cycle);
      if (speed.largest <= 4 * speed.noise)
        return metrics; // flat, or nothing but noise
      auto begin = edge(speed, speed.peak(cycle), -1, dt), end = edge(speed, speed.peak(cycle), 1, dt);
      if (!begin || !end)
        return metrics;
      for (std::size_t k = 1; k < qrs_scales.size(); ++k)
        if (const Speed fine(leads, qrs_scales[k], dt, cycle); fine.is_clean())
          {
            begin = refined(*begin, fine, -1, 3 * qrs_scales[k - 1] / dt);
            end = refined(*end, fine, 1, 3 * qrs_scales[k - 1] / dt);
          }
      metrics.qrs_onset_ms = *begin * dt;
      metrics.qrs_ms = (*end - *begin) * dt;
      if (leads.size() == 12)
        metrics.qrs_axis_deg = frontal_axis(leads[0], leads[5], dt, *begin * dt, *end * dt);
      const auto n = static_cast<std::ptrdiff_t>(leads[0].size());
      const bool others = cycle.last < n; // samples of a later cycle, whose QRS comes one cycle after this one
      find_t(leads, dt, speed.noise, others ? static_cast<std::ptrdiff_t>(*begin) + cycle.last - cycle.first : n, metrics);
      return metrics;
    }
  }

  EcgMetrics ecg_metrics(const std::vector<double> &time_ms, const std::vector<std::vector<double>> &leads, EcgWindow cycle)
  {
    if (leads.empty() || time_ms.size() < 3)
      return {};
    const EqualSamples equal = equal_samples(time_ms, leads);
    if (equal.leads[0].size() < 3)
      return {};
    EcgMetrics metrics = delineated(equal.leads, equal.dt, Cycle(cycle, equal.t0, equal.dt, equal.leads[0].size()));
    for (auto *time : {&metrics.qrs_onset_ms, &metrics.t_peak_ms, &metrics.t_end_ms})
      if (*time)
        **time += equal.t0;
    return metrics;
  }

  EcgMetrics ecg_metrics(const std::vector<std::vector<double>> &leads, double dt)
  {
    if (leads.empty())
      return {};
    std::vector<double> time;
    for (std::size_t i = 0; i < leads[0].size(); ++i)
      time.push_back(static_cast<double>(i) * dt);
    return ecg_metrics(time, leads);
  }
}
