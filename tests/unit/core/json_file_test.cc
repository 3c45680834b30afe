// JSON that nobody vouches for: damaged, of another shape, nested without end.
#include "core/output/json_file.h"

#include "core/cluster/run_state.h"
#include "core/cluster/submission.h"
#include "core/error.h"
#include "core/output/files.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

using namespace vivicor;
using ::testing::HasSubstr;
using vivicor::testing::TemporaryFolder;
namespace fs = std::filesystem;

namespace
{
  std::string nested(unsigned levels, const std::string &open, const std::string &inside, const std::string &close)
  {
    std::string text;
    for (unsigned k = 0; k < levels; ++k)
      text += open;
    text += inside;
    for (unsigned k = 0; k < levels; ++k)
      text += close;
    return text;
  }

  void write(const fs::path &file, const std::string &text)
  {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }

  /// Texts that stand where a value is expected.
  const std::vector<std::string> shapes{"null",     "true",  "-1", "1e300", "-1e300", "18446744073709551615", "3.7",
                                        "\"text\"", "[1,2]", "{}", "[]",    "\"\"",   "{\"a\": [{}]}"};
}

TEST(JsonFile, depth_is_limited)
{
  EXPECT_TRUE(parse_json(nested(90, "[", "1", "]")));
  for (const unsigned levels : {101u, 200000u})
    {
      EXPECT_FALSE(parse_json(nested(levels, "[", "1", "]"))) << levels;
      EXPECT_FALSE(parse_json(nested(levels, "{\"a\":", "1", "}"))) << levels;
      EXPECT_FALSE(parse_json(std::string(levels, '['))) << levels;
    }
}

TEST(JsonFile, what_is_no_json_is_nothing)
{
  for (const std::string text : {"", "{", "nan", "{\"a\": }", "\xff\xfe", "{\"a\": \"\xff\"}"})
    EXPECT_FALSE(parse_json(text)) << text;
  const TemporaryFolder folder;
  EXPECT_FALSE(read_json_file(folder / "absent.json"));
  EXPECT_FALSE(read_json_file(folder.path.string())) << "a folder";
  write(folder / "marked.json", "\xef\xbb\xbf{\"a\": 1}");
  ASSERT_TRUE(read_json_file(folder / "marked.json"));
  EXPECT_EQ(number_in(*read_json_file(folder / "marked.json"), "a", 0), 1);
}

TEST(JsonFile, members_of_another_kind_are_passed_over)
{
  const auto json = *parse_json(R"({"n": 3.7, "t": "word", "neg": -2, "big": 1e300, "list": [1]})");
  EXPECT_EQ(number_in(json, "n", 0), 3.7);
  EXPECT_EQ(number_in(json, "t", 9), 9);
  EXPECT_EQ(number_in(json, "absent", 9), 9);
  EXPECT_EQ(count_in(json, "n", 0), 3u);
  for (const char *key : {"neg", "big", "t", "list"})
    EXPECT_EQ(count_in(json, key, 7), 7u) << key;
  EXPECT_EQ(text_in(json, "t", ""), "word");
  EXPECT_EQ(text_in(json, "n", "none"), "none");
  EXPECT_EQ(number_in(*parse_json("[1]"), "a", 5), 5) << "no object";
}

// Whatever stands in progress.json: a state and a table, no exception.
TEST(Status, survives_every_progress_file)
{
  const TemporaryFolder folder;
  const std::string file = folder / "run/progress.json";
  const auto try_it = [&](const std::string &text) {
    write(file, text);
    EXPECT_NO_THROW({
      const auto states = run_states(folder / "run", {});
      EXPECT_EQ(states.size(), 1u);
      EXPECT_EQ(table(states).find('\x1b'), std::string::npos);
      EXPECT_EQ(run_folders(folder.path.string()), std::vector<std::string>{folder / "run"});
    }) << text.substr(0, 200);
  };
  for (const std::string text : {"", "[]", "7", "null", "{}", "\"\x1b[2J\"", "{\"phase\": \"\\u001b[2J\\n\"}"})
    try_it(text);
  try_it(nested(200000, "[", "", "]"));
  try_it(nested(200000, "{\"beat\":", "1", "}"));
  const std::vector<std::string> keys{"beat", "beats", "phase", "time_ms", "end_ms", "s_per_step", "time_left_s"};
  for (const std::string &key : keys)
    for (const std::string &shape : shapes)
      try_it("{\"" + key + "\": " + shape + "}");
  std::mt19937 random(1);
  for (int trial = 0; trial < 300; ++trial)
    {
      std::string text = "{";
      for (const std::string &key : keys)
        text += (text.size() > 1 ? ", \"" : "\"") + key + "\": " + shapes[random() % shapes.size()];
      text += "}";
      if (trial % 2) // damaged as well
        text[random() % text.size()] = static_cast<char>(random() % 256);
      try_it(text);
    }
}

TEST(Status, survives_places_that_it_cannot_look_into)
{
  const TemporaryFolder folder;
  fs::create_symlink("loop", folder / "loop"); // to itself
  fs::create_directories(fs::path(folder / "run"));
  fs::create_directory_symlink(folder / "loop", folder / "run/progress.json");
  EXPECT_NO_THROW(EXPECT_TRUE(run_folders(folder.path.string()).empty()));
  EXPECT_NO_THROW(EXPECT_TRUE(run_folders(folder / "loop").empty()));
  EXPECT_NO_THROW(run_states(folder / "loop", {}));
}

// A record of another shape is refused as such, and never ends the program.
TEST(Submission, a_record_of_another_shape_is_refused)
{
  const TemporaryFolder folder;
  const std::string results = folder / "run";
  const auto try_it = [&](const std::string &text, bool must_fail) {
    write(results + ".slurm/submission.json", text);
    try
      {
        run_states(results, {});
        EXPECT_FALSE(must_fail) << text.substr(0, 200);
      }
    catch (const UserError &error)
      {
        EXPECT_THAT(error.text.what, HasSubstr("submission.json"));
      }
  };
  for (const std::string text : {"", "[]", "7", "{}", R"({"folder": 1})"})
    try_it(text, true);
  try_it(nested(200000, "{\"folder\":", "1", "}"), true);
  const std::string good = R"({"folder": "f", "deck": "d", "sha256": "s", "tasks": [{"folder": "f", "settings": []}], "jobs": []})";
  try_it(good, false);
  EXPECT_NO_THROW(read_submission(results));
  std::mt19937 random(2);
  for (int trial = 0; trial < 500; ++trial)
    {
      std::string text = good;
      for (int k = 0; k < 3; ++k)
        text.replace(random() % text.size(), random() % 6, shapes[random() % shapes.size()]);
      try_it(text, false);
    }
}
