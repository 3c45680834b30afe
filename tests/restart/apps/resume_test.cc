// The coupled heart through the command line: stopped in every way there is, and resumed.
#include "core/output/in_situ.h"
#include "tests/restart/apps/runs.h"
#include "tests/support/small_disk.h"

using namespace vivicor;
using namespace vivicor::restart;
using ::testing::HasSubstr;

namespace
{
  std::string newest_checkpoint(const std::string &folder)
  {
    std::string newest;
    for (const auto &entry : fs::directory_iterator(fs::path(folder) / "checkpoints"))
      newest = std::max(newest, entry.path().string());
    return newest;
  }

  /// Damages the newest checkpoint of a run that was stopped between 20 and 30 ms, and resumes it.
  void expect_the_older_one_serves(const std::string &stopped, const std::string &unbroken, const std::string &folder,
                                   const std::function<void(const std::string &)> &damage, const std::string &reason)
  {
    fs::copy(stopped, folder, fs::copy_options::recursive);
    damage(newest_checkpoint(folder));
    const auto outcome = program::run_vivicor(arguments(folder, "--resume"), 1, 300);
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_THAT(outcome.text, HasSubstr(reason));
    EXPECT_THAT(text_of(fs::path(folder) / "log.txt"), HasSubstr("resumed at 20 ms"));
    expect_same_results(folder, unbroken);
  }

  void flip_a_bit(const std::string &file)
  {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    const auto middle = static_cast<std::streamoff>(fs::file_size(file) / 2);
    stream.seekg(middle);
    const char byte = static_cast<char>(stream.get() ^ 16);
    stream.seekp(middle);
    stream.put(byte);
  }
}

// One test, because each test is a process of its own and the unbroken run is the costly part.
TEST(Resume, StoppedByFileAndBySignals)
{
  const vivicor::testing::TemporaryFolder folder;
  const std::string unbroken = folder / "unbroken", stopped = folder / "stopped", said = folder / "said";
  finish(unbroken);

  // A file asks for the stop, between two checkpoints.
  {
    Process process(arguments(stopped), said);
    wait_for(stopped, 22, process);
    std::ofstream(fs::path(stopped) / "stop") << "";
    EXPECT_EQ(process.wait(), 85);
    // What it says to go on with is the command as given.
    EXPECT_THAT(text_of(said), HasSubstr("with a checkpoint; go on with: " VIVICOR_PROGRAM " " + arguments(stopped, "--resume") + "\n"));
    EXPECT_FALSE(fs::exists(fs::path(stopped) / "stop")) << "or the resumed run would stop at once";
    EXPECT_FALSE(fs::exists(fs::path(stopped) / "summary.json"));
    ASSERT_GE(reached(stopped), 22);
    ASSERT_LT(reached(stopped), 30) << "the machine was too busy to stop the run in time";
  }
  expect_the_older_one_serves(
    stopped, unbroken, folder / "truncated", [](const std::string &file) { fs::resize_file(file, fs::file_size(file) - 1000); },
    "truncated: ");
  expect_the_older_one_serves(stopped, unbroken, folder / "flipped", flip_a_bit, "damaged: its checksum does not fit");

  // The others each stop it once more, and then it goes on to the end.
  for (const int signal : {SIGTERM, SIGUSR1, SIGINT})
    {
      Process process(arguments(stopped, "--resume"), said);
      const double before = reached(stopped);
      wait_for(stopped, before + 2, process);
      process.send(signal);
      EXPECT_EQ(process.wait(), 85) << "signal " << signal << text_of(said);
    }
  finish(stopped, "--resume");
  expect_same_results(stopped, unbroken);
  const auto record = nlohmann::json::parse(text_of(fs::path(stopped) / "run.json"));
  EXPECT_EQ(record.at("restart_parent"), "run.4.json");
}

TEST(Resume, OnOtherRanks)
{
  const vivicor::testing::TemporaryFolder folder;
  const std::string unbroken = folder / "unbroken", one_two = folder / "one_two", two_one = folder / "two_one";
  finish(unbroken);
  finish(one_two, "--set time.end=20ms");
  finish(one_two, "--resume", 2);
  finish(two_one, "--set time.end=20ms", 2);
  finish(two_one, "--resume");
  const auto reference = findings(unbroken);
  for (const std::string &resumed : {one_two, two_one})
    {
      const auto found = findings(resumed);
      for (const std::string chamber : {"LV", "RV", "LA", "RA"})
        for (const std::string name : {"edv_mL", "p_ed_mmHg", "p_max_mmHg"})
          {
            const double a = reference["chambers"][chamber][name], b = found["chambers"][chamber][name];
            EXPECT_NEAR(a, b, 1e-3 * std::abs(a)) << chamber << " " << name << " of " << resumed;
          }
      EXPECT_EQ(reached(resumed), 40);
      EXPECT_EQ(found["simulated_ms"], 40.0);
    }
}

