// Commands that write: earlier results are kept, wrong launches refused, full disks and node-local files told by all ranks.
#include "tests/regression/apps/program.h"
#include "tests/support/small_disk.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace vivicor;
using program::run_vivicor;
using ::testing::HasSubstr;
using vivicor::testing::TemporaryFolder;
namespace fs = std::filesystem;

namespace
{
  const std::string minimal = VIVICOR_SOURCE "/parameters/minimal/heart.json --set 'mesh.element_size=14 mm' ";

  std::string content(const std::string &file)
  {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
  }

  void write(const std::string &file, const std::string &text)
  {
    fs::create_directories(fs::path(file).parent_path());
    std::ofstream(file) << text;
  }
}

TEST(TasksThatWrite, KeepEarlierResults)
{
  const TemporaryFolder folder;
  const std::string out = folder / "out", file = folder / "file";
  const auto first = run_vivicor("activate " + minimal + "--until '2 ms' -o " + out, 1, 120);
  ASSERT_EQ(first.code, 0) << first.text;
  const std::string ecg = content(out + "/ecg.csv");
  write(file, "earlier");
  for (const std::string &again : {"activate " + minimal + "--until '1 ms' -o " + out, "unload " + minimal + "-o " + out,
                                   "run " + minimal + "-o " + out, "cell mitchell_schaeffer_2003 -b 1 -o " + out, "circulation -o " + out,
                                   "mesh " + minimal + "--write " + file, "tune-cv --model mitchell_schaeffer_2003 --json " + file})
    {
      const auto second = run_vivicor(again, 1, 60);
      EXPECT_EQ(second.code, 2) << again << "\n" << second.text;
      EXPECT_EQ(content(out + "/ecg.csv"), ecg) << again;
      EXPECT_EQ(content(file), "earlier") << again;
    }
  const auto third = run_vivicor("activate " + minimal + "--until '1 ms' --overwrite -o " + out, 1, 120);
  EXPECT_EQ(third.code, 0) << third.text;
  EXPECT_EQ(content(out + ".previous/ecg.csv"), ecg);
}

TEST(TasksThatWrite, ManyProcessesThatDoNotKnowOfEachOtherAreRefused)
{
  const TemporaryFolder folder;
  const std::string out = folder / "out";
  for (const std::string &command :
       {"run " + minimal + "-o " + out, "activate " + minimal + "-o " + out, "unload " + minimal + "-o " + out,
        std::string("verify mechanics"), "check " + minimal, "mesh " + minimal, "cell mitchell_schaeffer_2003 -b 1 -o " + out,
        "circulation -o " + out, std::string("tune-cv"), "submit " + minimal + "--site x", std::string("insitu --live a:1")})
    {
      const auto outcome = run_vivicor(command, 1, 30, "env PMI_SIZE=4 PMI_RANK=0");
      EXPECT_EQ(outcome.code, 2) << command << "\n" << outcome.text;
      EXPECT_THAT(outcome.text, HasSubstr("PMI_SIZE=4")) << command;
      EXPECT_FALSE(fs::exists(out)) << command;
    }
  for (const std::string &command :
       {std::string("list models"), "status " + folder.path.string(), std::string("explain time"), std::string("about")})
    EXPECT_EQ(run_vivicor(command, 1, 30, "env PMI_SIZE=4").code, 0) << command << " only tells something";
  // A shell in an allocation: one process is right for what one process does.
  const std::string in_a_job = "env SLURM_JOB_ID=1 SLURM_NTASKS=4";
  EXPECT_EQ(run_vivicor("cell mitchell_schaeffer_2003 -b 1 --no-cache", 1, 60, in_a_job).code, 0);
  EXPECT_EQ(run_vivicor("activate " + minimal + "-o " + out, 1, 30, in_a_job).code, 2);
}

