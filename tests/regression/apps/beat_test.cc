// One whole beat of the minimal heart through the command line: what the results must hold, the order of the valves,
// and that the number of ranks does not show.
#include "tests/regression/apps/columns.h"
#include "tests/regression/apps/program.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <vector>

using namespace vivicor;
using nlohmann::json;

namespace
{
  struct Beat
  {
    program::Outcome outcome;
    json summary;
    Columns series;
  };

  Beat beat_on(const unsigned ranks)
  {
    const vivicor::testing::TemporaryFolder folder;
    const auto results = folder.path / "beat";
    Beat beat;
    beat.outcome = program::run_vivicor("run " VIVICOR_SOURCE "/parameters/minimal/heart.json --quiet --output " + results.string(), ranks,
                                        600);
    if (beat.outcome.code == 0)
      {
        beat.summary = json::parse(std::ifstream(results / "summary.json"));
        beat.series = read_columns(results / "timeseries.csv");
      }
    return beat;
  }

  /// First time (ms) from `after` on at which the flow (mL/s) through a valve is above (opens) or below (closes) a
  /// trickle.
  double first_time(const Columns &series, const std::string &flow, const bool opens, const double after)
  {
    const auto &t = series.at("t_ms"), &q = series.at(flow);
    for (std::size_t i = 0; i < t.size(); ++i)
      if (t[i] >= after && (q[i] > 1.0) == opens)
        return t[i];
    return 1e9;
  }

  void expect_finite_numbers(const json &value, const std::string &where)
  {
    if (value.is_object())
      {
        for (const auto &[key, part] : value.items())
          if (key != "e_a_ratio" || !part.is_null()) // two waves that melt into one have no ratio
            expect_finite_numbers(part, where + "." + key);
      }
    else if (!value.is_string() && !value.is_boolean())
      {
        EXPECT_TRUE(value.is_number()) << where;
        if (value.is_number())
          {
            EXPECT_TRUE(std::isfinite(value.get<double>())) << where;
          }
      }
  }

  void expect_every_key(const Beat &beat)
  {
    const std::map<std::string, std::vector<std::string>> keys{
      {"", {"case", "version", "git", "ranks", "wall_s", "simulated_ms", "peak_memory_MB"}},
      {"/mesh", {"mechanics_cells", "mechanics_dofs", "ep_nodes", "ep_edge_mean_mm"}},
      {"/beat", {"from_ms", "to_ms", "whole_cycle"}},
      {"/electrophysiology", {"atrial_activation_ms", "ventricular_activation_ms", "qrs_ms", "qt_ms", "qrs_axis_deg"}},
      {"/valves/LV", {"isovolumic_contraction_ms", "ejection_ms", "isovolumic_relaxation_ms", "e_a_ratio", "atrial_kick_mL"}},
      {"/valves/RV", {"isovolumic_contraction_ms", "ejection_ms", "isovolumic_relaxation_ms", "e_a_ratio", "atrial_kick_mL"}},
      {"/mechanics", {"avpd_mm", "wall_thickening_mm", "torsion_deg_cm", "gls_pct"}},
      {"/circulation",
       {"cardiac_output_L_min", "aortic_systolic_mmHg", "aortic_diastolic_mmHg", "blood_volume_drift_mL", "periodicity_error_pct"}},
      {"/solver", {"newton_its_mean", "linear_its_mean", "failed_steps"}},
      {"/time_s",
       {"setup", "ionic", "diffusion", "mechanics_assembly", "mechanics_solve", "circulation", "output", "in_situ", "checkpoint"}}};
    for (const auto &[section, names] : keys)
      for (const std::string &name : names)
        EXPECT_TRUE(beat.summary.contains(json::json_pointer(section + "/" + name))) << section << "/" << name;
    for (const std::string chamber : {"LV", "RV", "LA", "RA"})
      for (const std::string name :
           {"edv_mL", "esv_mL", "sv_mL", "ef_pct", "p_max_mmHg", "p_ed_mmHg", "dpdt_max_mmHg_s", "dpdt_min_mmHg_s"})
        EXPECT_TRUE(beat.summary.contains(json::json_pointer("/chambers/" + chamber + "/" + name))) << chamber << " " << name;
    expect_finite_numbers(beat.summary, "summary");
    EXPECT_EQ(beat.summary["simulated_ms"], 800.0);
  }

