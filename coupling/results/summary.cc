#include "coupling/results/summary.h"

#include "core/mpi.h"
#include "core/units.h"
#include "coupling/results/results.h"
#include "coupling/results/segment_results.h"

#include <sys/resource.h>

#include <cmath>
#include <tuple>

namespace vivicor
{
  using Json = nlohmann::ordered_json;

  namespace
  {
    std::vector<double> times(const std::vector<double> &values, double factor)
    {
      std::vector<double> result = values;
      for (double &value : result)
        value *= factor;
      return result;
    }

    double mean(unsigned total, unsigned count)
    {
      return count ? static_cast<double>(total) / count : 0.0;
    }

    double peak_memory_MB(MPI_Comm comm)
    {
      rusage usage{};
      getrusage(RUSAGE_SELF, &usage);
      return sum(static_cast<double>(usage.ru_maxrss) / 1024.0, comm);
    }

    /// What a step costs the network, on average over the ranks, and how unevenly the ranks work: largest over mean time.
    Json parallel_json(const SimulationView &simulation, const Traffic &traffic)
    {
      const double ranks = size_of(simulation.comm()), steps = std::max(1u, simulation.counts().steps - simulation.begin().steps);
      const auto per_step = [&](double mine) { return sum(mine, simulation.comm()) / ranks / steps; };
      const auto imbalance = [&](const char *timer) {
        const double mine = simulation.timers().seconds(timer), mean = sum(mine, simulation.comm()) / ranks;
        return mean > 0 ? max(mine, simulation.comm()) / mean : 1.0;
      };
      return {{"messages_per_step", per_step(traffic.messages)},
              {"kB_per_step", per_step(traffic.bytes) / 1e3},
              {"collectives_per_step", per_step(traffic.collectives)},
              {"imbalance_ionic", imbalance("ionic")},
              {"imbalance_mechanics_assembly", imbalance("mechanics_assembly")}};
    }

    Json times_json(const Timers &timers)
    {
      Json times;
      for (const char *name : {"setup", "unloading", "preload", "ionic", "diffusion", "mechanics_assembly", "mechanics_solve",
                               "circulation", "output", "in_situ", "checkpoint"})
        times[name] = timers.seconds(name);
      return times;
    }
  }

  Json found(const std::optional<double> &value)
  {
    return value && std::isfinite(*value) ? Json(*value) : Json();
  }

  Json chamber_json(const ChamberMetrics &c)
  {
    return {{"edv_mL", found(c.edv_mL)},
            {"esv_mL", found(c.esv_mL)},
            {"sv_mL", found(c.sv_mL)},
            {"ef_pct", found(c.ef_pct)},
            {"p_max_mmHg", found(c.p_max_mmHg)},
            {"p_ed_mmHg", found(c.p_ed_mmHg)},
            {"dpdt_max_mmHg_s", found(c.dpdt_max_mmHg_s)},
            {"dpdt_min_mmHg_s", found(c.dpdt_min_mmHg_s)},
            {"work_mJ", found(c.work_mJ)}};
  }

  Json valves_json(const BeatMetrics &beat)
  {
    Json json;
    for (const auto &[side, inflow, outflow] : {std::tuple{0u, "mitral", "aortic"}, {1u, "tricuspid", "pulmonary"}})
      {
        const ValveTimes &times = beat.valves[side];
        json[std::string(inflow) + "_closes_ms"] = found(times.inflow_closes);
        json[std::string(outflow) + "_opens_ms"] = found(times.outflow_opens);
        json[std::string(outflow) + "_closes_ms"] = found(times.outflow_closes);
        json[std::string(inflow) + "_opens_ms"] = found(times.inflow_opens);
      }
    for (const auto &[side, name] : {std::pair{0u, "LV"}, {1u, "RV"}})
      json[name] = {{"isovolumic_contraction_ms", found(beat.valves[side].isovolumic_contraction())},
                    {"ejection_ms", found(beat.valves[side].ejection())},
                    {"isovolumic_relaxation_ms", found(beat.valves[side].isovolumic_relaxation())},
                    {"e_a_ratio", found(beat.e_a_ratio[side])},
                    {"atrial_kick_mL", found(beat.atrial_kick_mL[side])}};
    return json;
  }

