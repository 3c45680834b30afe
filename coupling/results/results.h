// What remains of a run: summary.json and report.html.
#pragma once

#include "core/provenance.h"
#include "coupling/observers/time_series.h"
#include "coupling/simulation.h"
#include "mechanics/measures/measures.h"
#include "mechanics/measures/regional_strain.h"
#include "report/metrics.h"
#include "report/page.h"

#include <nlohmann/json.hpp>

#include <string>

namespace vivicor
{
  /// Everything the run gathered beside the simulation itself.
  struct Gathered
  {
    std::string folder;
    Provenance origin;
    double wall_s = 0;
    const TimeSeriesObserver &time_series;
    const Recording &ecg;
    Measures end_systolic;
    std::array<SegmentMeasures, n_segments> segments;
  };

  /// The latest whole cycle of a recording (or all of it when it is shorter), in internal units, time from its beginning.
  TimeSeries last_beat(const Recording &recording, double cycle_length);

  /// Parts of the summary and the report that need no 3D heart.
  nlohmann::ordered_json chamber_json(const ChamberMetrics &chamber);
  ReportTable valve_times(const BeatMetrics &beat);
  /// Curves of the chambers, the aorta and the valves.
  void add_curves(const Recording &recording, ReportData &report);

  /// The healthy bands whose keys the summary has.
  std::vector<Metric> metrics(const nlohmann::ordered_json &summary);

  /// Collective. summary.json's content; absent findings are 0, so that every number is finite.
  nlohmann::ordered_json summary(const Simulation &simulation, const Gathered &gathered);

  /// Collective. Writes summary.json and report.html. @throws OutputError
  void write_results(const Simulation &simulation, const Gathered &gathered);
}
