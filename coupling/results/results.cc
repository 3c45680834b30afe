#include "coupling/results/results.h"

#include "core/mpi.h"
#include "core/output/files.h"
#include "core/output/formatted.h"
#include "core/units.h"
#include "report/healthy_bands.h"

#include <cmath>
#include <limits>
#include <sstream>

namespace vivicor
{
  using Json = nlohmann::ordered_json;

  namespace
  {
    const std::string absent = "\u2013";

    std::string text(double value)
    {
      if (!std::isfinite(value))
        return absent;
      std::ostringstream stream;
      stream.precision(4);
      stream << value;
      return stream.str();
    }

    std::string text(const std::optional<double> &value)
    {
      return value ? text(*value) : absent;
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

  std::string subtitle(const std::string &description, double end_ms, double cycle_length)
  {
    const double cycles = end_ms / cycle_length;
    const std::string length = formatted("%g ms: ", end_ms)
                               + (std::abs(cycles - 1) < 1e-6 ? "one cycle of " : formatted("%.4g cycles of ", cycles))
                               + formatted("%g ms.", cycle_length);
    return description.empty() ? length : description + " " + length;
  }

  std::string note_on(const CycleSpan &span, const BeatMetrics &beat)
  {
    const std::string from_to = formatted("%g to %g ms", span.from, span.to);
    if (!span.whole)
      return "The run holds no whole cycle: numbers are of " + from_to + ", and nothing is judged.";
    return "Numbers are of the latest whole cycle, " + from_to + ". Its periodicity error is " + text(beat.periodicity_error_pct)
           + " %: a heart started from rest needs several beats to settle; numbers of early beats are not its steady state.";
  }

  ReportTable valve_times(const BeatMetrics &beat)
  {
    ReportTable result{"Valves, ms after the cycle began", {"event", "left", "right"}, {}};
    const ValveTimes &left = beat.valves[0], &right = beat.valves[1];
    result.rows = {{"inflow valve closes", text(left.inflow_closes), text(right.inflow_closes)},
                   {"outflow valve opens", text(left.outflow_opens), text(right.outflow_opens)},
                   {"outflow valve closes", text(left.outflow_closes), text(right.outflow_closes)},
                   {"inflow valve opens", text(left.inflow_opens), text(right.inflow_opens)},
                   {"isovolumic contraction", text(left.isovolumic_contraction()), text(right.isovolumic_contraction())},
                   {"ejection", text(left.ejection()), text(right.ejection())},
                   {"isovolumic relaxation", text(left.isovolumic_relaxation()), text(right.isovolumic_relaxation())},
                   {"E/A of the flow", text(beat.e_a_ratio[0]), text(beat.e_a_ratio[1])},
                   {"atrial kick, mL", text(beat.atrial_kick_mL[0]), text(beat.atrial_kick_mL[1])}};
    return result;
  }

  void add_curves(const Recording &recording, ReportData &report)
  {
    report.time_ms = recording.column("t_ms");
    for (const auto &chamber : chamber_names)
      if (recording.has(chamber + "_volume_mL"))
        report.chambers.push_back({chamber, recording.column(chamber + "_pressure_mmHg"), recording.column(chamber + "_volume_mL")});
    if (recording.has("aortic_pressure_mmHg"))
      report.aortic_pressure_mmHg = recording.column("aortic_pressure_mmHg");
    for (const std::string valve : {"mitral", "aortic", "tricuspid", "pulmonary"})
      {
        if (!recording.has(valve + "_flow_mL_s"))
          continue;
        const auto &flow = recording.column(valve + "_flow_mL_s");
        report.flows_mL_s.push_back({valve, flow});
        constexpr double open_flow = 5.0; // mL/s: a closed valve leaks less by orders of magnitude
        for (const auto &interval : intervals_above(valve, report.time_ms, flow, open_flow))
          report.valves.push_back(interval);
      }
  }

  std::vector<Metric> metrics(const Json &summary)
  {
    const Json *whole = find(summary, "beat.whole_cycle");
    const bool judged = !whole || whole->get<bool>();
    constexpr double none = std::numeric_limits<double>::infinity();
    std::vector<Metric> result;
    for (const HealthyBand &band : healthy_bands())
      if (const Json *value = find(summary, band.key))
        {
          const double number = value->is_null() ? std::numeric_limits<double>::quiet_NaN() : value->get<double>();
          result.push_back({band.name, number, band.unit, judged ? band.low : -none, judged ? band.high : none, band.source});
        }
    return result;
  }

  ReportTable table_of(const std::string &title, const Json &object)
  {
    ReportTable result{title, {}, {}};
    for (const auto &[key, value] : object.items())
      result.rows.push_back({key, value.is_null()           ? absent
                                  : value.is_number_float() ? text(value.get<double>())
                                  : value.is_string()       ? value.get<std::string>()
                                                            : value.dump()});
    return result;
  }

  Results begin_results(const SimulationView &simulation, const Provenance &origin, double wall_s)
  {
    Results results;
    results.summary = {{"case", simulation.deck().text("case")}, {"version", origin.version}, {"git", origin.git},
                       {"ranks", size_of(simulation.comm())},    {"wall_s", wall_s},          {"simulated_ms", simulation.time()}};
    for (const char *section :
         {"mesh", "beat", "chambers", "valves", "electrophysiology", "mechanics", "circulation", "solver", "time_s", "parallel"})
      results.summary[section] = nullptr; // in this order
    results.report.title = simulation.deck().text("case");
    results.report.subtitle = subtitle(simulation.deck().text("description"), simulation.time(), simulation.cycle_length());
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
