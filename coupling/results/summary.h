// The sections of summary.json, each from what one observer knows.
#pragma once

#include "coupling/simulation_view.h"
#include "mechanics/measures/measures.h"
#include "mechanics/measures/regional_strain.h"
#include "report/metrics.h"

#include <nlohmann/json.hpp>

#include <array>

namespace vivicor
{
  /// The latest whole cycle of a recording (or all of it when it is shorter), in internal units, time from its beginning.
  TimeSeries last_beat(const Recording &recording, double cycle_length);

  /// Absent findings are 0, so that every number is finite.
  nlohmann::ordered_json chamber_json(const ChamberMetrics &chamber);
  nlohmann::ordered_json chambers_json(const BeatMetrics &beat);
  /// @param blood_volume_change mm^3 since the start
  nlohmann::ordered_json circulation_json(const BeatMetrics &beat, double blood_volume_change);
  nlohmann::ordered_json wall_json(const Measures &end_systolic, const std::array<SegmentMeasures, n_segments> &segments);
  /// Collective. @param recording of the leads
  nlohmann::ordered_json electrophysiology_json(const SimulationView &simulation, const Recording &recording);
  /// Collective. Adds what the run cost: mesh, solver, time_s, parallel, peak_memory_MB. @param traffic of this rank in the time loop
  void add_costs(const SimulationView &simulation, const Traffic &traffic, nlohmann::ordered_json &summary);
}