  CycleSpan latest_span(const Recording &recording, double cycle_length)
  {
    const auto &t = recording.column("t_ms");
    return t.empty() ? CycleSpan{} : latest_cycle(t.back(), cycle_length);
  }

  TimeSeries beat_of(const Recording &recording, const CycleSpan &span)
  {
    const Recording rows = rows_within(recording, span);
    TimeSeries beat;
    beat.whole = span.whole;
    beat.t = rows.column("t_ms");
    for (double &time : beat.t)
      time -= span.from;
    constexpr double mL_s = units::mL / units::s;
    // What the heart lacks is empty.
    const auto part = [&](const std::string &name, double factor) {
      return rows.has(name) ? times(rows.column(name), factor) : std::vector<double>();
    };
    for (std::size_t k = 0; k < chamber_names.size(); ++k)
      {
        beat.volume[k] = part(chamber_names[k] + "_volume_mL", units::mL);
        beat.pressure[k] = part(chamber_names[k] + "_pressure_mmHg", units::mmHg);
      }
    beat.inflow = {part("mitral_flow_mL_s", mL_s), part("tricuspid_flow_mL_s", mL_s)};
    beat.outflow = {part("aortic_flow_mL_s", mL_s), part("pulmonary_flow_mL_s", mL_s)};
    beat.aortic_pressure = part("aortic_pressure_mmHg", units::mmHg);
    return beat;
  }

  EcgMetrics latest_ecg(const Recording &ecg, const CycleSpan &span)
  {
    if (ecg.values.size() < 2)
      return {};
    const std::vector<std::vector<double>> leads(ecg.values.begin() + 1, ecg.values.end());
    return ecg_metrics(ecg.values[0], leads, span.whole ? EcgWindow{span.from, span.to} : EcgWindow{});
  }

  Json span_json(const CycleSpan &span)
  {
    return {{"from_ms", span.from}, {"to_ms", span.to}, {"whole_cycle", span.whole}};
  }

  Json chambers_json(const BeatMetrics &beat)
  {
    Json chambers;
    for (std::size_t k = 0; k < chamber_names.size(); ++k)
      if (beat.chambers[k].present)
        chambers[chamber_names[k]] = chamber_json(beat.chambers[k]);
    return chambers;
  }

  Json circulation_json(const BeatMetrics &beat, double blood_volume_change)
  {
    return {{"cardiac_output_L_min", found(beat.cardiac_output_L_min)},
            {"aortic_systolic_mmHg", found(beat.aortic_systolic_mmHg)},
            {"aortic_diastolic_mmHg", found(beat.aortic_diastolic_mmHg)},
            {"blood_volume_drift_mL", found(blood_volume_change / units::mL)},
            {"periodicity_error_pct", found(beat.periodicity_error_pct)}};
  }

  Json wall_json(const std::optional<Measures> &end_systolic, const std::optional<std::array<SegmentMeasures, n_segments>> &segments)
  {
    const auto part = [&](double Measures::*value) { return end_systolic ? found((*end_systolic).*value) : Json(); };
    return {{"avpd_mm", part(&Measures::avpd)},
            {"wall_thickening_mm", part(&Measures::wall_thickening)},
            {"torsion_deg_cm", part(&Measures::torsion)},
            {"gls_pct", part(&Measures::gls)},
            {"lv_wall", segments_json(segments)}};
  }

  void add_costs(const SimulationView &simulation, const Traffic &traffic, Json &summary)
  {
    const auto tissue = simulation.electrical_heart().size();
    const auto &counts = simulation.counts();
    if (simulation.mechanics().wall())
      {
        const auto wall = simulation.mechanics().size();
        summary["mesh"] = {{"mechanics_cells", wall.cells}, {"mechanics_dofs", wall.dofs}};
      }
    summary["mesh"]["ep_nodes"] = tissue.nodes;
    summary["mesh"]["ep_edge_mean_mm"] = tissue.edge_mean;
    summary["solver"] = {{"newton_its_mean", mean(counts.newton_iterations, counts.steps)},
                         {"linear_its_mean", mean(counts.linear_iterations, counts.newton_iterations)},
                         {"failed_steps", simulation.failed_steps()}};
    summary["time_s"] = times_json(simulation.timers());
    summary["parallel"] = parallel_json(simulation, traffic);
    summary["peak_memory_MB"] = peak_memory_MB(simulation.comm());
  }
}