TEST(Resume, WhatCannotBeResumedIsRefused)
{
  const vivicor::testing::TemporaryFolder folder;
  const std::string results = folder / "results", short_run = "--set time.end=4ms ";
  const auto refusal = [&](const std::string &more) {
    const auto outcome = program::run_vivicor(arguments(results, more), 1, 300);
    EXPECT_EQ(outcome.code, 2) << outcome.text;
    return outcome.text;
  };
  EXPECT_THAT(refusal("--resume"), HasSubstr("nothing to resume"));
  finish(results, short_run);
  EXPECT_THAT(refusal(short_run + "--resume"), HasSubstr("is finished"));
  const std::string other = refusal("--resume --set 'mechanics.viscosity=50 Pa s' --set time.cycle_length=900ms");
  EXPECT_THAT(other, HasSubstr("mechanics.viscosity (100 Pa s -> 50 Pa s)"));
  EXPECT_THAT(other, HasSubstr("time.cycle_length"));
  EXPECT_THAT(refusal("--resume --overwrite"), HasSubstr("--overwrite"));
  EXPECT_EQ(reached(results), 4) << "refusing touches nothing";

  // A later end is no other run.
  finish(results, "--set time.end=8ms --resume");
  EXPECT_EQ(reached(results), 8);
}

TEST(Resume, AFullDiskCostsACheckpointNotTheRun)
{
  const vivicor::testing::TemporaryFolder folder;
  const std::string results = folder / "results", checkpoints = folder / "results/checkpoints", unbroken = folder / "unbroken";
  finish(unbroken);
  finish(results, "--set time.end=10ms");
  const std::string first = newest_checkpoint(results), kept = folder / "kept.checkpoint";
  fs::rename(first, kept);
  const auto kilobytes = [&](double checkpoints) { // room for so many
    return std::to_string(static_cast<unsigned>(checkpoints * static_cast<double>(fs::file_size(kept)) / 1024)) + "k";
  };
  const vivicor::testing::SmallDisk disk(checkpoints, kilobytes(1.5));
  if (!disk.is_there())
    GTEST_SKIP() << "needs a small disk of its own, and mounting one is not allowed here";
  fs::copy(kept, first);

  const auto outcome = program::run_vivicor(arguments(results, "--resume"), 1, 300);
  EXPECT_EQ(outcome.code, 0) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("no checkpoint at 20 ms; the run goes on, the one before it stays: No space left on device"));
  expect_same_results(results, unbroken);
  EXPECT_EQ(newest_checkpoint(results), first);
  EXPECT_TRUE(text_of(first) == text_of(kept));

  // A stop that cannot keep what was reached says so; the older checkpoint serves, once there is room.
  std::ofstream(fs::path(results) / "stop") << "";
  const auto stopped = program::run_vivicor(arguments(results, "--resume"), 1, 300);
  EXPECT_EQ(stopped.code, 4) << stopped.text;
  EXPECT_THAT(stopped.text, HasSubstr("No space left on device"));
  fs::remove(fs::path(results) / "stop");
  disk.resize(kilobytes(10));
  finish(results, "--resume");
  EXPECT_THAT(text_of(fs::path(results) / "log.txt"), HasSubstr("resumed at 10 ms"));
  expect_same_results(results, unbroken);
}

TEST(Resume, StoppedWhileAScriptWatches)
{
  if (in_situ_back_ends().empty())
    GTEST_SKIP() << "this build has no in-situ back end: ParaView (scripts/install.sh packages-in-situ.txt) was not found";
  const vivicor::testing::TemporaryFolder folder;
  const std::string unbroken = folder / "unbroken", stopped = folder / "stopped", said = folder / "said";
  const std::string watched = " --set in_situ.scripts=" VIVICOR_SOURCE "/cluster/paraview/pv_loop.py --set in_situ.every=2ms ";
  finish(unbroken, watched);
  Process process(arguments(stopped, watched), said);
  wait_for(stopped, 12, process);
  process.send(SIGTERM);
  EXPECT_EQ(process.wait(), 85) << text_of(said);
  EXPECT_THAT(text_of(said), HasSubstr("by SIGTERM"));
  EXPECT_LT(reached(stopped), 40) << "the machine was too busy to stop the run in time";
  finish(stopped, watched + "--resume");
  expect_same_results(stopped, unbroken);
  EXPECT_EQ(text_of(fs::path(stopped) / "in_situ/pv_loop.csv"), text_of(fs::path(unbroken) / "in_situ/pv_loop.csv"));
}
