#include "core/output/files.h"
#include "tests/unit/core/sample_deck.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

using namespace vivicor;
using namespace vivicor::test;
using testing::HasSubstr;

namespace
{
  // Files of this process cannot grow beyond a size while this lives: to the writer, a full disk.
  class SmallDisk
  {
  public:
    explicit SmallDisk(rlim_t bytes)
    {
      getrlimit(RLIMIT_FSIZE, &before);
      const rlimit limit{bytes, before.rlim_max};
      setrlimit(RLIMIT_FSIZE, &limit);
      handler = std::signal(SIGXFSZ, SIG_IGN);
    }
    ~SmallDisk()
    {
      setrlimit(RLIMIT_FSIZE, &before);
      std::signal(SIGXFSZ, handler);
    }

  private:
    rlimit before{};
    void (*handler)(int);
  };

  std::size_t files_in(const std::filesystem::path &folder)
  {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
  }
}

TEST(WriteWhole, writes_and_replaces)
{
  TestFolder folder;
  const std::string file = folder.file("a.txt"), big(3000000, 'x');
  write_whole(file, "one");
  EXPECT_EQ(read_whole(file), "one");
  write_whole(file, big);
  EXPECT_EQ(read_whole(file), big);
  write_whole(file, "");
  EXPECT_EQ(read_whole(file), "");
  EXPECT_EQ(files_in(folder.path), 1u);
}

TEST(WriteWhole, a_full_disk_leaves_the_old_file)
{
  TestFolder folder;
  const std::string file = folder.file("a.txt");
  write_whole(file, "old");
  ErrorText text;
  {
    SmallDisk full(1000);
    text = error_of<OutputError>([&] { write_whole(file, std::string(5000, 'x')); });
  }
  EXPECT_THAT(text.what, HasSubstr(file));
  EXPECT_THAT(text.why, HasSubstr("File too large"));
  EXPECT_THAT(text.mend, HasSubstr("space"));
  EXPECT_EQ(read_whole(file), "old");
  EXPECT_EQ(files_in(folder.path), 1u) << "nothing is left of the failed attempt";
}

TEST(WriteWhole, a_folder_that_is_not_there_or_no_folder)
{
  TestFolder folder;
  EXPECT_THAT(error_of<OutputError>([&] { write_whole(folder.file("none/a.txt"), "x"); }).why, HasSubstr("No such file or directory"));
  folder.write("file", "");
  EXPECT_THAT(error_of<OutputError>([&] { write_whole(folder.file("file/a.txt"), "x"); }).why, HasSubstr("Not a directory"));
  std::filesystem::create_directory(folder.file("taken"));
  EXPECT_THROW(write_whole(folder.file("taken"), "x"), OutputError);
  EXPECT_EQ(files_in(folder.path), 2u);
}

TEST(WriteWhole, a_read_only_folder)
{
  TestFolder folder;
  chmod(folder.path.c_str(), 0555);
  const uid_t user = geteuid();
  if (user == 0 && seteuid(65534) != 0) // root may write anywhere: be nobody for a moment
    GTEST_SKIP() << "root cannot become another user here";
  EXPECT_THAT(error_of<OutputError>([&] { write_whole(folder.file("a.txt"), "x"); }).why, HasSubstr("Permission denied"));
  ASSERT_EQ(seteuid(user), 0);
  chmod(folder.path.c_str(), 0755);
  EXPECT_EQ(files_in(folder.path), 0u);
}

TEST(ReadWhole, faults)
{
  TestFolder folder;
  folder.write("heart.vtu", "");
  EXPECT_EQ(error_of([&] { read_whole(folder.file("hearts.vtu")); }).nearest, folder.file("heart.vtu"));
  EXPECT_THAT(error_of([&] { read_whole(folder.path.string()); }).why, HasSubstr("folder"));
  EXPECT_THROW(sha256_of_file(folder.file("none")), UserError);
}

// The examples of FIPS 180-4, published by NIST.
TEST(Sha256, published_examples)
{
  TestFolder folder;
  EXPECT_EQ(sha256_of_file(folder.write("a", "abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_of_file(folder.write("b", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_of_file(folder.write("c", std::string(1000000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  EXPECT_EQ(sha256_of_file(folder.write("d", "")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
