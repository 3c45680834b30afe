// Definitions.
//   Valve: open while the forward flow is above 1 % of its largest value in the beat; a closed valve may leak less than
//   that.
//     Order of a beat that begins with the sinus node: inflow closes, outflow opens, outflow closes, inflow opens. The
//     times between are the isovolumic contraction and relaxation (Otto, Textbook of Clinical Echocardiography, chapter
//     6).
//   Ventricles: EDV is the largest volume before ejection, ESV the smallest after ejection began, SV = EDV - ESV, EF =
//   SV/EDV
//     (Lang et al. 2015, 10.1016/j.echo.2014.10.003). End-diastolic pressure is taken when the inflow valve closes. A heart
//     whose outflow valve lets out less than a thousandth of EDV does not eject: it has no ESV, SV or EF.
//   Atria: EDV and ESV are the largest and the smallest volume, EF = SV/EDV is the total emptying fraction (Hoit 2014,
//     10.1016/j.jacc.2013.10.066); end-diastolic pressure at the largest volume.
//   Atrial kick: largest atrial volume since the sinus node fired less the volume when the inflow valve closes: Hoit's
//   active
//     emptying volume.
//   E/A: highest flow through the inflow valve after it opens over the highest before it closes, each a summit of its own
//     (Nagueh et al. 2009, 10.1093/ejechocard/jep007, of velocities: the same where the orifice is).
//   Cardiac output: aortic flow integrated over the beat, per beat length.
//   Periodicity: largest of |V(T) - V(0)|/EDV and |p(T) - p(0)|/p_max over the chambers.
//   Of a part of a cycle: extremes are those so far; work, cardiac output, periodicity and the atria's emptying need a whole
//     one.
#include "report/metrics.h"

