// What remains of a run: summary.json, report.html and small files beside them. Observers contribute to it.
#pragma once

#include "core/provenance.h"
#include "coupling/simulation_view.h"
#include "report/latest_cycle.h"
#include "report/metrics.h"
#include "report/page.h"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace vivicor
{
  struct Results
  {
    nlohmann::ordered_json summary;           ///< the same on every rank but for times
    ReportData report;                        ///< its title, metrics and versions are not the observers' business
    std::map<std::string, std::string> files; ///< content by name in the folder of the run
  };

  /// The latest whole cycle of a recording, or all of it when it is shorter.
  CycleSpan latest_span(const Recording &recording, double cycle_length);
  /// That part of a recording in internal units, time from its beginning.
  TimeSeries beat_of(const Recording &recording, const CycleSpan &span);
  /// QRS, QT and axis of that cycle. @param ecg time and leads
  EcgMetrics latest_ecg(const Recording &ecg, const CycleSpan &span);

  /// Parts of the report that need no 3D heart.
  ReportTable valve_times(const BeatMetrics &beat);
  /// The case's description and how long the run is.
  std::string subtitle(const std::string &description, double end_ms, double cycle_length);
  /// Which part of the run its numbers are of, and whether it is periodic.
  std::string note_on(const CycleSpan &span, const BeatMetrics &beat);
  /// Curves of the chambers, the aorta and the valves.
  void add_curves(const Recording &recording, ReportData &report);
  /// A line for each member of an object.
  ReportTable table_of(const std::string &title, const nlohmann::ordered_json &object);

  /// The healthy bands whose keys the summary has. Numbers of less than a cycle (its "beat") are shown and not judged.
  std::vector<Metric> metrics(const nlohmann::ordered_json &summary);

  /// Head of the summary and titles, before the observers contribute; and what follows from all of it, after that.
  Results begin_results(const SimulationView &simulation, const Provenance &origin, double wall_s);
  void end_results(const Provenance &origin, Results &results);

  /// Rank 0 only. @throws OutputError
  void write_results(const std::string &folder, const Results &results);
}