  // Coarse as it is, it is a heart: the ranges are those that any of our hearts must meet.
  void expect_a_pump(const Beat &beat)
  {
    const json &lv = beat.summary["chambers"]["LV"], &rv = beat.summary["chambers"]["RV"];
    EXPECT_GT(lv["ef_pct"], 45.0);
    EXPECT_LT(lv["ef_pct"], 70.0);
    EXPECT_GT(lv["p_max_mmHg"], 90.0);
    EXPECT_LT(lv["p_max_mmHg"], 160.0);
    EXPECT_GT(rv["p_max_mmHg"], 15.0);
    EXPECT_LT(rv["p_max_mmHg"], 45.0);
    // Flat triangles of 12 mm cost the round left ventricle more of its volume than the right: no comparison of the two.
    for (const json &ventricle : {lv, rv})
      {
        EXPECT_GT(ventricle["sv_mL"], 40.0);
        EXPECT_LT(ventricle["sv_mL"], 90.0);
      }
    EXPECT_LT(std::abs(beat.summary["circulation"]["blood_volume_drift_mL"].get<double>()), 1e-3);
    EXPECT_GT(beat.summary["mechanics"]["wall_thickening_mm"], 1.0);
  }

  void expect_valves_in_order(const Beat &beat)
  {
    for (const auto &[inlet, outlet] : {std::pair{"mitral_flow_mL_s", "aortic_flow_mL_s"}, {"tricuspid_flow_mL_s", "pulmonary_flow_mL_s"}})
      {
        const double atria_contract = 100, inlet_closes = first_time(beat.series, inlet, false, atria_contract),
                     outlet_opens = first_time(beat.series, outlet, true, atria_contract),
                     outlet_closes = first_time(beat.series, outlet, false, outlet_opens),
                     inlet_opens = first_time(beat.series, inlet, true, inlet_closes);
        EXPECT_LT(inlet_closes, outlet_opens) << inlet;
        EXPECT_LT(outlet_opens + 100, outlet_closes) << outlet;
        EXPECT_LT(outlet_closes, inlet_opens) << outlet;
        EXPECT_LT(inlet_opens, 700) << inlet;
      }
  }

  void expect_same_beat(const Beat &one, const Beat &two)
  {
    const auto expect_same = [&](const std::string &pointer) {
      const json::json_pointer at(pointer);
      const double a = one.summary[at], b = two.summary[at];
      EXPECT_NEAR(a, b, 1e-3 * std::abs(a)) << pointer;
    };
    for (const std::string chamber : {"LV", "RV", "LA", "RA"})
      for (const std::string name : {"edv_mL", "esv_mL", "p_max_mmHg"})
        expect_same("/chambers/" + chamber + "/" + name);
    expect_same("/electrophysiology/atrial_activation_ms");
    expect_same("/electrophysiology/ventricular_activation_ms");
    ASSERT_EQ(one.series.at("t_ms"), two.series.at("t_ms"));
    for (const std::string name : {"LV_volume_mL", "RV_volume_mL", "LV_pressure_mmHg", "RV_pressure_mmHg"})
      {
        const auto &a = one.series.at(name), &b = two.series.at(name);
        const double largest = *std::max_element(a.begin(), a.end());
        for (std::size_t i = 0; i < a.size(); ++i)
          ASSERT_NEAR(a[i], b[i], 1e-3 * largest) << name << " at " << one.series.at("t_ms")[i] << " ms";
      }
  }
}

// One test, because each test is a process of its own and the beat is the costly part.
TEST(Beat, MinimalHeartOnOneAndTwoRanks)
{
  const Beat one = beat_on(1);
  ASSERT_EQ(one.outcome.code, 0) << one.outcome.text;
  expect_every_key(one);
  expect_a_pump(one);
  expect_valves_in_order(one);
  const Beat two = beat_on(2);
  ASSERT_EQ(two.outcome.code, 0) << two.outcome.text;
  expect_same_beat(one, two);
}
