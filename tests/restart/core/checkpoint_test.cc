// A checkpoint's file: what is saved comes back, and whatever happened to the file is noticed.
#include "core/checkpoint/checkpoint_folder.h"
#include "core/error.h"
#include "core/output/files.h"
#include "tests/support/small_disk.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>

using namespace vivicor;
namespace format = checkpoint_format;
using ::testing::HasSubstr;
using Json = nlohmann::ordered_json;

namespace
{
  const EntityIds nodes{7, 3, 4000000000LL, 0};

  /// A state of every kind; `seed` tells two apart.
  struct State
  {
    explicit State(double seed = 1)
      : replicated{seed, -0.0, std::numeric_limits<double>::infinity(), 1e-310}, by_node{1, 2, 3, 4, 5, 6, 7, 8}, own{seed, 9}
    {
    }
    void archive(Archive &archive)
    {
      archive.numbers("replicated", replicated);
      archive.by_entity("nodes", "by_node", nodes, 2, by_node);
      had_own = archive.by_rank("own", own);
    }
    std::vector<double> replicated, by_node, own;
    bool had_own = true;
  };

  bool same_bits(const std::vector<double> &a, const std::vector<double> &b)
  {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), 8 * a.size()) == 0;
  }

  void write(const std::string &file, double seed = 1)
  {
    State state(seed);
    Saver saver(MPI_COMM_SELF);
    state.archive(saver);
    saver.write(file, {{"seed", seed}});
  }

  /// Without a flush to disk: there are hundreds.
  void put(const std::string &file, const std::string &content)
  {
    std::ofstream(file, std::ios::binary) << content;
  }

  const auto no_objection = [](const Json &) { return std::string(); };

  std::string message_of(const std::function<void()> &action)
  {
    try
      {
        action();
      }
    catch (const std::exception &error)
      {
        return error.what();
      }
    return "no error";
  }
}

class Checkpoint : public ::testing::Test
{
protected:
  vivicor::testing::TemporaryFolder folder;
  const std::string file = folder / "a.checkpoint";
};

TEST_F(Checkpoint, WhatIsSavedComesBackToTheBit)
{
  write(file, 3.25);
  const auto inspected = format::inspect(file);
  EXPECT_EQ(inspected.fault, "");
  Loader loader(MPI_COMM_SELF, file, inspected);
  EXPECT_EQ(loader.facts().at("seed"), 3.25);
  State loaded(0), expected(3.25);
  loaded.archive(loader);
  EXPECT_TRUE(same_bits(loaded.replicated, expected.replicated));
  EXPECT_TRUE(same_bits(loaded.by_node, expected.by_node));
  EXPECT_TRUE(loaded.had_own);
  EXPECT_TRUE(same_bits(loaded.own, expected.own));
}

TEST_F(Checkpoint, EntitiesAreFoundByTheirNumbers)
{
  write(file);
  Loader loader(MPI_COMM_SELF, file, format::inspect(file));
  std::vector<double> values;
  loader.by_entity("nodes", "by_node", {0, 7}, 2, values);
  EXPECT_EQ(values, (std::vector<double>{7, 8, 1, 2}));
}

TEST_F(Checkpoint, AnotherPartitionGoesWithoutWhatWasOfRanks)
{
  write(file);
  Loader loader(MPI_COMM_SELF, file, format::inspect(file));
  loader.forget_partition();
  State loaded(5);
  loaded.archive(loader);
  EXPECT_FALSE(loaded.had_own);
  EXPECT_EQ(loaded.own, State(5).own);
}

TEST_F(Checkpoint, WhatIsNotThereIsNamed)
{
  write(file);
  Loader loader(MPI_COMM_SELF, file, format::inspect(file));
  std::vector<double> values;
  EXPECT_THAT(message_of([&] { loader.numbers("absent", values); }), HasSubstr("it holds no 'absent'"));
  EXPECT_THAT(message_of([&] { loader.by_entity("nodes", "by_node", {7}, 3, values); }),
              HasSubstr("2 values for each of the nodes, not 3"));
  EXPECT_THAT(message_of([&] { loader.by_entity("nodes", "by_node", {7, 8, 9}, 2, values); }), HasSubstr("nothing for 2 of the nodes"));
}

TEST_F(Checkpoint, EveryTruncationIsNoticed)
{
  write(file);
  const std::string whole = read_whole(file);
  for (std::size_t length = 0; length < whole.size(); length += 1 + length / 40)
    {
      put(file, whole.substr(0, length));
      EXPECT_THAT(format::inspect(file).fault, HasSubstr("truncated")) << length << " bytes";
    }
  put(file, whole + " ");
  EXPECT_THAT(format::inspect(file).fault, HasSubstr("longer"));
}

