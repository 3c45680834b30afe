#include "core/output/table.h"

#include "core/error.h"
#include "core/output/files.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

using namespace vivicor;
using vivicor::testing::TemporaryFolder;

TEST(Table, rows_are_on_disk_at_once)
{
  const TemporaryFolder folder;
  Table table(folder / "t.csv", {"t_ms", "LV_volume_mL"});
  EXPECT_EQ(read_whole(folder / "t.csv"), "t_ms,LV_volume_mL\n");
  table.row({0, 120.5});
  table.row({1, 1.0 / 3});
  EXPECT_EQ(read_whole(folder / "t.csv"), "t_ms,LV_volume_mL\n0,120.5\n1,0.333333333\n");
  table.row({2, std::numeric_limits<double>::quiet_NaN()});
  EXPECT_THAT(read_whole(folder / "t.csv"), ::testing::EndsWith("\n2,nan\n"));
}

TEST(Table, wrong_number_of_values_is_a_bug)
{
  const TemporaryFolder folder;
  Table table(folder / "t.csv", {"a", "b"});
  EXPECT_THROW(table.row({1}), std::logic_error);
}

TEST(Table, cannot_create)
{
  const TemporaryFolder folder;
  EXPECT_THROW(Table(folder / "absent/t.csv", {"a"}), OutputError);
}

TEST(Table, disk_full)
{
  if (!std::filesystem::exists("/dev/full"))
    GTEST_SKIP() << "this system has no /dev/full";
  EXPECT_THROW(Table("/dev/full", {"a"}), OutputError);
}
