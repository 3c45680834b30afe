#include "core/error.h"
#include "core/log.h"
#include "core/mesh/mesh.h"
#include "core/output/files.h"
#include "core/registry.h"
#include "tests/unit/core/sample_deck.h"

using namespace vivicor;
using namespace vivicor::test;
using testing::HasSubstr;

TEST(Error, text_has_a_part_a_line_and_leaves_out_the_empty)
{
  EXPECT_EQ(format({"a is wrong", "deck:1", "it is", "b", "write b"}),
            "a is wrong\n  where: deck:1\n  why: it is\n  nearest: b\n  mend: write b");
  EXPECT_EQ(format({"a is wrong", "", "", "", ""}), "a is wrong");
}

TEST(Error, edit_distance)
{
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("abc", ""), 3u);
  EXPECT_EQ(edit_distance("LV", "lv"), 0u);
  EXPECT_EQ(nearest_of("guccioni", std::vector<std::string>{"usyk", "guccione"}), "guccione");
  EXPECT_EQ(nearest_of("Bulk", std::vector<std::string>{"time", "bulk_modulus"}), "bulk_modulus")
    << "four letters less than the one, three others than the other";
  EXPECT_EQ(nearest_of("a", std::vector<std::string>{}), "");
}

TEST(Registry, an_unknown_model_names_the_nearest)
{
  struct Contract
  {
    virtual ~Contract() = default;
  };
  static const Register<Contract> one({"usyk", "", "", nullptr, nullptr}); // once, also where the test is repeated
  EXPECT_EQ(error_of([] { create<Contract>("usik", {}); }).nearest, "usyk");
}

TEST(Mesh, signed_volume)
{
  Mesh mesh;
  mesh.points = {{1, 1, 1}, {3, 1, 1}, {1, 4, 1}, {1, 1, 6}};
  mesh.cells = {{0, 1, 2, 3}, {0, 2, 1, 3}};
  EXPECT_DOUBLE_EQ(signed_volume(mesh, 0), 5.0);
  EXPECT_DOUBLE_EQ(signed_volume(mesh, 1), -5.0);
}

TEST(Log, goes_to_the_file_for_as_long_as_it_is_held)
{
  TestFolder folder;
  log::start(0, true);
  {
    const auto file = log::also_to(folder.file("log.txt"));
    log::info("beat {}", 1);
  }
  log::info("beat {}", 2);
  EXPECT_THAT(read_whole(folder.file("log.txt")), AllOf(HasSubstr("I beat 1\n"), Not(HasSubstr("beat 2"))));
}

TEST(Log, of_a_rank_that_is_silent_goes_to_its_file_alone)
{
  TestFolder folder;
  log::start(1, false);
  testing::internal::CaptureStdout();
  log::info("beat {}", 1);
  {
    const auto file = log::also_to(folder.file("log.txt"));
    log::info("beat {}", 2);
  }
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_THAT(read_whole(folder.file("log.txt")), AllOf(HasSubstr("I beat 2\n"), Not(HasSubstr("beat 1"))));
  log::start(0);
}

TEST(Log, that_cannot_be_written_is_an_output_error)
{
  TestFolder folder;
  EXPECT_THROW((void)log::also_to(folder.write("file", "") + "/log.txt"), OutputError);
}
