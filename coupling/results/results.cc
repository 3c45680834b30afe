#include "coupling/results/results.h"

#include "core/collective.h"
#include "core/output/files.h"
#include "core/units.h"
#include "coupling/results/map_tables.h"
#include "coupling/results/segment_results.h"
#include "coupling/results/surface_activation.h"
#include "report/healthy_bands.h"
#include "report/page.h"

#include <sstream>

namespace vivicor
{
  using Json = nlohmann::ordered_json;

  namespace
  {
    std::string text(double value)
    {
      std::ostringstream stream;
      stream.precision(4);
      stream << value;
      return stream.str();
    }

    const Json *find(const Json &summary, const std::string &dotted)
    {
      const Json *node = &summary;
      std::istringstream keys(dotted);
      for (std::string key; std::getline(keys, key, '.');)
        {
          if (!node->contains(key))
            return nullptr;
          node = &node->at(key);
        }
      return node;
    }

    ReportTable table(const std::string &title, const Json &object)
    {
      ReportTable result{title, {}, {}};
      for (const auto &[key, value] : object.items())
        result.rows.push_back({key, value.is_number_float() ? text(value.get<double>())
                                    : value.is_string()     ? value.get<std::string>()
                                                            : value.dump()});
      return result;
    }

    ReportTable versions(const Provenance &origin)
    {
      ReportTable result{"Versions",
                         {},
                         {{"Vivicor", origin.version + " (" + origin.git + ")"},
                          {"compiler", origin.compiler},
                          {"build", origin.build_type},
                          {"started", origin.started}}};
      for (const auto &[name, version] : origin.libraries)
        result.rows.push_back({name, version});
      return result;
    }

    void add_ecg(const Recording &ecg, ReportData &report)
    {
      report.ecg_time_ms = ecg.values[0];
      for (std::size_t c = 1; c < ecg.columns.size(); ++c)
        report.ecg_mV.push_back({ecg.columns[c].substr(0, ecg.columns[c].rfind("_mV")), ecg.values[c]});
    }

    ReportData report_data(const Simulation &simulation, const Gathered &gathered, const Json &summary, SurfaceMap map,
                           const std::vector<RegionalMaps> &regions)
    {
      const Recording &recording = gathered.time_series.recording();
      ReportData report;
      report.title = simulation.deck.text("case");
      report.subtitle = simulation.deck.text("description");
      report.notes = {"Periodicity error of the beat: " + text(summary.at("circulation").at("periodicity_error_pct").get<double>())
                      + " %. A heart started from rest needs several beats to settle; numbers of early beats are not its steady state."};
      add_curves(recording, report);
      add_ecg(gathered.ecg, report);
      report.map = std::move(map);
      report.metrics = metrics(summary);
      if (simulation.mechanics->wall())
        report.figures = {segments_figure(gathered.segments)};
      report.tables = {valve_times(beat_metrics(last_beat(recording, simulation.cycle_length))),
                       maps_table(regions),
                       table("Mesh", summary.at("mesh")),
                       table("Solver", summary.at("solver")),
                       table("Seconds (rank 0)", summary.at("time_s")),
                       versions(gathered.origin)};
      return report;
    }
  }

  ReportTable valve_times(const BeatMetrics &beat)
  {
    const auto time = [](const std::optional<double> &t) { return t ? text(*t) : std::string("-"); };
    ReportTable result{"Valves, ms after the sinus node fired", {"event", "left", "right"}, {}};
    const ValveTimes &left = beat.valves[0], &right = beat.valves[1];
    result.rows = {{"inflow valve closes", time(left.inflow_closes), time(right.inflow_closes)},
                   {"outflow valve opens", time(left.outflow_opens), time(right.outflow_opens)},
                   {"outflow valve closes", time(left.outflow_closes), time(right.outflow_closes)},
                   {"inflow valve opens", time(left.inflow_opens), time(right.inflow_opens)},
                   {"atrial kick, mL", text(beat.atrial_kick_mL[0]), text(beat.atrial_kick_mL[1])}};
    return result;
  }

  void add_curves(const Recording &recording, ReportData &report)
  {
    report.time_ms = recording.column("t_ms");
    for (const auto &chamber : chamber_names)
      report.chambers.push_back({chamber, recording.column(chamber + "_pressure_mmHg"), recording.column(chamber + "_volume_mL")});
    report.aortic_pressure_mmHg = recording.column("aortic_pressure_mmHg");
    for (const std::string valve : {"mitral", "aortic", "tricuspid", "pulmonary"})
      {
        const auto &flow = recording.column(valve + "_flow_mL_s");
        report.flows_mL_s.push_back({valve, flow});
        constexpr double open_flow = 5.0; // mL/s: a closed valve leaks less by orders of magnitude
        for (const auto &interval : intervals_above(valve, report.time_ms, flow, open_flow))
          report.valves.push_back(interval);
      }
  }

  std::vector<Metric> metrics(const Json &summary)
  {
    std::vector<Metric> result;
    for (const HealthyBand &band : healthy_bands())
      if (const Json *value = find(summary, band.key))
        result.push_back({band.name, value->get<double>(), band.unit, band.low, band.high, band.source});
    return result;
  }

  void write_results(const Simulation &simulation, const Gathered &gathered)
  {
    const Json content = summary(simulation, gathered);
    SurfaceMap map = surface_activation(simulation);
    const auto regions = simulation.electrophysiology->regional_maps();
    on_rank_0(simulation.comm, [&] {
      write_report(gathered.folder + "/report.html", report_data(simulation, gathered, content, std::move(map), regions));
      write_whole(gathered.folder + "/maps.csv", maps_csv(regions));
      if (simulation.mechanics->wall())
        write_whole(gathered.folder + "/segments.csv", segments_csv(gathered.segments));
      // Last: who finds summary.json finds everything.
      write_whole(gathered.folder + "/summary.json", content.dump(2) + "\n");
    });
  }
}
