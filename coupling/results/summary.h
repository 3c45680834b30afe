// The sections of summary.json, each from what one observer knows.
#pragma once

#include "coupling/simulation_view.h"
#include "mechanics/measures/measures.h"
#include "mechanics/measures/regional_strain.h"
#include "report/latest_cycle.h"
#include "report/metrics.h"

#include <nlohmann/json.hpp>

#include <array>
#include <optional>

namespace vivicor
{
  /// What was not found is null: 0 is a number like others.
  nlohmann::ordered_json found(const std::optional<double> &value);

  nlohmann::ordered_json span_json(const CycleSpan &span);
  nlohmann::ordered_json chamber_json(const ChamberMetrics &chamber);
  nlohmann::ordered_json chambers_json(const BeatMetrics &beat);
  nlohmann::ordered_json valves_json(const BeatMetrics &beat);
  /// @param blood_volume_change mm^3 since the start
  nlohmann::ordered_json circulation_json(const BeatMetrics &beat, double blood_volume_change);
  nlohmann::ordered_json wall_json(const std::optional<Measures> &end_systolic,
                                   const std::optional<std::array<SegmentMeasures, n_segments>> &segments);
  /// Collective. Adds what the run cost: mesh, solver, time_s, parallel, peak_memory_MB. @param traffic of this rank in the time loop
  void add_costs(const SimulationView &simulation, const Traffic &traffic, nlohmann::ordered_json &summary);
}
