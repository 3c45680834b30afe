// Probes: the same numbers on any number of ranks and after a resume, and only within the tissue.
#include "tests/restart/apps/runs.h"

#include <cmath>

using namespace vivicor;
using namespace vivicor::restart;
using ::testing::HasSubstr;

namespace
{
  constexpr const char *probes
    = R"(--set 'output.probes={"wall": {"position": ["-27 mm", "0 mm", "-30 mm"]}}' --set output.fields_every=0ms)";

  std::vector<std::vector<double>> rows_of(const std::string &folder)
  {
    std::istringstream text(text_of(fs::path(folder) / "probes.csv"));
    std::string line;
    std::getline(text, line);
    std::vector<std::vector<double>> rows;
    while (std::getline(text, line))
      {
        std::istringstream fields(line);
        rows.emplace_back();
        for (std::string field; std::getline(fields, field, ',');)
          rows.back().push_back(std::stod(field));
      }
    return rows;
  }
}

TEST(Probes, AreTheSameOnTwoRanksAndAfterAResume)
{
  const vivicor::testing::TemporaryFolder folder;
  const std::string unbroken = folder / "unbroken", stopped = folder / "stopped", two = folder / "two";
  finish(unbroken, probes);
  finish(two, probes, 2);
  finish(stopped, std::string(probes) + " --set time.end=20ms");
  finish(stopped, std::string(probes) + " --resume");
  EXPECT_TRUE(text_of(fs::path(stopped) / "probes.csv") == text_of(fs::path(unbroken) / "probes.csv"));

  EXPECT_THAT(text_of(fs::path(unbroken) / "probes.csv"),
              ::testing::StartsWith("t_ms,wall_ux_mm,wall_uy_mm,wall_uz_mm,wall_fibre_stretch,wall_voltage_mV,wall_calcium_uM\n"));
  const auto one = rows_of(unbroken), both = rows_of(two);
  ASSERT_EQ(one.size(), 21u) << "every step of 2 ms and the start";
  ASSERT_EQ(both.size(), one.size());
  for (std::size_t i = 0; i < one.size(); ++i)
    for (std::size_t c = 0; c < one[i].size(); ++c)
      EXPECT_NEAR(both[i][c], one[i][c], 1e-4 * (1 + std::abs(one[i][c]))) << "row " << i << ", column " << c;
  const std::string added = folder / "added";
  finish(added, "--set output.fields_every=0ms --set time.end=20ms");
  finish(added, std::string(probes) + " --resume");
  const auto late = rows_of(added);
  ASSERT_EQ(late.size(), 11u) << "from where the run was resumed with a probe";
  EXPECT_EQ(late, std::vector(one.begin() + 10, one.end()));
  EXPECT_GT(findings(unbroken).at("probes").at("wall").at("displacement_max_mm").get<double>(), 0);
}

TEST(Probes, OutsideTheTissueAreRefusedByCheckAndRunAlike)
{
  const vivicor::testing::TemporaryFolder folder;
  const std::string deck = VIVICOR_SOURCE "/parameters/minimal/heart.json ";
  const std::string outside = R"(--set 'output.probes={"far": {"position": ["400 mm", "0 mm", "0 mm"]}}')";
  const auto checked = program::run_vivicor("check " + deck + outside),
             run = program::run_vivicor("run " + deck + outside + " -o " + (folder / "run"));
  for (const auto &outcome : {checked, run})
    {
      EXPECT_EQ(outcome.code, 2);
      EXPECT_THAT(outcome.text, HasSubstr("probe 'far' at (400.00, 0.00, 0.00) mm is outside the tissue"));
      EXPECT_THAT(outcome.text, HasSubstr("nearest: ("));
    }
  EXPECT_FALSE(fs::exists(folder / "run"));
  const auto two = program::run_vivicor("check " + deck + R"(--set 'output.probes={"flat": {"position": ["1 mm", "0 mm"]}}')");
  EXPECT_EQ(two.code, 2);
  EXPECT_THAT(two.text, HasSubstr("has 2 coordinates"));
}
