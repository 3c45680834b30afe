// Numbers of runs that end before, within or after a cycle: what was not found is null, and what follows the latest whole cycle
// does not change its numbers.
#include "core/output/files.h"
#include "tests/regression/apps/program.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace vivicor;
using nlohmann::json;
using ::testing::HasSubstr;

namespace
{
  /// The minimal heart, its right ventricle paced, in cycles of 200 ms.
  const std::string paced = R"({"base": ")" VIVICOR_SOURCE R"(/parameters/minimal/heart.json", "case": "paced",
    "mesh": {"element_size": "14 mm"}, "time": {"cycle_length": "200 ms", "mechanics_step": "10 ms"}, "output": {"fields_every": "0 ms"},
    "electrophysiology": {"sinus_node": {"enabled": false}, "stimuli": {"lead": {"shape": "surface", "surface": "endocardium_RV",
      "depth": "3 mm", "start": "%"}}}})";

  class Summary : public ::testing::Test
  {
  protected:
    void run(const std::string &name, const std::string &start, const std::string &settings)
    {
      std::string deck = paced;
      write_whole(folder / "deck.json", deck.replace(deck.find('%'), 1, start));
      const auto outcome = program::run_vivicor("run " + (folder / "deck.json") + " --quiet --output " + (folder / name) + settings, 1,
                                                200);
      ASSERT_EQ(outcome.code, 0) << outcome.text;
    }
    std::string text(const std::string &name, const std::string &file = "summary.json") const
    {
      return read_whole(folder / name + "/" + file);
    }
    json summary(const std::string &name) const { return json::parse(text(name)); }

    vivicor::testing::TemporaryFolder folder;
  };
}

TEST_F(Summary, WhatAShortRunDoesNotHaveIsNull)
{
  run("short", "60 ms", " --set 'time.end=20 ms'");
  const json found = summary("short");
  for (const char *key : {"/electrophysiology/qrs_ms",
                          "/electrophysiology/qt_ms",
                          "/electrophysiology/qrs_axis_deg",
                          "/electrophysiology/atrial_activation_ms",
                          "/electrophysiology/ventricular_activation_ms",
                          "/mechanics/avpd_mm",
                          "/mechanics/wall_thickening_mm",
                          "/mechanics/torsion_deg_cm",
                          "/mechanics/gls_pct",
                          "/mechanics/lv_wall/fibre_strain_pct",
                          "/chambers/LV/esv_mL",
                          "/chambers/LV/sv_mL",
                          "/chambers/LV/ef_pct",
                          "/chambers/LA/ef_pct",
                          "/chambers/LV/work_mJ",
                          "/circulation/cardiac_output_L_min",
                          "/circulation/periodicity_error_pct",
                          "/valves/aortic_opens_ms",
                          "/valves/LV/ejection_ms",
                          "/valves/LV/isovolumic_relaxation_ms",
                          "/valves/LV/e_a_ratio"})
    {
      ASSERT_TRUE(found.contains(json::json_pointer(key))) << key;
      EXPECT_TRUE(found[json::json_pointer(key)].is_null()) << key << ": " << found[json::json_pointer(key)];
    }
  EXPECT_GT(found["chambers"]["LV"]["edv_mL"], 30);
  EXPECT_EQ(found["beat"]["whole_cycle"], false);
  const std::string report = text("short", "report.html");
  EXPECT_THAT(report, HasSubstr("nothing is judged"));
  for (const char *verdict : {"mark good", "mark near", "mark bad"})
    EXPECT_EQ(report.find(verdict), std::string::npos) << verdict;
}

TEST_F(Summary, IsOfTheLatestWholeCycle)
{
  run("one", "0 ms", " --set 'time.end=200 ms'");
  run("more", "0 ms", " --set 'time.end=250 ms' --set 'output.ecg_every=1.5 ms'");
  const json one = summary("one"), more = summary("more");
  EXPECT_GT(one["circulation"]["cardiac_output_L_min"], 1.0);
  EXPECT_EQ(more["beat"], (json{{"from_ms", 0.}, {"to_ms", 200.}, {"whole_cycle", true}}));
  for (const char *part : {"beat", "chambers", "valves", "mechanics"})
    EXPECT_EQ(more[part], one[part]) << part;
  for (const char *name : {"cardiac_output_L_min", "aortic_systolic_mmHg", "aortic_diastolic_mmHg", "periodicity_error_pct"})
    EXPECT_EQ(more["circulation"][name], one["circulation"][name]) << name;
  for (const char *name : {"atrial_activation_ms", "ventricular_activation_ms"})
    EXPECT_EQ(more["electrophysiology"][name], one["electrophysiology"][name]) << name;
  EXPECT_EQ(text("more", "segments.csv"), text("one", "segments.csv"));
  EXPECT_EQ(text("more", "maps.csv"), text("one", "maps.csv"));
  EXPECT_THAT(text("more", "report.html"), HasSubstr("1.25 cycles of 200 ms"));
  EXPECT_THAT(text("more", "report.html"), HasSubstr("0 to 200 ms"));
}

TEST_F(Summary, SaysThatMuscleWithoutCalciumDoesNotContract)
{
  std::string cells;
  for (const std::string layer : {"endo", "mid", "epi"})
    cells += " --set electrophysiology.membranes." + layer + ".model=bueno_orovio_2008_" + layer;
  run("still", "0 ms", " --set 'time.end=60 ms'" + cells);
  const std::string log = text("still", "log.txt");
  EXPECT_THAT(log, HasSubstr(" W no calcium for the active tension of LV"));
  EXPECT_TRUE(summary("still")["chambers"]["LV"]["ef_pct"].is_null());
  EXPECT_TRUE(summary("still")["mechanics"]["gls_pct"].is_null());
  const auto checked = program::run_vivicor("check " + (folder / "deck.json") + cells);
  EXPECT_EQ(checked.code, 0) << checked.text;
  EXPECT_THAT(checked.text, HasSubstr("no calcium for the active tension of LV"));
  EXPECT_EQ(program::run_vivicor("check " + (folder / "deck.json")).text.find("no calcium"), std::string::npos);
}
