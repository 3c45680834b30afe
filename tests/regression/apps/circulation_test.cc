// `vivicor circulation` as users run it: what it writes, and what it says to wrong input.
#include "core/output/files.h"
#include "tests/regression/apps/program.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace vivicor;
using program::Outcome;
using program::run_vivicor;
using ::testing::HasSubstr;
using vivicor::testing::TemporaryFolder;
namespace fs = std::filesystem;

namespace
{
  const std::string deck = VIVICOR_SOURCE "/parameters/circulation/regazzoni_2022.json";

  class CirculationCommand : public ::testing::Test
  {
  protected:
    Outcome circulation(const std::string &arguments) const { return run_vivicor("circulation " + arguments, 1, 120); }
    std::string out() const { return " --output " + (folder / "out"); }
    nlohmann::json result(const std::string &name = "out") const
    {
      return nlohmann::json::parse(read_whole(folder.path / name / "circulation.json"));
    }

    TemporaryFolder folder;
  };
}

TEST_F(CirculationCommand, WritesTheLimitCycle)
{
  const Outcome outcome = circulation(deck + out());
  ASSERT_EQ(outcome.code, 0) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("Limit cycle after"));
  EXPECT_THAT(outcome.text, HasSubstr("written: " + (folder / "out")));
  const auto json = result();
  EXPECT_EQ(json["periodic"], true);
  EXPECT_NEAR(json["chambers"]["LV"]["volume_max_mL"].get<double>(), 136.74, 0.68); // limit cycle of the published loop
  EXPECT_NEAR(json["chambers"]["LV"]["p_max_mmHg"].get<double>(), 119.68, 0.6);
  EXPECT_LT(json["circulation"]["blood_volume_drift_mL"].get<double>(), 1e-9);
  EXPECT_EQ(json["settings"]["heart"]["LV"]["unstressed"], "42 mL");
  EXPECT_FALSE(json["vivicor"]["version"].get<std::string>().empty());
  const std::string table = read_whole(folder.path / "out/timeseries.csv");
  EXPECT_EQ(table.substr(0, 18), "t_ms,LV_volume_mL,");
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 802);
  const std::string svg = read_whole(folder.path / "out/pv_loops.svg");
  EXPECT_EQ(svg.substr(0, 4), "<svg");
  EXPECT_THAT(svg, HasSubstr("<style>"));
  EXPECT_THAT(svg, HasSubstr("class=\"line LV\""));
  EXPECT_THAT(read_whole(folder.path / "out/report.html"), HasSubstr("Wiggers diagram"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path / "out"), {}), 4);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path), {}), 1);
}

// The default's elastances relax slowly: its report says so.
TEST_F(CirculationCommand, JudgesRelaxationToo)
{
  ASSERT_EQ(circulation(out()).code, 0);
  const auto LV = result()["valves"]["LV"];
  EXPECT_GT(LV["isovolumic_relaxation_ms"], 101);
  EXPECT_GT(LV["ejection_ms"], 150);
  EXPECT_GT(LV["e_a_ratio"], 0);
  EXPECT_LT(result()["chambers"]["LV"]["dpdt_min_mmHg_s"], 0);
  const std::string report = read_whole(folder.path / "out/report.html");
  EXPECT_THAT(report, ::testing::ContainsRegex("LV isovolumic relaxation</td>[^\n]*outside"));
  for (const char *judged : {"LV ejection time</td>", "LV dP/dt min</td>", "mitral E/A</td>", "LV isovolumic contraction</td>"})
    EXPECT_THAT(report, HasSubstr(judged));
}

TEST_F(CirculationCommand, SettingsAndOptions)
{
  const auto pressure = [&](const std::string &options) {
    const Outcome outcome = circulation("--json " + options);
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    return nlohmann::json::parse(outcome.text)["circulation"]["aortic_systolic_mmHg"].get<double>();
  };
  const double healthy = pressure("");
  EXPECT_NEAR(healthy, 117.9, 0.5);
  EXPECT_GT(pressure("--set 'circulation.systemic.arterial_resistance=1.5 mmHg s/mL'"), healthy + 10.);
  const Outcome unsettled = circulation("--beats 1 --set 'circulation.systemic.arterial_resistance=1.5 mmHg s/mL'");
  EXPECT_EQ(unsettled.code, 0) << unsettled.text;
  EXPECT_THAT(unsettled.text, HasSubstr("Not the limit cycle yet"));
  EXPECT_EQ(nlohmann::json::parse(circulation("--json --beats 3 --periodic '0 mL'").text)["beats"], 3);
}

TEST_F(CirculationCommand, KeepsEarlierResults)
{
  ASSERT_EQ(circulation("--beats 1" + out()).code, 0);
  const std::string first = read_whole(folder.path / "out/circulation.json");
  const Outcome refused = circulation("--beats 1" + out());
  EXPECT_EQ(refused.code, 2) << refused.text;
  EXPECT_THAT(refused.text, HasSubstr("--overwrite"));
  ASSERT_EQ(circulation("--beats 2 --overwrite" + out()).code, 0);
  EXPECT_EQ(read_whole(folder.path / "out.previous/circulation.json"), first);
}

TEST_F(CirculationCommand, RefusesWrongInputAndWritesNothing)
{
  const std::vector<std::pair<std::string, std::vector<std::string>>> wrong{
    {"no_such_deck.json", {"no_such_deck.json"}},
    {"--set circulation.modell=regazzoni_2022", {"modell", "model"}},
    {"--set circulation.model=regazzoni_2020", {"regazzoni_2020", "regazzoni_2022"}},
    {"--set 'circulation.systemic.arterial_resistance=1 mmHg'", {"1 mmHg", "arterial_resistance"}},
    {"--set 'heart.LV.active=-1 mmHg/mL'", {"-1", "active"}},
    {"--cycle-length '300 ms'", {"relaxation", "cycle_length"}},
    {"--cycle-length 800", {"800", "cycle_length"}},
    {"--beats 0", {"0", "beats"}},
    {"--tolerance 1", {"tolerance"}},
    {"--set 'circulation.pulmonary.venous_inertance=0 mmHg s^2/mL'", {"inertance"}},
  };
  for (const auto &[arguments, says] : wrong)
    {
      const Outcome outcome = circulation(arguments + out());
      EXPECT_EQ(outcome.code, 2) << arguments << "\n" << outcome.text;
      for (const std::string &part : says)
        EXPECT_THAT(outcome.text, HasSubstr(part)) << arguments;
      EXPECT_TRUE(fs::is_empty(folder.path)) << arguments;
    }
}

TEST_F(CirculationCommand, TooLittleBloodIsNoLimitCycle)
{
  const Outcome outcome = circulation("--set 'circulation.initial.systemic_venous_pressure=-30 mmHg' "
                                      "--set 'circulation.initial.pulmonary_venous_pressure=-30 mmHg'"
                                      + out());
  EXPECT_EQ(outcome.code, 3) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("a negative volume: "));
  EXPECT_FALSE(fs::exists(folder / "out"));
}
