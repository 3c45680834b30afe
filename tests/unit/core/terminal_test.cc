#include "core/output/terminal.h"

#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/wait.h>

using namespace vivicor;
using vivicor::testing::TemporaryFolder;

namespace
{
  /// A new terminal, as mpirun makes one for each rank.
  struct Terminal
  {
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    std::FILE *stream = nullptr;

    Terminal()
    {
      if (master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0)
        stream = std::fopen(ptsname(master), "w");
    }
    ~Terminal()
    {
      if (stream)
        std::fclose(stream);
      close(master);
    }
  };

  /// A process whose standard output is the file or terminal given, until the end of the test.
  struct Launcher
  {
    pid_t pid;
    explicit Launcher(int output) : pid(fork())
    {
      if (pid == 0)
        {
          dup2(output, 1);
          pause();
          _exit(0);
        }
      while (its_output() != output_of(output)) // until the child has come so far
        usleep(1000);
    }
    ~Launcher()
    {
      kill(pid, SIGKILL);
      waitpid(pid, nullptr, 0);
    }
    std::filesystem::path its_output() const { return std::filesystem::read_symlink("/proc/" + std::to_string(pid) + "/fd/1"); }
    static std::filesystem::path output_of(int file) { return std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file)); }
  };
}

TEST(OnTerminal, AskTheLauncherToo)
{
  const Terminal terminal;
  if (!terminal.stream)
    GTEST_SKIP() << "this machine gives no terminals";
  const TemporaryFolder folder;
  std::FILE *log = std::fopen((folder / "log").c_str(), "w");
  const Launcher watched(fileno(terminal.stream)), logged(fileno(log));
  EXPECT_TRUE(on_terminal(terminal.stream, watched.pid));
  EXPECT_FALSE(on_terminal(terminal.stream, logged.pid)) << "mpirun ... > log";
  EXPECT_FALSE(on_terminal(log, watched.pid)) << "vivicor run ... > log";
  EXPECT_FALSE(on_terminal(nullptr, watched.pid));
  std::fclose(log);
}
