#include "core/cluster/launch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

using namespace vivicor;
using ::testing::HasSubstr;

namespace
{
  Environment of(const std::map<std::string, std::string> &variables)
  {
    return [variables](const char *name) {
      const auto found = variables.find(name);
      return found == variables.end() ? nullptr : found->second.c_str();
    };
  }
}

TEST(Launch, WithoutAnyLauncherIsRight)
{
  EXPECT_FALSE(launch_before_mpi(of({})).wrong);
  EXPECT_FALSE(launch_with_mpi(1, of({})).wrong);
}

TEST(Launch, SeveralTasksOfSrunThatCannotMeetAreWrong)
{
  const Launch first = launch_before_mpi(of({{"SLURM_STEP_NUM_TASKS", "4"}, {"SLURM_PROCID", "0"}}));
  EXPECT_TRUE(first.wrong);
  EXPECT_THAT(first.line, HasSubstr("4 tasks"));
  EXPECT_EQ(first.line.find('\n'), std::string::npos) << "one line";
  const Launch third = launch_before_mpi(of({{"SLURM_STEP_NUM_TASKS", "4"}, {"SLURM_PROCID", "2"}}));
  EXPECT_TRUE(third.wrong);
  EXPECT_EQ(third.line, "") << "the first one says it";
}

TEST(Launch, TasksOfSrunThatMeetAreRight)
{
  EXPECT_FALSE(launch_before_mpi(of({{"SLURM_STEP_NUM_TASKS", "4"}, {"PMIX_RANK", "0"}})).wrong);
  EXPECT_FALSE(launch_with_mpi(4, of({{"SLURM_STEP_NUM_TASKS", "4"}, {"PMIX_RANK", "0"}})).wrong);
  EXPECT_FALSE(launch_before_mpi(of({{"SLURM_STEP_NUM_TASKS", "1"}})).wrong);
}

TEST(Launch, OneRankInAJobOfManyIsWrong)
{
  const Launch launch = launch_with_mpi(1, of({{"SLURM_NTASKS", "64"}}));
  EXPECT_TRUE(launch.wrong);
  EXPECT_THAT(launch.line, HasSubstr("64 ranks"));
  EXPECT_FALSE(launch_with_mpi(64, of({{"SLURM_NTASKS", "64"}})).wrong);
}

TEST(Launch, OneRankOfAnotherMpiIsWrong)
{
  EXPECT_TRUE(launch_with_mpi(1, of({{"PMI_SIZE", "2"}, {"PMI_RANK", "0"}})).wrong);
  EXPECT_EQ(launch_with_mpi(1, of({{"PMI_SIZE", "2"}, {"PMI_RANK", "1"}})).line, "");
}

TEST(Launch, OneRankThatWasAskedForIsRight)
{
  EXPECT_FALSE(launch_with_mpi(1, of({{"SLURM_NTASKS", "64"}, {"OMPI_COMM_WORLD_SIZE", "1"}})).wrong) << "mpirun -n 1";
  EXPECT_FALSE(launch_with_mpi(1, of({{"SLURM_NTASKS", "64"}, {"SLURM_STEP_NUM_TASKS", "1"}})).wrong) << "srun -n 1";
}
