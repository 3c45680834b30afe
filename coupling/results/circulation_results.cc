#include "coupling/results/circulation_results.h"

#include "core/output/formatted.h"
#include "core/output/table.h"
#include "coupling/results/results.h"
#include "coupling/results/summary.h"
#include "report/figures.h"
#include "report/page.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  using Json = nlohmann::ordered_json;

  namespace
  {
    /// Smallest and largest value of a column; not numbers where the loop has none of that name.
    std::pair<double, double> extremes_of(const Recording &recording, const std::string &name)
    {
      if (!recording.has(name))
        return {std::nan(""), std::nan("")};
      const auto &values = recording.column(name);
      const auto [low, high] = std::minmax_element(values.begin(), values.end());
      return {*low, *high};
    }

    Json json_of(const CirculationStudy &study)
    {
      const BeatMetrics beat = study.metrics();
      const auto [lung_low, lung_high] = extremes_of(study.recording, "pulmonary_arterial_pressure_mmHg");
      Json json{{"case", study.parameters.text("case")},
                {"model", study.parameters.section("circulation").text("model")},
                {"beats", study.changes.size()},
                {"periodic", study.periodic},
                {"change_mL", study.changes.back()}};
      for (std::size_t k = 0; k < chamber_names.size(); ++k)
        {
          if (!beat.chambers[k].present)
            continue;
          Json &chamber = json["chambers"][chamber_names[k]] = chamber_json(beat.chambers[k]);
          const ChamberExtremes e = study.extremes(chamber_names[k]);
          chamber["volume_min_mL"] = e.volume_min;
          chamber["volume_max_mL"] = e.volume_max;
          chamber["pressure_min_mmHg"] = e.pressure_min;
          chamber["pressure_mean_mmHg"] = e.pressure_mean;
        }
      json["valves"] = valves_json(beat);
      json["circulation"] = {{"cardiac_output_L_min", found(beat.cardiac_output_L_min)},
                             {"aortic_systolic_mmHg", found(beat.aortic_systolic_mmHg)},
                             {"aortic_diastolic_mmHg", found(beat.aortic_diastolic_mmHg)},
                             {"pulmonary_systolic_mmHg", found(lung_high)},
                             {"pulmonary_diastolic_mmHg", found(lung_low)},
                             {"stressed_volume_mL", study.blood},
                             {"blood_volume_drift_mL", study.drift},
                             {"periodicity_error_pct", found(beat.periodicity_error_pct)}};
      json["solver"] = {{"steps", study.steps}, {"rate_evaluations", study.rate_evaluations}, {"seconds", study.seconds}};
      return json;
    }

    std::string settled(const CirculationStudy &study)
    {
      const std::string change = formatted("%.2g mL", study.changes.back());
      return study.periodic
               ? formatted("Limit cycle after %zu beats: the last changed no chamber by more than ", study.changes.size()) + change + "."
               : formatted("Not the limit cycle yet: the last of %zu beats changed a chamber by ", study.changes.size()) + change + ".";
    }

    ReportData report_data(const CirculationStudy &study)
    {
      ReportData report;
      report.title = study.parameters.text("case");
      report.subtitle = study.parameters.text("description");
      report.notes = {settled(study) + formatted(" Blood: %.1f mL, constant to %.1e mL per beat.", study.blood, study.drift)};
      add_curves(study.recording, report);
      report.metrics = metrics(json_of(study));
      report.tables = {valve_times(study.metrics())};
      return report;
    }
  }

  std::string circulation_table(const CirculationStudy &study)
  {
    const BeatMetrics beat = study.metrics();
    const auto [lung_low, lung_high] = extremes_of(study.recording, "pulmonary_arterial_pressure_mmHg");
    std::string text = settled(study) + "\n\n        V max mL  V min mL     SV mL      EF %  p max mmHg  p mean mmHg  p ED mmHg\n";
    for (std::size_t k = 0; k < chamber_names.size(); ++k)
      {
        if (!beat.chambers[k].present)
          continue;
        const ChamberExtremes e = study.extremes(chamber_names[k]);
        const double stroke = e.volume_max - e.volume_min;
        text += formatted("  %s %12.2f %9.2f %9.2f %9.1f %11.2f %12.2f %10.2f\n", chamber_names[k].c_str(), e.volume_max, e.volume_min,
                          stroke, 100. * stroke / e.volume_max, e.pressure_max, e.pressure_mean, beat.chambers[k].p_ed_mmHg);
      }
    text += formatted("\n  aorta %.1f/%.1f mmHg, pulmonary artery %.1f/%.1f mmHg, cardiac output %.2f L/min\n",
                      beat.aortic_systolic_mmHg.value_or(std::nan("")), beat.aortic_diastolic_mmHg.value_or(std::nan("")), lung_high,
                      lung_low, beat.cardiac_output_L_min.value_or(0.));
    text += formatted("  stressed volume %.2f mL, constant to %.1e mL per beat; %ld steps in %.2f s\n", study.blood, study.drift,
                      study.steps, study.seconds);
    return text;
  }

  std::string circulation_json(const CirculationStudy &study, const std::string &version, const std::string &revision)
  {
    Json json = json_of(study);
    json["vivicor"] = {{"version", version}, {"revision", revision}};
    json["settings"] = Json::parse(study.parameters.resolved_json());
    return json.dump(2) + "\n";
  }

  void write_circulation_csv(const CirculationStudy &study, const std::string &file)
  {
    Table table(file, study.recording.columns);
    std::vector<double> row(study.recording.columns.size());
    for (std::size_t i = 0; i < study.recording.values.front().size(); ++i)
      {
        for (std::size_t c = 0; c < row.size(); ++c)
          row[c] = study.recording.values[c][i];
        table.row(row);
      }
  }

  std::string circulation_svg(const CirculationStudy &study)
  {
    return stand_alone_svg(figures::pv_loops(report_data(study)));
  }

  std::string circulation_html(const CirculationStudy &study)
  {
    return report_html(report_data(study));
  }
}
