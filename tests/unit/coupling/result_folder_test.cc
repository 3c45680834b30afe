// Earlier results of whatever command stay; places that cannot be used are the user's to mend.
#include "core/error.h"
#include "coupling/folder/result_folder.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

using namespace vivicor;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

namespace
{
  void touch(const fs::path &file)
  {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << "earlier";
  }

  std::string refusal(const std::function<void()> &action)
  {
    try
      {
        action();
        return "";
      }
    catch (const UserError &error)
      {
        return error.what();
      }
  }
}

TEST(ResultFolder, ResultsOfEveryCommandAreKept)
{
  for (const std::string mark :
       {"timeseries.csv", "ecg.csv", "activation.json", "unload.json", "unloaded.vtu", "circulation.json", "cell.json"})
    {
      const vivicor::testing::TemporaryFolder folder;
      const std::string results = folder / "results";
      touch(results + "/" + mark);
      EXPECT_THAT(refusal([&] { create_result_folder(results, false); }), HasSubstr("already holds results")) << mark;
      EXPECT_TRUE(fs::exists(results + "/" + mark));
      create_result_folder(results + "/", true);
      EXPECT_TRUE(fs::exists(results + ".previous/" + mark)) << mark;
      EXPECT_FALSE(fs::exists(results + "/" + mark));
    }
}

TEST(ResultFolder, WhatIsNoResultIsNeverRemoved)
{
  const vivicor::testing::TemporaryFolder folder;
  const std::string results = folder / "results";
  touch(results + "/summary.json");
  touch(results + ".previous/thesis.tex");
  EXPECT_THAT(refusal([&] { create_result_folder(results, true); }), HasSubstr(".previous"));
  EXPECT_TRUE(fs::exists(results + "/summary.json"));
  EXPECT_TRUE(fs::exists(results + ".previous/thesis.tex"));
}

TEST(ResultFolder, PlacesThatCannotBeLookedAtAreBadInput)
{
  const vivicor::testing::TemporaryFolder folder;
  fs::create_symlink(folder / "b", folder / "a");
  fs::create_symlink(folder / "a", folder / "b");
  fs::create_symlink(folder / "absent", folder / "link");
  touch(folder / "file");
  for (const std::string &place : {folder / "a", folder / "a/results", folder / "link", folder / "file", folder / "file/results",
                                   folder / std::string(300, 'x'), std::string("/proc/results"), std::string("/sys/results")})
    {
      EXPECT_THAT(refusal([&] { check_result_folder(place, false); }), HasSubstr("--output")) << place;
      EXPECT_THAT(refusal([&] { check_result_folder(place, true); }), HasSubstr("--output")) << place;
    }
}

TEST(OutputFile, IsNeverReplacedUnasked)
{
  const vivicor::testing::TemporaryFolder folder;
  const std::string file = folder / "mesh.vtu";
  EXPECT_EQ(refusal([&] { check_output_file(file, false, "--write"); }), "");
  touch(file);
  EXPECT_THAT(refusal([&] { check_output_file(file, false, "--write"); }), HasSubstr("--overwrite"));
  EXPECT_EQ(refusal([&] { check_output_file(file, true, "--write"); }), "");
  EXPECT_THAT(refusal([&] { check_output_file(folder / "absent/mesh.vtu", false, "--write"); }), HasSubstr("no folder"));
  EXPECT_THAT(refusal([&] { check_output_file(folder.path.string(), true, "--write"); }), HasSubstr("a folder of that name"));
}

TEST(ResultFolder, ARunThatWasStoppedBeforeItsFirstStepIsNoResult)
{
  const vivicor::testing::TemporaryFolder folder;
  const std::string results = folder / "results";
  touch(results + "/timeseries.csv");
  create_result_folder(results, true);
  touch(results + "/run.json"); // written before the preload, during which the run was stopped
  touch(results + "/log.txt");
  EXPECT_NO_THROW(create_result_folder(results, false)) << "the same command may be given again";
  create_result_folder(results, true);
  EXPECT_TRUE(fs::exists(results + ".previous/timeseries.csv")) << "the earlier results are not pushed out by nothing";
}
