// The heart whose wave is given, through the command line: alone, with the wall, on two ranks, stopped and resumed.
#include "core/output/files.h"
#include "tests/regression/apps/program.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

using namespace vivicor;
using program::Outcome;
using program::run_vivicor;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

namespace
{
  const std::string heart = VIVICOR_SOURCE "/parameters/minimal/heart.json --set electrophysiology.model=prescribed ";

  nlohmann::json activated(const fs::path &results, unsigned ranks)
  {
    const Outcome outcome = run_vivicor("activate " + heart + "--until '400 ms' --output " + results.string(), ranks, 120);
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    return outcome.code == 0 ? nlohmann::json::parse(read_whole(results / "activation.json")) : nlohmann::json();
  }
}

TEST(Prescribed, IsActivatedByItsWaveOnOneAndTwoRanks)
{
  const vivicor::testing::TemporaryFolder folder;
  const auto one = activated(folder.path / "one", 1), two = activated(folder.path / "two", 2);
  ASSERT_FALSE(one.is_null());
  ASSERT_FALSE(two.is_null());
  for (const char *key : {"atrial_activation_ms", "ventricular_activation_ms", "ventricular_start_ms", "activated_fraction"})
    EXPECT_EQ(one[key], two[key]) << key;
  for (const auto &[wall, found] : one["walls"].items()) // means count the nodes of each rank's cells
    {
      EXPECT_EQ(found["first_ms"], two["walls"][wall]["first_ms"]) << wall;
      EXPECT_EQ(found["last_ms"], two["walls"][wall]["last_ms"]) << wall;
    }
  EXPECT_EQ(one["ventricular_start_ms"], 160.0);
  EXPECT_EQ(one["activated_fraction"], 1.0);
  EXPECT_GT(one["ventricular_activation_ms"], 60.0); // the long axis in mm at 1 m/s
  EXPECT_LT(one["ventricular_activation_ms"], 130.0);
}

TEST(Prescribed, BeatsWithTheWallAndResumes)
{
  const vivicor::testing::TemporaryFolder folder;
  // Both tissues activated at once and early, so that few steps show it.
  const std::string run
    = "run " + heart
      + "--quiet --set electrophysiology.activation.ventricles.start=4ms --set electrophysiology.activation.atria.start=4ms"
        " --set electrophysiology.activation.ventricles.velocity='50 m/s' --set checkpoint.every=6ms"
        " --set output.fields_every=6ms --output ";
  const std::string whole = folder / "whole", halves = folder / "halves";
  ASSERT_EQ(run_vivicor(run + whole + " --set time.end=12ms", 1, 300).code, 0);
  ASSERT_EQ(run_vivicor(run + halves + " --set time.end=6ms", 1, 300).code, 0);
  const Outcome resumed = run_vivicor(run + halves + " --set time.end=12ms --resume", 1, 300);
  ASSERT_EQ(resumed.code, 0) << resumed.text;
  const auto summary = nlohmann::json::parse(read_whole(whole + "/summary.json"));
  EXPECT_NEAR(summary["electrophysiology"]["ventricular_activation_ms"].get<double>(), 2, 0.7); // some 100 mm at 50 m/s
  EXPECT_EQ(read_whole(whole + "/ecg.csv"), read_whole(halves + "/ecg.csv"));
}

TEST(Prescribed, RefusesEntriesOfTheMonodomainHeart)
{
  const Outcome outcome = run_vivicor("check " + heart + "--set electrophysiology.splitting=strang");
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.text, HasSubstr("model = monodomain"));
}
