// A heart whose chambers are elastances, through the command line: what it writes, that it beats as the loop alone does, and what is
// refused.
#include "core/output/files.h"
#include "tests/regression/apps/columns.h"
#include "tests/regression/apps/program.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <sstream>
#include <vector>

using namespace vivicor;
using program::run_vivicor;
using ::testing::HasSubstr;
using ::testing::Not;
using vivicor::testing::TemporaryFolder;
namespace fs = std::filesystem;

namespace
{
  const std::string minimal = "run " VIVICOR_SOURCE "/parameters/minimal/heart.json --quiet --set mechanics.model=elastance ";

  /// Root mean square of the differences at the times of `coarse`, which `fine` has too.
  double distance(const Columns &coarse, const Columns &fine, const std::string &name)
  {
    const auto &t = coarse.at("t_ms"), &t_fine = fine.at("t_ms");
    double sum = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < t.size(); ++i)
      {
        while (t_fine.at(at) < t[i] - 1e-6)
          ++at;
        EXPECT_NEAR(t_fine[at], t[i], 1e-6);
        const double difference = coarse.at(name)[i] - fine.at(name)[at];
        sum += difference * difference;
      }
    return std::sqrt(sum / static_cast<double>(t.size()));
  }
}

TEST(Elastance, BeatsAsTheLoopAlone)
{
  const TemporaryFolder folder;
  const auto loop = run_vivicor("circulation --beats 1 --output " + (folder / "loop"));
  ASSERT_EQ(loop.code, 0) << loop.text;
  const Columns exact = read_columns(folder / "loop/timeseries.csv");
  std::vector<Columns> heart;
  for (const std::string step : {"4", "2"})
    {
      const auto run = run_vivicor(
        minimal + "--set 'time.mechanics_step=" + step + " ms' --set 'output.fields_every=400 ms' --output " + (folder / step), 1, 600);
      ASSERT_EQ(run.code, 0) << run.text;
      heart.push_back(read_columns(folder / (step + "/timeseries.csv")));
    }
  for (const std::string name :
       {"LV_volume_mL", "RV_volume_mL", "LA_volume_mL", "RA_volume_mL", "LV_pressure_mmHg", "aortic_pressure_mmHg"})
    {
      const double coarse = distance(heart[0], exact, name), fine = distance(heart[1], exact, name);
      std::printf("  %-22s rms %.4f %.4f, order %.2f\n", name.c_str(), coarse, fine, std::log2(coarse / fine));
      EXPECT_GT(std::log2(coarse / fine), 0.8) << name << ": of first order in the step";
      const auto &values = exact.at(name);
      const auto [least, most] = std::minmax_element(values.begin(), values.end());
      EXPECT_LT(fine, 0.01 * (*most - *least)) << name;
    }

  // The results without the wall's parts.
  const auto summary = nlohmann::json::parse(read_whole(folder / "2/summary.json"));
  EXPECT_FALSE(summary.contains("mechanics"));
  EXPECT_FALSE(summary.at("mesh").contains("mechanics_cells"));
  EXPECT_GT(summary.at("chambers").at("LV").at("sv_mL").get<double>(), 50);
  EXPECT_LT(std::abs(summary.at("circulation").at("blood_volume_drift_mL").get<double>()), 1e-6);
  EXPECT_FALSE(fs::exists(folder / "2/segments.csv"));
  EXPECT_FALSE(fs::exists(folder / "2/fields/mechanics.pvd"));
  EXPECT_TRUE(fs::exists(folder / "2/fields/electrophysiology.pvd"));
  const std::string report = read_whole(folder / "2/report.html");
  EXPECT_THAT(report, Not(HasSubstr("Left ventricle by segments")));
  EXPECT_THAT(report, HasSubstr("Wiggers diagram"));
}

TEST(Elastance, StopsAndGoesOnToTheSameBits)
{
  const TemporaryFolder folder;
  const std::string calcium = minimal
                              + "--set mechanics.drive=calcium --set 'checkpoint.every=20 ms' --set 'output.fields_every=0 ms' --output ";
  ASSERT_EQ(run_vivicor(calcium + (folder / "whole") + " --set 'time.end=40 ms'").code, 0);
  ASSERT_EQ(run_vivicor(calcium + (folder / "parts") + " --set 'time.end=20 ms'").code, 0);
  const auto resumed = run_vivicor(calcium + (folder / "parts") + " --set 'time.end=40 ms' --resume");
  ASSERT_EQ(resumed.code, 0) << resumed.text;
  EXPECT_EQ(read_whole(folder / "parts/timeseries.csv"), read_whole(folder / "whole/timeseries.csv"));
}

TEST(Elastance, WhatRunRefusesCheckRefuses)
{
  const TemporaryFolder folder;
  const std::string deck = VIVICOR_SOURCE "/parameters/minimal/heart.json --set mechanics.model=elastance ";
  EXPECT_EQ(run_vivicor("check " + deck).code, 0);
  const std::string slow = deck + "--set 'mechanics.chambers.RA.relaxation=700 ms'";
  for (const std::string &command : {"check " + slow, "run " + slow + " --output " + (folder / "out")})
    {
      const auto refused = run_vivicor(command);
      EXPECT_EQ(refused.code, 2) << refused.text;
      EXPECT_THAT(refused.text, HasSubstr("RA contracts and relaxes for 830 ms"));
    }
  EXPECT_FALSE(fs::exists(folder / "out"));
  const auto wall = run_vivicor("check " + deck + "--set 'mechanics.viscosity=10 Pa s'");
  EXPECT_EQ(wall.code, 2);
  EXPECT_THAT(wall.text, HasSubstr("it belongs to model = wall"));
  const auto unload = run_vivicor("unload " + deck + " --output " + (folder / "unloaded"));
  EXPECT_EQ(unload.code, 2);
  EXPECT_THAT(unload.text, HasSubstr("has no wall"));
  EXPECT_FALSE(fs::exists(folder / "unloaded"));
}
