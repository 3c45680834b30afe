#include "coupling/results/summary.h"

#include "core/mpi.h"
#include "core/units.h"
#include "coupling/results/segment_results.h"

#include <sys/resource.h>

#include <cmath>

namespace vivicor
{
  using Json = nlohmann::ordered_json;

  namespace
  {
    /// Index of the first sample of the latest whole cycle.
    std::size_t first_of_last_beat(const std::vector<double> &t, double cycle_length)
    {
      const double beats = std::max(1.0, std::floor(t.back() / cycle_length + 1e-9));
      const double begin = (beats - 1.0) * cycle_length;
      std::size_t first = 0;
      while (first + 3 < t.size() && t[first] < begin - 1e-6)
        ++first;
      return first;
    }

    std::vector<double> tail(const std::vector<double> &values, std::size_t first, double factor)
    {
      std::vector<double> result(values.begin() + static_cast<std::ptrdiff_t>(first), values.end());
      for (double &value : result)
        value *= factor;
      return result;
    }

    double finite(double value)
    {
      return std::isfinite(value) ? value : 0.0;
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

    EcgMetrics last_beat_ecg(const Recording &ecg, double cycle_length)
    {
      const auto &t = ecg.values[0];
      if (t.size() < 3)
        return {};
      const std::size_t first = first_of_last_beat(t, cycle_length);
      std::vector<std::vector<double>> leads;
      for (std::size_t c = 1; c < ecg.values.size(); ++c)
        leads.push_back(tail(ecg.values[c], first, 1.0));
      return ecg_metrics(leads, t[first + 1] - t[first]);
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

  Json chamber_json(const ChamberMetrics &c)
  {
    return {{"edv_mL", finite(c.edv_mL)},
            {"esv_mL", finite(c.esv_mL)},
            {"sv_mL", finite(c.sv_mL)},
            {"ef_pct", finite(c.ef_pct)},
            {"p_max_mmHg", finite(c.p_max_mmHg)},
            {"p_ed_mmHg", finite(c.p_ed_mmHg)},
            {"dpdt_max_mmHg_s", finite(c.dpdt_max_mmHg_s)},
            {"work_mJ", finite(c.work_mJ)}};
  }

  TimeSeries last_beat(const Recording &recording, double cycle_length)
  {
    const auto &t = recording.column("t_ms");
    const std::size_t first = first_of_last_beat(t, cycle_length);
    TimeSeries beat;
    beat.t = tail(t, first, 1.0);
    for (double &time : beat.t)
      time -= t[first];
    constexpr double mL_s = units::mL / units::s;
    const auto part = [&](const std::string &name, double factor) { return tail(recording.column(name), first, factor); };
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

  Json electrophysiology_json(const SimulationView &simulation, const Recording &recording)
  {
    const auto activation = simulation.electrical_heart().activation();
    const EcgMetrics ecg = last_beat_ecg(recording, simulation.cycle_length());
    return {{"atrial_activation_ms", finite(activation.atrial_duration)},
            {"ventricular_activation_ms", finite(activation.ventricular_duration)},
            {"qrs_ms", finite(ecg.qrs_ms.value_or(0.0))},
            {"qt_ms", finite(ecg.qt_ms.value_or(0.0))},
            {"qrs_axis_deg", finite(ecg.qrs_axis_deg.value_or(0.0))}};
  }

  Json chambers_json(const BeatMetrics &beat)
  {
    Json chambers;
    for (std::size_t k = 0; k < chamber_names.size(); ++k)
      chambers[chamber_names[k]] = chamber_json(beat.chambers[k]);
    return chambers;
  }

  Json circulation_json(const BeatMetrics &beat, double blood_volume_change)
  {
    return {{"cardiac_output_L_min", finite(beat.cardiac_output_L_min)},
            {"aortic_systolic_mmHg", finite(beat.aortic_systolic_mmHg)},
            {"aortic_diastolic_mmHg", finite(beat.aortic_diastolic_mmHg)},
            {"blood_volume_drift_mL", finite(blood_volume_change / units::mL)},
            {"periodicity_error_pct", finite(beat.periodicity_error_pct)}};
  }

  Json wall_json(const Measures &end_systolic, const std::array<SegmentMeasures, n_segments> &segments)
  {
    return {{"avpd_mm", finite(end_systolic.avpd)},
            {"wall_thickening_mm", finite(end_systolic.wall_thickening)},
            {"torsion_deg_cm", finite(end_systolic.torsion)},
            {"gls_pct", finite(end_systolic.gls)},
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
