#include "core/output/progress.h"

#include "core/output/files.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

using namespace vivicor;
using vivicor::testing::TemporaryFolder;

namespace
{
  ProgressState at(double time_ms)
  {
    ProgressState state;
    state.phase = "ejection";
    state.time_ms = time_ms;
    state.end_ms = 800;
    state.LV_pressure_mmHg = 118.25;
    state.LV_volume_mL = 74.5;
    return state;
  }
}

TEST(Progress, time_left_follows_the_pace)
{
  double now = 100;
  Progress progress("", nullptr, [&] { return now; });
  for (int step = 1; step <= 100; ++step)
    {
      now += 0.5;
      progress.update(at(2.0 * step));
    }
  EXPECT_NEAR(progress.seconds_per_step(), 0.5, 1e-9);
  EXPECT_NEAR(progress.seconds_left(), 600 / 2.0 * 0.5, 1e-6);
  EXPECT_THAT(progress.line(),
              ::testing::AllOf(::testing::HasSubstr("25 %"), ::testing::HasSubstr("beat 1/1"), ::testing::HasSubstr("ejection"),
                               ::testing::HasSubstr("118.2 mmHg"), ::testing::HasSubstr("74.5 mL"), ::testing::HasSubstr("0.50 s/step"),
                               ::testing::HasSubstr("2:30 left")));
  now += 0.5;
  progress.update(at(800));
  EXPECT_EQ(progress.seconds_left(), 0);
}

TEST(Progress, no_pace_is_said_before_there_is_one)
{
  double now = 100;
  Progress progress("", nullptr, [&] { return now; });
  now += 5;
  progress.update(at(2));
  EXPECT_THAT(progress.line(), ::testing::HasSubstr("74.5 mL"));
  EXPECT_THAT(progress.line(), ::testing::Not(::testing::HasSubstr("left"))) << "0:00 left would be a lie";
  EXPECT_TRUE(nlohmann::json::parse(progress.json())["time_left_s"].is_null());
  now += 5;
  progress.update(at(4));
  EXPECT_THAT(progress.line(), ::testing::HasSubstr("5.00 s/step | 33:10 left"));
}

TEST(Progress, json_is_rewritten_at_most_once_a_second_and_at_the_end)
{
  const TemporaryFolder folder;
  double now = 0;
  Progress progress(folder / "progress.json", nullptr, [&] { return now; });
  const auto time_on_disk = [&] { return nlohmann::json::parse(read_whole(folder / "progress.json"))["time_ms"].get<double>(); };
  progress.update(at(1));
  EXPECT_EQ(time_on_disk(), 1);
  now = 0.5;
  progress.update(at(2));
  EXPECT_EQ(time_on_disk(), 1);
  now = 1.25;
  progress.update(at(3));
  EXPECT_EQ(time_on_disk(), 3);
  now = 1.5;
  progress.update(at(800));
  progress.finish();
  const auto json = nlohmann::json::parse(read_whole(folder / "progress.json"));
  EXPECT_EQ(json["time_ms"], 800);
  EXPECT_EQ(json["phase"], "ejection");
  EXPECT_EQ(json["LV_volume_mL"], 74.5);
  EXPECT_EQ(json["time_left_s"], 0);
}

TEST(Progress, a_log_file_gets_a_line_every_five_percent)
{
  const TemporaryFolder folder;
  std::FILE *log = std::fopen((folder / "log").c_str(), "w");
  Progress progress("", log);
  for (int ms = 1; ms <= 800; ++ms)
    progress.update(at(ms));
  progress.finish();
  std::fclose(log);
  const std::string text = read_whole(folder / "log");
  EXPECT_EQ(text.find('\r'), std::string::npos);
  const auto lines = std::count(text.begin(), text.end(), '\n');
  EXPECT_GE(lines, 20);
  EXPECT_LE(lines, 22);
  EXPECT_THAT(text, ::testing::HasSubstr("100 %"));
}

TEST(Progress, values_that_are_not_finite_stay_valid_json)
{
  Progress progress("", nullptr);
  ProgressState state = at(1);
  state.LV_pressure_mmHg = NAN;
  progress.update(state);
  EXPECT_TRUE(nlohmann::json::parse(progress.json())["LV_pressure_mmHg"].is_null());
}

// Of a narrow terminal as much as fits, the heart's state first.
TEST(Progress, pressure_volume_and_time_left_stay_on_narrow_terminals)
{
  using ::testing::HasSubstr;
  double now = 100;
  Progress progress("", nullptr, [&] { return now; });
  for (int step = 1; step <= 100; ++step)
    {
      now += 0.5;
      progress.update(at(2.0 * step));
    }
  for (const std::size_t width : {59u, 79u, 99u, 119u})
    {
      const std::string line = progress.line(width);
      EXPECT_LE(line.size(), width) << line;
      for (const std::string part : {"200.0 ms", "118.2 mmHg", "74.5 mL", "2:30 left"})
        EXPECT_THAT(line, HasSubstr(part)) << width;
    }
  EXPECT_EQ(progress.line(200), progress.line()) << "everything";
  EXPECT_THAT(progress.line(119), HasSubstr("ejection"));
  EXPECT_THAT(progress.line(45), ::testing::AllOf(HasSubstr("118.2 mmHg"), HasSubstr("200.0 ms")));
}

// After one step the pace is not known: a resumed run does not start at zero.
TEST(Progress, the_first_line_claims_no_pace)
{
  using ::testing::HasSubstr;
  using ::testing::Not;
  double now = 0;
  Progress progress("", nullptr, [&] { return now; });
  now = 3;
  progress.update(at(2));
  EXPECT_THAT(progress.line(), ::testing::AllOf(HasSubstr("118.2 mmHg"), Not(HasSubstr("s/step")), Not(HasSubstr("left"))));
  EXPECT_TRUE(nlohmann::json::parse(progress.json())["time_left_s"].is_null());
  EXPECT_TRUE(nlohmann::json::parse(progress.json())["s_per_step"].is_null());
  now = 4;
  progress.update(at(4));
  EXPECT_THAT(progress.line(), ::testing::AllOf(HasSubstr("1.00 s/step"), HasSubstr("6:38 left")));
}

TEST(Progress, of_what_has_no_wall_and_no_beats)
{
  Progress progress("", nullptr);
  ProgressState state = at(100);
  state.beats = 0;
  state.LV_pressure_mmHg = state.LV_volume_mL = std::nan("");
  progress.update(state);
  EXPECT_EQ(progress.line().find("LV"), std::string::npos);
  EXPECT_EQ(progress.line().find("beat"), std::string::npos);
}
