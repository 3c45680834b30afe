// `vivicor cell` as users run it: what it writes, and what it says to wrong input.
#include "core/output/files.h"
#include "tests/regression/apps/program.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

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
  const std::string model = "tentusscher_panfilov_2006_epi";

  /// A folder that is also the user's home: the cache goes there.
  class Cell : public ::testing::Test
  {
  protected:
    Cell() : old_home(std::getenv("HOME") ? std::getenv("HOME") : "") { setenv("HOME", folder.path.c_str(), 1); }
    ~Cell() override { setenv("HOME", old_home.c_str(), 1); }

    Outcome cell(const std::string &arguments) const { return run_vivicor("cell " + arguments, 1, 60); }
    nlohmann::json result(const std::string &name = "out") const
    {
      return nlohmann::json::parse(read_whole(folder.path / name / "cell.json"));
    }
    std::string out() const { return " --output " + (folder / "out"); }

    TemporaryFolder folder;
    std::string old_home;
  };
}

TEST_F(Cell, WritesBiomarkersTraceAndPlot)
{
  const Outcome outcome = cell(model + " --beats 2 --cycle-length '1 s' --stimulus-start '100 ms'" + out());
  ASSERT_EQ(outcome.code, 0) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("APD90"));
  EXPECT_THAT(outcome.text, HasSubstr("written: " + (folder / "out")));
  const auto json = result();
  EXPECT_EQ(json["model"], model);
  ASSERT_EQ(json["beats"].size(), 2u);
  EXPECT_NEAR(json["beats"][0]["APD90_ms"].get<double>(), 299.6, 3.0); // published cells, independent of this program
  EXPECT_NEAR(json["beats"][0]["rest_mV"].get<double>(), -85.47, 0.9);
  EXPECT_EQ(json["settings"]["protocol"]["cycle_length"], "1 s");
  EXPECT_EQ(json["settings"]["g_Kr_scale"], 1.0);
  EXPECT_FALSE(json["vivicor"]["version"].get<std::string>().empty());
  const std::string trace = read_whole(folder.path / "out/trace.csv");
  EXPECT_EQ(trace.substr(0, 25), "t_ms,V_mV,calcium_uM,Xr1,");
  EXPECT_GT(std::count(trace.begin(), trace.end(), '\n'), 1000);
  EXPECT_THAT(read_whole(folder.path / "out/trace.svg"), HasSubstr("<path class=\"line V\""));
  // The folder holds nothing else, and nothing is left beside it.
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path / "out"), {}), 3);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path), {}), 1);
}

TEST_F(Cell, KeepsEarlierResults)
{
  ASSERT_EQ(cell(model + " --beats 1" + out()).code, 0);
  const std::string first = read_whole(folder.path / "out/cell.json");
  const Outcome refused = cell(model + " --beats 1 --set g_Kr_scale=0.5" + out());
  EXPECT_EQ(refused.code, 2) << refused.text;
  EXPECT_THAT(refused.text, HasSubstr("--overwrite"));
  EXPECT_EQ(read_whole(folder.path / "out/cell.json"), first);

  ASSERT_EQ(cell(model + " --beats 1 --set g_Kr_scale=0.5 --overwrite" + out()).code, 0);
  EXPECT_EQ(read_whole(folder.path / "out.previous/cell.json"), first);
  EXPECT_GT(result()["beats"][0]["APD90_ms"].get<double>(), result("out.previous")["beats"][0]["APD90_ms"].get<double>() + 20.0);

  // Never a folder that is not of this command, even if told to overwrite.
  fs::create_directory(folder.path / "other");
  std::ofstream(folder / "other/thesis.txt") << "years of work";
  EXPECT_EQ(cell(model + " --beats 1 --overwrite --output " + (folder / "other")).code, 2);
  EXPECT_EQ(read_whole(folder.path / "other/thesis.txt"), "years of work");
}

TEST_F(Cell, IntegratorsAgree)
{
  const auto APD90 = [&](const std::string &options) {
    const Outcome outcome = cell(model + " --json --beats 1 " + options);
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    return nlohmann::json::parse(outcome.text)["beats"][0]["APD90_ms"].get<double>();
  };
  const double reference = APD90("");
  for (const std::string integrator : {"rush_larsen", "grl1", "grl2", "arkode"})
    EXPECT_NEAR(APD90("--step '0.02 ms' --integrator " + integrator), reference, 0.005 * reference) << integrator;
}

TEST_F(Cell, RestitutionProtocols)
{
  const Outcome s1s2 = cell(model + " -p s1s2 --beats 3 --intervals '350 ms:50 ms:500 ms'" + out());
  ASSERT_EQ(s1s2.code, 0) << s1s2.text;
  const auto json = result();
  ASSERT_EQ(json["restitution"].size(), 4u);
  EXPECT_LT(json["restitution"][0]["APD90_ms"], json["restitution"][3]["APD90_ms"]);
  EXPECT_THAT(read_whole(folder.path / "out/restitution.svg"), HasSubstr("class=\"line APD90\""));
  EXPECT_THAT(read_whole(folder.path / "out/restitution.csv"), HasSubstr("diastolic_interval_ms"));

  const Outcome dynamic = cell(
    "mitchell_schaeffer_2003 -p dynamic --beats 4 --integrator rush_larsen --intervals '600 ms, 400 ms, 100 ms'");
  ASSERT_EQ(dynamic.code, 0) << dynamic.text;
  EXPECT_THAT(dynamic.text, HasSubstr("not followed beat by beat"));
  EXPECT_THAT(dynamic.text, HasSubstr("steepest slope"));
}

