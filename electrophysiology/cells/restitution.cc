#include "electrophysiology/cells/restitution.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vivicor
{
  namespace
  {
    /// Protocols count intervals from stimulus to stimulus: it stands at the start of a cycle.
    Pacing aligned(const Pacing &pacing, const double cycle_length, const unsigned beats)
    {
      Pacing one = pacing;
      one.stimulus_start = 0.0;
      one.cycle_length = cycle_length;
      one.beats = beats;
      one.keep_trace = false;
      return one;
    }

    double diastolic_interval(const double interval, const double APD90)
    {
      return APD90 > 0.0 ? interval - APD90 : std::numeric_limits<double>::quiet_NaN();
    }
  }

  std::vector<double> usual_intervals(const double cycle_length, const double APD90)
  {
    std::vector<double> intervals;
    for (const double rest :
         {5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 80.0, 100.0, 125.0, 150.0, 200.0, 250.0, 300.0, 400.0, 500.0, 600.0})
      if (APD90 + rest <= cycle_length)
        intervals.push_back(APD90 + rest);
    return intervals;
  }

  std::vector<RestitutionPoint> s1s2_restitution(const IonicModel &model, const Pacing &pacing, std::vector<double> intervals,
                                                 const CellState &start)
  {
    const double cycle = pacing.cycle_length;
    const CellState before_last = pacing.beats > 1 ? pace(model, aligned(pacing, cycle, pacing.beats - 1), start).end : start;
    const double APD90 = pace(model, aligned(pacing, cycle, 1), before_last).beats[0].APD90;
    if (intervals.empty())
      intervals = usual_intervals(cycle, APD90);
    std::vector<RestitutionPoint> points;
    for (const double interval : intervals)
      {
        const CellState at_S2 = pace(model, aligned(pacing, interval, 1), before_last).end;
        const Biomarkers S2 = pace(model, aligned(pacing, std::max(cycle, 2.0 * APD90), 1), at_S2).beats[0];
        const bool captured = APD90 > 0.0 && interval > APD90 && S2.captured();
        points.push_back({interval, diastolic_interval(interval, APD90), S2.APD50, S2.APD90, 0.0, captured});
      }
    return points;
  }

  std::vector<double> usual_cycle_lengths(const double longest)
  {
    std::vector<double> lengths;
    double share = 1.0;
    for (const auto &[until, step] : {std::pair{0.5, 0.1}, {0.4, 0.05}, {0.3, 0.02}, {0.2, 0.01}})
      for (; share > until + 1e-9; share -= step)
        lengths.push_back(longest * share);
    lengths.push_back(0.2 * longest);
    return lengths;
  }

  std::vector<RestitutionPoint> dynamic_restitution(const IonicModel &model, const Pacing &pacing, const std::vector<double> &cycle_lengths,
                                                    const CellState &start)
  {
    std::vector<RestitutionPoint> points;
    CellState state = start;
    for (const double cycle : cycle_lengths)
      {
        const PacedCell cell = pace(model, aligned(pacing, cycle, std::max(2u, pacing.beats)), state);
        const Biomarkers &last = cell.beats.back(), &before = cell.beats[cell.beats.size() - 2];
        points.push_back({cycle, diastolic_interval(cycle, before.APD90), last.APD50, last.APD90, last.APD90 - before.APD90,
                          last.captured() && before.captured()});
        if (!points.back().captured)
          break;
        state = cell.end;
      }
    return points;
  }

  std::optional<double> steepest_slope(std::vector<RestitutionPoint> points, const double alternans)
  {
    std::erase_if(points, [&](const auto &p) { return !p.captured || std::abs(p.alternans) > alternans; });
    std::sort(points.begin(), points.end(), [](const auto &a, const auto &b) { return a.diastolic < b.diastolic; });
    std::optional<double> steepest;
    for (std::size_t i = 1; i < points.size(); ++i)
      if (const double rest = points[i].diastolic - points[i - 1].diastolic; rest > 0.0)
        steepest = std::max(steepest.value_or(0.0), (points[i].APD90 - points[i - 1].APD90) / rest);
    return steepest;
  }
}