TEST_F(Checkpoint, EveryFlippedBitIsNoticed)
{
  write(file);
  const std::string whole = read_whole(file);
  for (std::size_t at = 0; at < whole.size(); ++at)
    {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << at % 8));
      put(file, damaged);
      EXPECT_NE(format::inspect(file).fault, "") << "byte " << at;
    }
}

TEST_F(Checkpoint, AnotherFormatIsNamed)
{
  write(file);
  std::string other = read_whole(file);
  const std::string mine = " " + std::to_string(format::version) + " ";
  other.replace(other.find(mine), mine.size(), " 99 ");
  put(file, other);
  EXPECT_EQ(format::inspect(file).fault, "written in format 99; this program reads format " + std::to_string(format::version));
}

TEST_F(Checkpoint, TheTwoNewestStayAndRestsGo)
{
  const CheckpointFolder checkpoints(folder.path.string(), 2);
  put(folder / "step_00000010.checkpoint.writing.123", "half of it");
  put(folder / "notes.txt", "the user's");
  for (const unsigned number : {10, 20, 30})
    {
      State state(number);
      Saver saver(MPI_COMM_SELF);
      state.archive(saver);
      checkpoints.write(saver, number, {{"seed", number}}, MPI_COMM_SELF);
    }
  EXPECT_THAT(checkpoints.files(), ::testing::ElementsAre(HasSubstr("step_00000030"), HasSubstr("step_00000020")));
  EXPECT_FALSE(std::filesystem::exists(folder / "step_00000010.checkpoint.writing.123"));
  EXPECT_TRUE(std::filesystem::exists(folder / "notes.txt"));

  // A run that was resumed from 20 goes its own way: what lay ahead is no longer its past.
  State state;
  Saver saver(MPI_COMM_SELF);
  state.archive(saver);
  checkpoints.write(saver, 25, {{"seed", 25}}, MPI_COMM_SELF);
  EXPECT_THAT(checkpoints.files(), ::testing::ElementsAre(HasSubstr("step_00000025"), HasSubstr("step_00000020")));
}

TEST_F(Checkpoint, TheOlderOneIsTakenAndTheReasonSaid)
{
  const CheckpointFolder checkpoints(folder.path.string(), 2);
  write(folder / "step_00000010.checkpoint", 10);
  write(folder / "step_00000020.checkpoint", 20);
  EXPECT_EQ(checkpoints.open(MPI_COMM_SELF, no_objection)->facts().at("seed"), 20.0);

  std::filesystem::resize_file(folder / "step_00000020.checkpoint", 300);
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(checkpoints.open(MPI_COMM_SELF, no_objection)->facts().at("seed"), 10.0);
  EXPECT_THAT(::testing::internal::GetCapturedStdout(), HasSubstr("step_00000020.checkpoint: truncated: 300 of "));

  const auto objection = [](const Json &) { return std::string("of another deck"); };
  const std::string message = message_of([&] { checkpoints.open(MPI_COMM_SELF, objection); });
  EXPECT_THAT(message, HasSubstr("step_00000010.checkpoint: of another deck"));
  EXPECT_THAT(message, HasSubstr("step_00000020.checkpoint: truncated"));
}

TEST_F(Checkpoint, AnEmptyFolderHoldsNothingToResume)
{
  const CheckpointFolder checkpoints(folder / "none", 2);
  EXPECT_THAT(message_of([&] { checkpoints.open(MPI_COMM_SELF, no_objection); }), HasSubstr("it holds no checkpoint"));
}

namespace
{
  /// Writes more than fits; what was there before must stay whole.
  void expect_old_one_stays(const std::string &file)
  {
    State state;
    std::vector<double> much(100000, 1.5);
    Saver saver(MPI_COMM_SELF);
    state.archive(saver);
    saver.numbers("much", much);
    EXPECT_THROW(saver.write(file, {{"seed", 2}}), OutputError);
    const auto inspected = format::inspect(file);
    EXPECT_EQ(inspected.fault, "");
    EXPECT_EQ(inspected.index.facts.at("seed"), 1.0);
    for (const auto &entry : std::filesystem::directory_iterator(std::filesystem::path(file).parent_path()))
      EXPECT_THAT(entry.path().filename().string(), ::testing::Not(HasSubstr("writing")));
  }
}

TEST_F(Checkpoint, AFileThatMayNotGrowLeavesTheOldOne)
{
  write(file);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = 100000;
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  expect_old_one_stays(file);
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
}

TEST_F(Checkpoint, AFullDiskLeavesTheOldOne)
{
  const vivicor::testing::SmallDisk disk(folder / "disk", "128k");
  if (!disk.is_there())
    GTEST_SKIP() << "needs a small disk of its own, and mounting one is not allowed here";
  write(folder / "disk/a.checkpoint");
  expect_old_one_stays(folder / "disk/a.checkpoint");
}
