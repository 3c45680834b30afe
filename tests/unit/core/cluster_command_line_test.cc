#include "core/cluster/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  const std::vector<std::string> own{"build/vivicor", "run", "my heart.json", "--set", "time.end=4 ms", "--overwrite"};
  const std::string own_line = "build/vivicor run 'my heart.json' --set 'time.end=4 ms'";
}

TEST(CommandLine, IsTheProgramsOwn)
{
  const StartedBy start{"", {"bash"}, own, 1};
  EXPECT_EQ(command_again(start), own_line + " --overwrite");
  EXPECT_EQ(command_to_resume(start), own_line + " --resume");
}

TEST(CommandLine, IsThatOfMpirunWithAllItsOptions)
{
  std::vector<std::string> launcher{"/usr/bin/mpirun", "--oversubscribe", "-n", "2"};
  launcher.insert(launcher.end(), own.begin(), own.end());
  EXPECT_EQ(command_to_resume({"", launcher, own, 2}), "/usr/bin/mpirun --oversubscribe -n 2 " + own_line + " --resume");
}

TEST(CommandLine, NamesTheRanksWhoeverStartedThem)
{
  EXPECT_EQ(command_to_resume({"", {"orted", "--daemon"}, own, 4}), "mpirun -n 4 " + own_line + " --resume");
}

TEST(CommandLine, IsWhatAScriptAroundItSays)
{
  const StartedBy start{"./run heart.json --overwrite --set case=--resumed --resume", {"mpirun"}, own, 2};
  EXPECT_EQ(command_again(start), "./run heart.json --overwrite --set case=--resumed --resume");
  EXPECT_EQ(command_to_resume(start), "./run heart.json --set case=--resumed --resume");
}

TEST(CommandLine, OfThisTestNamesIt)
{
  EXPECT_THAT(started_by(1).own.front(), ::testing::HasSubstr("unit_core"));
}
