// What remains of a run: summary.json and report.html.
#pragma once

#include "core/provenance.h"
#include "coupling/observers/time_series.h"
#include "coupling/results/electrical_maps.h"
#include "coupling/simulation.h"
#include "mechanics/measures/measures.h"
#include "mechanics/measures/regional_strain.h"
#include "report/latest_cycle.h"
#include "report/metrics.h"
#include "report/page.h"

#include <nlohmann/json.hpp>

#include <array>
#include <optional>
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
    std::optional<Measures> end_systolic;
    std::optional<std::array<SegmentMeasures, n_segments>> segments;
    ElectricalMaps maps;
  };

  /// The latest whole cycle of a recording, or all of it when it is shorter.
  CycleSpan latest_span(const Recording &recording, double cycle_length);
  /// That part of a recording in internal units, time from its beginning.
  TimeSeries beat_of(const Recording &recording, const CycleSpan &span);
  /// QRS, QT and axis of that cycle. @param ecg time and leads
  EcgMetrics latest_ecg(const Recording &ecg, const CycleSpan &span);

  /// What was not found is null: 0 is a number like others.
  nlohmann::ordered_json found(const std::optional<double> &value);

  /// Parts of the summary and the report that need no 3D heart.
  nlohmann::ordered_json chamber_json(const ChamberMetrics &chamber);
  nlohmann::ordered_json valves_json(const BeatMetrics &beat);
  ReportTable valve_times(const BeatMetrics &beat);
  /// The case's description and how long the run is.
  std::string subtitle(const std::string &description, double end_ms, double cycle_length);
  /// Which part of the run its numbers are of, and whether it is periodic.
  std::string note_on(const CycleSpan &span, const BeatMetrics &beat);
  /// Curves of the chambers, the aorta and the valves.
  void add_curves(const Recording &recording, ReportData &report);

  /// The healthy bands whose keys the summary has. Numbers of less than a cycle (its "beat") are shown and not judged.
  std::vector<Metric> metrics(const nlohmann::ordered_json &summary);

  /// Collective. summary.json's content; every number is finite, and what was not found is null.
  nlohmann::ordered_json summary(const Simulation &simulation, const Gathered &gathered);

  /// Collective. Writes summary.json and report.html. @throws OutputError
  void write_results(const Simulation &simulation, const Gathered &gathered);
}
