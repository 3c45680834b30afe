#include "coupling/folder/result_folder.h"

#include "core/error.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

using namespace vivicor;
namespace fs = std::filesystem;

namespace
{
  struct Folder
  {
    vivicor::testing::TemporaryFolder temporary;
    std::string path = temporary / "heart";
    void write(const std::string &name) const
    {
      fs::create_directories(path);
      std::ofstream(path + "/" + name) << name;
    }
  };
}

TEST(ResultFolder, RefusesToLoseResults)
{
  const Folder folder;
  folder.write("timeseries.csv");
  EXPECT_THROW(create_result_folder(folder.path, false), UserError);
  create_result_folder(folder.path, true);
  EXPECT_TRUE(fs::exists(folder.path + ".previous/timeseries.csv"));
  EXPECT_FALSE(fs::exists(folder.path + "/timeseries.csv"));
}

TEST(ResultFolder, ARunThatWasStoppedBeforeItsFirstStepIsNoResult)
{
  const Folder folder;
  folder.write("timeseries.csv");
  create_result_folder(folder.path, true);
  folder.write("run.json"); // written before the preload, during which the run was stopped
  folder.write("log.txt");
  EXPECT_NO_THROW(create_result_folder(folder.path, false)) << "the same command may be given again";
  create_result_folder(folder.path, true);
  EXPECT_TRUE(fs::exists(folder.path + ".previous/timeseries.csv")) << "the earlier results are not pushed out by nothing";
}