TEST(TasksThatWrite, OutputPlacesThatCannotBeUsedAreBadInput)
{
  const TemporaryFolder folder;
  fs::create_symlink(folder / "b", folder / "a");
  fs::create_symlink(folder / "a", folder / "b");
  for (const std::string &place : {folder / "a/results", std::string("/proc/results")})
    for (const std::string &command : {"run " + minimal, "activate " + minimal, "unload " + minimal, std::string("circulation "),
                                       std::string("cell mitchell_schaeffer_2003 -b 1 ")})
      {
        const auto outcome = run_vivicor(command + "-o " + place, 1, 60);
        EXPECT_EQ(outcome.code, 2) << command << place << "\n" << outcome.text;
        EXPECT_THAT(outcome.text, HasSubstr(place));
      }
  const auto deck = run_vivicor("check " + (folder / "a/deck.json"), 1, 30);
  EXPECT_EQ(deck.code, 2) << deck.text;
  write(folder / "deck.json", R"({"base": "a/deck.json"})");
  EXPECT_EQ(run_vivicor("check " + (folder / "deck.json"), 1, 30).code, 2);
  write(folder / "deck.json", R"({"mesh": {"source": "vtu", "file": "a/mesh.vtu"}, "regions": {"LV": {"tags": [1]}}})");
  EXPECT_EQ(run_vivicor("check " + (folder / "deck.json"), 1, 30).code, 2);
}

TEST(TasksThatWrite, ADeckThatOnlySomeRanksHaveIsToldByAll)
{
  const TemporaryFolder folder;
  fs::create_directories(folder.path / "here");
  fs::create_directories(folder.path / "there");
  const std::string launch = "mpirun --oversubscribe -n 1 -wdir " + (folder / "here") + " " VIVICOR_PROGRAM " check deck.json : -n 1 -wdir "
                             + (folder / "there") + " ";
  write(folder / "here/deck.json", R"({"mesh": {"element_size": "14 mm"}})");
  const auto absent = run_vivicor("check deck.json", 1, 60, launch);
  EXPECT_EQ(absent.code, 2) << absent.text;
  EXPECT_THAT(absent.text, HasSubstr("deck.json"));
  write(folder / "there/deck.json", R"({"mesh": {"element_size": "13 mm"}})");
  const auto other = run_vivicor("check deck.json", 1, 60, launch);
  EXPECT_EQ(other.code, 2) << other.text;
  EXPECT_THAT(other.text, HasSubstr("not all ranks read the same deck"));
}

TEST(TasksThatWrite, AStimulusTableThatOnlyRankZeroHasIsEnough)
{
  const TemporaryFolder folder;
  fs::create_directories(folder.path / "there");
  write(folder / "here/sites.csv", "x_mm,y_mm,z_mm,radius_mm\n0,0,-40,200\n");
  const std::string stimulus = "check " + minimal
                               + "--set electrophysiology.stimuli.x.shape=table --set electrophysiology.stimuli.x.file=sites.csv ";
  const std::string launch = "mpirun --oversubscribe -n 1 -wdir " + (folder / "here") + " " VIVICOR_PROGRAM " " + stimulus
                             + " : -n 1 -wdir " + (folder / "there") + " ";
  const auto outcome = run_vivicor(stimulus, 1, 120, launch);
  EXPECT_EQ(outcome.code, 0) << outcome.text;
}

TEST(TasksThatWrite, AFullDiskEndsActivateOnAllRanks)
{
  const TemporaryFolder folder;
  const vivicor::testing::SmallDisk disk(folder / "disk", "8k");
  if (!disk.is_there())
    GTEST_SKIP() << "needs a small disk of its own, and mounting one is not allowed here";
  const auto outcome = run_vivicor("activate " + minimal + "--until '200 ms' --set 'output.ecg_every=0.05 ms' -o " + (folder / "disk/out"),
                                   2, 120);
  EXPECT_EQ(outcome.code, 4) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("No space left on device"));
}

TEST(TasksThatWrite, FieldsAreWrittenWhenTheDeckSaysOrNever)
{
  const TemporaryFolder folder;
  const auto frames = [&](const std::string &name, const std::string &every) {
    const auto outcome = run_vivicor("run " + minimal + "-q --set time.end=10ms --set time.mechanics_step=4ms --set output.fields_every="
                                       + every + " -o " + (folder / name),
                                     1, 120);
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    const auto written = fs::directory_iterator(folder.path / name / "fields");
    return std::count_if(begin(written), end(written), [](const auto &entry) { return entry.path().extension() == ".vtu"; });
  };
  EXPECT_EQ(frames("none", "0ms"), 0);
  EXPECT_EQ(frames("some", "8ms"), 2 * 3) << "two grids at 0, 8 and at the end";
}
