#include "coupling/results/results.h"

#include "core/mpi.h"
#include "core/output/files.h"
#include "core/units.h"
#include "report/healthy_bands.h"

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

  ReportTable table_of(const std::string &title, const Json &object)
  {
    ReportTable result{title, {}, {}};
    for (const auto &[key, value] : object.items())
      result.rows.push_back({key, value.is_number_float() ? text(value.get<double>())
                                  : value.is_string()     ? value.get<std::string>()
                                                          : value.dump()});
    return result;
  }

  Results begin_results(const SimulationView &simulation, const Provenance &origin, double wall_s)
  {
    Results results;
    results.summary = {{"case", simulation.deck().text("case")}, {"version", origin.version}, {"git", origin.git},
                       {"ranks", size_of(simulation.comm())},    {"wall_s", wall_s},          {"simulated_ms", simulation.time()}};
    for (const char *section : {"mesh", "chambers", "electrophysiology", "mechanics", "circulation", "solver", "time_s", "parallel"})
      results.summary[section] = nullptr; // in this order
    results.report.title = simulation.deck().text("case");
    results.report.subtitle = simulation.deck().text("description");
    return results;
  }

  void end_results(const Provenance &origin, Results &results)
  {
    Json filled;
    for (const auto &[key, value] : results.summary.items())
      if (!value.is_null())
        filled[key] = value;
    results.summary = filled;
    results.report.metrics = metrics(results.summary);
    results.report.tables.push_back(versions(origin));
  }

  void write_results(const std::string &folder, const Results &results)
  {
    write_report(folder + "/report.html", results.report);
    for (const auto &[name, content] : results.files)
      write_whole(folder + "/" + name, content);
    // Last: who finds summary.json finds everything.
    write_whole(folder + "/summary.json", results.summary.dump(2) + "\n");
  }
}
