#include "electrophysiology/cells/results.h"

#include "core/output/formatted.h"
#include "core/output/table.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace vivicor
{
  using Json = nlohmann::ordered_json;

  namespace
  {
    /// What was not found is null; it is 0 in Biomarkers.
    Json found(const double duration)
    {
      return duration > 0.0 ? Json(duration) : Json();
    }
    Json found(const std::optional<double> &value)
    {
      return value ? Json(*value) : Json();
    }

    std::string duration_cell(const double duration)
    {
      return duration > 0.0 ? formatted(" %9.2f", duration) : "         -";
    }

    std::string rhythm_table(const CellStudy &study)
    {
      std::string text = "  beat  rest mV  peak mV  dV/dt mV/ms  APD50 ms  APD90 ms";
      text += study.has_calcium ? "  Ca rest uM  Ca peak uM\n" : "\n";
      const std::size_t shown = std::min<std::size_t>(study.beats.size(), 10);
      for (std::size_t i = study.beats.size() - shown; i < study.beats.size(); ++i)
        {
          const Biomarkers &b = study.beats[i];
          text += formatted("%6zu %8.2f %8.2f %12.1f", i + 1, b.rest, b.peak, b.dVdt_max) + duration_cell(b.APD50) + duration_cell(b.APD90);
          text += study.has_calcium ? formatted(" %11.4f %11.4f\n", b.calcium_diastolic, b.calcium_peak) : "\n";
        }
      if (study.alternates())
        text += formatted("alternans: APD90 of the last two beats differs by %.2f ms\n", *study.APD90_difference());
      if (study.beats.back().APD90 == 0.0)
        text += "the last beat has no action potential that ends before the next\n";
      return text;
    }

    std::string restitution_table(const CellStudy &study)
    {
      const bool rhythms = study.protocol.kind == CellProtocol::Kind::dynamic;
      std::string text = rhythms ? "  cycle ms    DI ms  APD50 ms  APD90 ms  alternans ms\n" : "  S1-S2 ms    DI ms  APD50 ms  APD90 ms\n";
      for (const RestitutionPoint &p : study.restitution)
        if (!p.captured)
          text += formatted("%10.1f", p.interval) + (std::isfinite(p.diastolic) ? formatted(" %8.1f", p.diastolic) : "        -")
                  + (rhythms ? "  not followed beat by beat\n" : "  no response\n");
        else if (rhythms)
          text += formatted("%10.1f %8.1f %9.2f %9.2f %13.2f\n", p.interval, p.diastolic, p.APD50, p.APD90, p.alternans);
        else
          text += formatted("%10.1f %8.1f %9.2f %9.2f\n", p.interval, p.diastolic, p.APD50, p.APD90);
      text += "steepest slope of APD90 over DI: " + (study.slope ? formatted("%.2f", *study.slope) : "-") + "\n";
      if (study.alternates())
        {
          const auto first = std::find_if(study.restitution.begin(), study.restitution.end(),
                                          [&](const auto &p) { return std::abs(p.alternans) > study.protocol.alternans; });
          text += formatted("alternans from a cycle length of %.1f ms\n", first->interval);
        }
      return text;
    }

    Json json_of(const Biomarkers &b, const std::size_t beat, const bool has_calcium)
    {
      Json json{{"beat", beat},
                {"rest_mV", b.rest},
                {"peak_mV", b.peak},
                {"dVdt_max_mV_ms", b.dVdt_max},
                {"APD50_ms", found(b.APD50)},
                {"APD90_ms", found(b.APD90)}};
      if (has_calcium)
        {
          json["calcium_diastolic_uM"] = b.calcium_diastolic;
          json["calcium_peak_uM"] = b.calcium_peak;
        }
      return json;
    }

    Json json_of(const RestitutionPoint &p, const bool rhythms)
    {
      Json json{{rhythms ? "cycle_length_ms" : "S1S2_ms", p.interval},
                {"diastolic_interval_ms", std::isfinite(p.diastolic) ? Json(p.diastolic) : Json()},
                {"captured", p.captured}};
      if (!p.captured)
        return json;
      json["APD50_ms"] = p.APD50;
      json["APD90_ms"] = p.APD90;
      if (rhythms)
        json["alternans_ms"] = p.alternans;
      return json;
    }
  }

  std::string cell_table(const CellStudy &study)
  {
    std::string text = study.model + formatted(", cycle length %g ms\n", study.protocol.pacing.cycle_length);
    for (const auto &[channel, left] : study.channels_left)
      text += channel + formatted(": the drugs leave %.1f %%\n", 100 * left);
    if (study.prepaced)
      text += formatted("after %u beats, the last of which changed the state by %.1e\n", study.prepaced->beats, study.prepaced->change);
    return text + (study.beats.empty() ? restitution_table(study) : rhythm_table(study));
  }

  std::string cell_json(const CellStudy &study, const std::string &version, const std::string &revision)
  {
    Json json{{"model", study.model},
              {"vivicor", {{"version", version}, {"revision", revision}}},
              {"settings", Json::parse(study.parameters.resolved_json())}};
    // What "model" stood for.
    const Pacing &pacing = study.protocol.pacing;
    json["pacing"] = {{"cycle_length_ms", pacing.cycle_length},
                      {"stimulus_start_ms", pacing.stimulus_start},
                      {"stimulus_duration_ms", pacing.stimulus_duration},
                      {"stimulus_amplitude_uA_uF", pacing.stimulus_amplitude},
                      {"step_ms", pacing.step}};
    if (!study.channels_left.empty())
      json["channels_left"] = study.channels_left;
    if (study.prepaced)
      json["prepaced"] = {{"beats", study.prepaced->beats}, {"change", study.prepaced->change}};
    if (study.beats.empty())
      {
        json["restitution"] = Json::array();
        for (const RestitutionPoint &p : study.restitution)
          json["restitution"].push_back(json_of(p, study.protocol.kind == CellProtocol::Kind::dynamic));
        json["steepest_slope"] = found(study.slope);
      }
    else
      {
        json["beats"] = Json::array();
        for (std::size_t i = 0; i < study.beats.size(); ++i)
          json["beats"].push_back(json_of(study.beats[i], i + 1, study.has_calcium));
        json["APD90_difference_ms"] = found(study.APD90_difference());
        json["end"]["V_mV"] = study.end.V;
        for (std::size_t k = 0; k < study.state_names.size(); ++k)
          json["end"][study.state_names[k]] = study.end.states[k];
      }
    json["alternans"] = study.alternates();
    return json.dump(2) + "\n";
  }

  void write_trace_csv(const CellStudy &study, const std::string &file)
  {
    std::vector<std::string> columns{"t_ms", "V_mV"};
    if (study.has_calcium)
      columns.push_back("calcium_uM");
    for (const std::string &name : study.state_names)
      columns.push_back(name);
    Table table(file, columns);
    for (std::size_t i = 0; i < study.trace.size(); ++i)
      {
        const CellSample &s = study.trace[i];
        std::vector<double> row{s.t, s.V};
        if (study.has_calcium)
          row.push_back(s.calcium);
        row.insert(row.end(), study.trace_states[i].begin(), study.trace_states[i].end());
        table.row(row);
      }
  }

  void write_restitution_csv(const CellStudy &study, const std::string &file)
  {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    Table table(file, {"interval_ms", "diastolic_interval_ms", "APD50_ms", "APD90_ms", "alternans_ms", "captured"});
    for (const RestitutionPoint &p : study.restitution)
      table.row({p.interval, p.diastolic, p.captured ? p.APD50 : none, p.captured ? p.APD90 : none, p.captured ? p.alternans : none,
                 p.captured ? 1.0 : 0.0});
  }
}