#include "core/units.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace vivicor
{
  namespace
  {
    using Series = std::vector<double>;
    constexpr double percent = 100;

    void check(const TimeSeries &beat)
    {
      const std::size_t n = beat.t.size();
      const auto fits = [n](const Series &series) { return series.empty() || series.size() == n; };
      bool same = n >= 2 && fits(beat.aortic_pressure);
      for (unsigned k = 0; k < 4; ++k)
        same = same && fits(beat.volume[k]) && beat.volume[k].size() == beat.pressure[k].size();
      for (unsigned side = 0; side < 2; ++side)
        same = same && fits(beat.inflow[side]) && fits(beat.outflow[side]);
      if (!same)
        throw std::invalid_argument("beat_metrics: series of different lengths, or less than two times");
    }

    double largest(const Series &y)
    {
      return *std::max_element(y.begin(), y.end());
    }
    double smallest(const Series &y)
    {
      return *std::min_element(y.begin(), y.end());
    }

    double at(double time, const Series &t, const Series &y)
    {
      const auto after = std::lower_bound(t.begin(), t.end(), time);
      const auto i = std::clamp<std::ptrdiff_t>(after - t.begin(), 1, static_cast<std::ptrdiff_t>(t.size()) - 1);
      return y[i - 1] + (y[i] - y[i - 1]) * (time - t[i - 1]) / (t[i] - t[i - 1]);
    }

    // First and last time within [from, to] at which y crosses `level` upwards (or downwards).
    struct Crossings
    {
      std::optional<double> first, last;
    };

    Crossings crossings(const Series &t, const Series &y, double level, bool upwards, double from, double to)
    {
      Crossings found;
      for (std::size_t i = 1; i < t.size(); ++i)
        {
          const bool crosses = upwards ? y[i - 1] <= level && y[i] > level : y[i - 1] > level && y[i] <= level;
          if (!crosses)
            continue;
          const double time = t[i - 1] + (t[i] - t[i - 1]) * (level - y[i - 1]) / (y[i] - y[i - 1]);
          if (time < from || time > to)
            continue;
          if (!found.first)
            found.first = time;
          found.last = time;
        }
      return found;
    }

    double integral(const Series &t, const Series &y)
    {
      double sum = 0;
      for (std::size_t i = 1; i < t.size(); ++i)
        sum += 0.5 * (y[i - 1] + y[i]) * (t[i] - t[i - 1]);
      return sum;
    }

    double forward(const Series &t, Series flow)
    {
      for (double &q : flow)
        q = std::max(q, 0.0);
      return integral(t, flow);
    }

    ValveTimes valve_times(const Series &t, const Series &inflow, const Series &outflow, double edv)
    {
      constexpr double open_share = 0.01, least_ejection = 1e-3;
      ValveTimes times;
      const double in = open_share * largest(inflow), out = open_share * largest(outflow);
      if (in <= 0 || out <= 0 || forward(t, outflow) < least_ejection * edv)
        return times;
      const double begin = t.front(), end = t.back(), peak = t[std::max_element(outflow.begin(), outflow.end()) - outflow.begin()];
      times.outflow_opens = crossings(t, outflow, out, true, begin, peak).last;
      times.outflow_closes = crossings(t, outflow, out, false, peak, end).first;
      times.inflow_closes = crossings(t, inflow, in, false, begin, times.outflow_opens.value_or(peak)).last;
      if (times.outflow_closes)
        times.inflow_opens = crossings(t, inflow, in, true, *times.outflow_closes, end).first;
      for (auto *time : {&times.inflow_closes, &times.outflow_opens, &times.outflow_closes, &times.inflow_opens})
        if (*time)
          **time -= begin;
      return times;
    }

    /// @param sign 1 of the rise, -1 of the fall
    double steepest(const Series &t, const Series &p, double sign)
    {
      double slope = 0;
      for (std::size_t i = 1; i < t.size(); ++i)
        slope = std::max(slope, sign * (p[i] - p[i - 1]) / (t[i] - t[i - 1]));
      return slope > 0 ? sign * slope : 0; // and no -0
    }

    /// The highest value strictly within [from, to] that stands above those before and after it by a share of the series'
    /// highest.
    std::optional<double> summit(const Series &t, const Series &y, double from, double to)
    {
      constexpr double share = 0.05;
      std::size_t first = 0, last = t.size();
      while (first < t.size() && t[first] < from)
        ++first;
      while (last > first && t[last - 1] > to)
        --last;
      if (last - first < 3)
        return {};
      const auto begin = y.begin() + static_cast<std::ptrdiff_t>(first), end = y.begin() + static_cast<std::ptrdiff_t>(last);
      const auto top = std::max_element(begin, end);
      const double clear = *top - share * largest(y);
      if (*top <= 0 || *std::min_element(begin, top + 1) > clear || *std::min_element(top, end) > clear)
        return {};
      return *top;
    }

    std::optional<double> e_a_ratio_of(const Series &t, const Series &inflow, const ValveTimes &valves)
    {
      if (!valves.inflow_closes || !valves.inflow_opens)
        return {};
      const auto E = summit(t, inflow, t.front() + *valves.inflow_opens, t.back());
      const auto A = summit(t, inflow, t.front(), t.front() + *valves.inflow_closes);
      return E && A ? std::optional(*E / *A) : std::nullopt;
    }

    // -closed integral of p dV by the trapezoidal rule, kPa mm^3; the beat's end is joined to its beginning.
    double loop_work(const Series &V, const Series &p)
    {
      double work = 0;
      for (std::size_t i = 0; i < V.size(); ++i)
        {
          const std::size_t next = (i + 1) % V.size();
          work -= (p[i] + p[next]) / 2 * (V[next] - V[i]);
        }
      return work;
    }

    // `mm3` values in, reported units out.
    ChamberMetrics with_volumes(double edv, std::optional<double> esv)
    {
      ChamberMetrics metrics;
      metrics.edv_mL = edv / units::mL;
      if (!esv)
        return metrics;
      metrics.esv_mL = *esv / units::mL;
      metrics.sv_mL = metrics.edv_mL - *metrics.esv_mL;
      if (metrics.edv_mL > 0)
        metrics.ef_pct = percent * *metrics.sv_mL / metrics.edv_mL;
      return metrics;
    }

    ChamberMetrics ventricle(const Series &t, const Series &volume, const Series &pressure, const ValveTimes &valves)
    {
      const double ejection = t.front() + valves.outflow_opens.value_or(t.back() - t.front());
      double edv = volume.front(), esv = volume.back(), end_diastole = t.front();
      for (std::size_t i = 0; i < t.size(); ++i)
        if (t[i] <= ejection && volume[i] > edv)
          {
            edv = volume[i];
            end_diastole = t[i];
          }
        else if (t[i] > ejection)
          esv = std::min(esv, volume[i]);
      ChamberMetrics metrics = with_volumes(edv, valves.outflow_opens ? std::optional(esv) : std::nullopt);
      const double closing = valves.inflow_closes ? t.front() + *valves.inflow_closes : end_diastole;
      metrics.p_ed_mmHg = at(closing, t, pressure) / units::mmHg;
      return metrics;
    }

    ChamberMetrics atrium(const Series &t, const Series &volume, const Series &pressure, bool whole)
    {
      ChamberMetrics metrics = with_volumes(largest(volume), whole ? std::optional(smallest(volume)) : std::nullopt);
      const double fullest = t[std::max_element(volume.begin(), volume.end()) - volume.begin()];
      metrics.p_ed_mmHg = at(fullest, t, pressure) / units::mmHg;
      return metrics;
    }

    std::optional<double> kick_of(const Series &t, const Series &volume, const ValveTimes &valves)
    {
      if (!valves.inflow_closes)
        return {};
      const double closing = t.front() + *valves.inflow_closes, at_closing = at(closing, t, volume);
      double fullest = at_closing;
      for (std::size_t i = 0; i < t.size() && t[i] <= closing; ++i)
        fullest = std::max(fullest, volume[i]);
      return (fullest - at_closing) / units::mL;
    }

    double relative_change(const Series &y, double scale)
    {
      return scale > 0 ? std::abs(y.back() - y.front()) / scale : 0;
    }
  }

  bool ValveTimes::in_order() const
  {
    return inflow_closes && outflow_opens && outflow_closes && inflow_opens && *inflow_closes < *outflow_opens
           && *outflow_opens < *outflow_closes && *outflow_closes < *inflow_opens;
  }

  std::optional<double> ValveTimes::isovolumic_contraction() const
  {
    return inflow_closes && outflow_opens ? std::optional(*outflow_opens - *inflow_closes) : std::nullopt;
  }

  std::optional<double> ValveTimes::ejection() const
  {
    return outflow_opens && outflow_closes ? std::optional(*outflow_closes - *outflow_opens) : std::nullopt;
  }

  std::optional<double> ValveTimes::isovolumic_relaxation() const
  {
    return outflow_closes && inflow_opens ? std::optional(*inflow_opens - *outflow_closes) : std::nullopt;
  }

  namespace
  {
    void measure_side(const TimeSeries &beat, unsigned side, BeatMetrics &metrics)
    {
      const unsigned ventricle_k = side, atrium_k = side + 2;
      const Series &volume = beat.volume[ventricle_k], &inflow = beat.inflow[side];
      const bool has_ventricle = !volume.empty(), has_valves = !inflow.empty() && !beat.outflow[side].empty();
      if (has_ventricle && has_valves)
        metrics.valves[side] = valve_times(beat.t, inflow, beat.outflow[side], largest(volume));
      const ValveTimes &valves = metrics.valves[side];
      if (has_ventricle)
        metrics.chambers[ventricle_k] = ventricle(beat.t, volume, beat.pressure[ventricle_k], valves);
      if (has_valves)
        metrics.e_a_ratio[side] = e_a_ratio_of(beat.t, inflow, valves);
      if (beat.volume[atrium_k].empty())
        return;
      metrics.chambers[atrium_k] = atrium(beat.t, beat.volume[atrium_k], beat.pressure[atrium_k], beat.whole);
      metrics.atrial_kick_mL[side] = kick_of(beat.t, beat.volume[atrium_k], valves);
    }

    void measure_pressure(const Series &t, const Series &pressure, ChamberMetrics &chamber)
    {
      chamber.present = true;
      chamber.p_max_mmHg = largest(pressure) / units::mmHg;
      chamber.dpdt_max_mmHg_s = steepest(t, pressure, 1) / units::mmHg * units::s;
      chamber.dpdt_min_mmHg_s = steepest(t, pressure, -1) / units::mmHg * units::s;
    }

    /// What only a whole cycle has.
    void measure_cycle(const TimeSeries &beat, BeatMetrics &metrics)
    {
      constexpr double mJ = 1000; // kPa mm^3
      double change = 0;
      for (unsigned k = 0; k < 4; ++k)
        {
          ChamberMetrics &chamber = metrics.chambers[k];
          if (!chamber.present)
            continue;
          chamber.work_mJ = loop_work(beat.volume[k], beat.pressure[k]) / mJ;
          change = std::max({change, relative_change(beat.volume[k], chamber.edv_mL * units::mL),
                             relative_change(beat.pressure[k], largest(beat.pressure[k]))});
        }
      metrics.periodicity_error_pct = percent * change;
      constexpr double mL_per_L = 1000, ms_per_min = 60000;
      if (!beat.outflow[0].empty())
        metrics.cardiac_output_L_min = integral(beat.t, beat.outflow[0]) / (beat.t.back() - beat.t.front()) / units::mL / mL_per_L
                                       * ms_per_min;
    }
  }

  BeatMetrics beat_metrics(const TimeSeries &beat)
  {
    check(beat);
    BeatMetrics metrics;
    for (unsigned side = 0; side < 2; ++side)
      measure_side(beat, side, metrics);
    for (unsigned k = 0; k < 4; ++k)
      if (!beat.pressure[k].empty())
        measure_pressure(beat.t, beat.pressure[k], metrics.chambers[k]);
    if (beat.whole)
      measure_cycle(beat, metrics);
    if (!beat.aortic_pressure.empty())
      {
        metrics.aortic_systolic_mmHg = largest(beat.aortic_pressure) / units::mmHg;
        metrics.aortic_diastolic_mmHg = smallest(beat.aortic_pressure) / units::mmHg;
      }
    return metrics;
  }
}