TEST_F(Cell, PrepacingIsCachedInTheUsersFolder)
{
  const std::string command = "mitchell_schaeffer_2003 --beats 1 --prepace 5 --integrator rush_larsen";
  ASSERT_EQ(cell(command + " --no-cache").code, 0);
  EXPECT_FALSE(fs::exists(folder.path / ".cache"));
  const Outcome first = cell(command);
  ASSERT_EQ(first.code, 0) << first.text;
  const fs::path cache = folder.path / ".cache/vivicor/prepacing";
  ASSERT_EQ(std::distance(fs::directory_iterator(cache), {}), 1);
  EXPECT_EQ(cell(command).text, first.text);
  // Damaged: a line in the log, the same result, a new file.
  const fs::path file = fs::directory_iterator(cache)->path();
  std::ofstream(file) << "{";
  const Outcome repaired = cell(command);
  EXPECT_EQ(repaired.code, 0);
  EXPECT_THAT(repaired.text, HasSubstr("ignored"));
  EXPECT_EQ(cell(command).text, first.text);
}

namespace
{
  struct Wrong
  {
    std::string arguments;
    std::vector<std::string> says;
  };
}

TEST_F(Cell, RefusesWrongInputAndWritesNothing)
{
  const std::vector<Wrong> wrong{
    {"tentusscher_panfilov_2006_eppi", {"tentusscher_panfilov_2006_eppi", "nearest: tentusscher_panfilov_2006_epi"}},
    {model + " --set g_Kr_skale=0.5", {"g_Kr_skale", "g_Kr_scale"}},
    {model + " --set g_Kr_scale=-1", {"-1", "g_Kr_scale"}},
    {model + " --set 'K_o=5.4 mV'", {"5.4 mV", "K_o"}},
    {model + " --set g_Kr_scale", {"g_Kr_scale", "key.key=value"}},
    {model + " --cycle-length 800", {"800", "cycle_length"}},
    {model + " --cycle-length '800 mmHg'", {"800 mmHg", "cycle_length"}},
    {model + " --cycle-length '0.5 ms'", {"0.5 ms", "cycle_length"}},
    {model + " --beats 0", {"0", "beats"}},
    {model + " --beats many", {"many", "beats"}},
    {model + " --protocol s1s3", {"s1s3", "s1s2"}},
    {model + " --integrator euler", {"euler", "integrator"}},
    {model + " --intervals 300", {"300", "intervals"}},
    {model + " -p s1s2 --stimulus-amplitude '0 A/F'", {"stimulus"}},
    {model + " --stimulus-start '2 s'", {"stimulus", "cycle"}},
    {"", {"MODEL"}},
  };
  for (const Wrong &w : wrong)
    {
      const Outcome outcome = cell(w.arguments + out());
      EXPECT_EQ(outcome.code, 2) << w.arguments << "\n" << outcome.text;
      for (const std::string &part : w.says)
        EXPECT_THAT(outcome.text, HasSubstr(part)) << w.arguments;
      EXPECT_TRUE(fs::is_empty(folder.path)) << w.arguments;
    }
}

// Late in the cycle, and longer than it: found, or null.
TEST_F(Cell, LateStimuliAndMissingDurations)
{
  const auto beats = [&](const std::string &options) {
    const Outcome outcome = run_vivicor("cell tentusscher_panfilov_2006_epi --json " + options, 1, 120);
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    return nlohmann::json::parse(outcome.text);
  };
  const auto late = beats("--beats 3 --cycle-length '600 ms' --stimulus-start '400 ms'");
  for (unsigned b = 0; b < 3; ++b)
    {
      EXPECT_GT(late["beats"][b]["APD90_ms"].get<double>(), 280) << b; // 290 to 310 ms, as after as long a rest
      EXPECT_LT(late["beats"][b]["APD90_ms"].get<double>(), 320) << b;
    }
  const auto none = beats("--beats 2 --cycle-length '250 ms' --stimulus-amplitude '0.1 A/F'");
  EXPECT_TRUE(none["beats"][1]["APD90_ms"].is_null());
  EXPECT_TRUE(none["beats"][1]["APD50_ms"].is_null());
  EXPECT_TRUE(none["APD90_difference_ms"].is_null());
  EXPECT_EQ(none["alternans"], false);
}

TEST_F(Cell, SaysWhenTheSolverFails)
{
  const Outcome outcome = cell(model
                               + " --beats 1 --integrator rush_larsen --step '5 ms' --stimulus-amplitude '1000 A/F' "
                                 "--stimulus-duration '50 ms'"
                               + out());
  EXPECT_EQ(outcome.code, 3) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("t = "));
  EXPECT_TRUE(fs::is_empty(folder.path));
}
