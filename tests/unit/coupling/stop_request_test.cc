// Signals that ask a run to stop: each case in a process of its own, for some end it.
#include "core/mesh/partition.h"
#include "coupling/folder/stop_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <functional>
#include <string>
#include <thread>

using namespace vivicor;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace
{
  struct End
  {
    int code = 0; ///< minus the signal that ended it
    std::string said;
  };

  /// What becomes of a process that does this.
  End end_of(const std::function<void()> &action)
  {
    int ends[2];
    if (pipe(ends) != 0)
      return {};
    const pid_t child = fork();
    if (child == 0)
      {
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        action();
        _exit(0);
      }
    close(ends[1]);
    End end;
    char buffer[512];
    for (ssize_t n; (n = read(ends[0], buffer, sizeof buffer)) > 0;)
      end.said.append(buffer, static_cast<std::size_t>(n));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    end.code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    return end;
  }

  /// A graph whose partition takes METIS some milliseconds.
  std::vector<std::vector<unsigned>> grid(unsigned n)
  {
    std::vector<std::vector<unsigned>> neighbours(n * n);
    for (unsigned i = 0; i < n; ++i)
      for (unsigned j = 0; j < n; ++j)
        {
          if (i + 1 < n)
            {
              neighbours[i * n + j].push_back((i + 1) * n + j);
              neighbours[(i + 1) * n + j].push_back(i * n + j);
            }
          if (j + 1 < n)
            {
              neighbours[i * n + j].push_back(i * n + j + 1);
              neighbours[i * n + j + 1].push_back(i * n + j);
            }
        }
    return neighbours;
  }

  /// A process that sends its parent a signal every so often, for as long as this lives.
  class Sender
  {
  public:
    Sender(int signal, unsigned every_us) : child(fork())
    {
      if (child == 0)
        for (;;)
          {
            if (kill(getppid(), signal) != 0)
              _exit(0);
            usleep(every_us);
          }
    }
    ~Sender()
    {
      kill(child, SIGKILL);
      waitpid(child, nullptr, 0);
    }
    Sender(const Sender &) = delete;
    Sender &operator=(const Sender &) = delete;

  private:
    const pid_t child;
  };

  constexpr int lost = 7;
}

TEST(StopSignals, EndARunAtOnceThatHasNothingToSave)
{
  for (const auto &[signal, name] : {std::pair{SIGTERM, "SIGTERM"}, {SIGUSR1, "SIGUSR1"}, {SIGINT, "Ctrl-C"}})
    {
      const End end = end_of([signal = signal] {
        const StopSignals signals({"start again with: vivicor run heart.json"});
        raise(signal);
      });
      EXPECT_EQ(end.code, -signal);
      EXPECT_EQ(end.said,
                std::string("vivicor: stopped by ") + name + " before its first step; start again with: vivicor run heart.json\n");
    }
}

TEST(StopSignals, EndAResumedRunBeforeItsFirstStepWithTheCodeToResumeIt)
{
  const End end = end_of([] {
    const StopSignals signals({"go on with: it", 85});
    raise(SIGUSR1);
  });
  EXPECT_EQ(end.code, 85);
  EXPECT_THAT(end.said, HasSubstr("go on with: it"));
}

TEST(StopSignals, AreSilentOnTheOtherRanks)
{
  const End end = end_of([] {
    const StopSignals signals({});
    raise(SIGTERM);
  });
  EXPECT_EQ(end.code, -SIGTERM);
  EXPECT_THAT(end.said, IsEmpty());
}

TEST(StopSignals, AreNotedOnceThereIsSomethingToSave)
{
  const End end = end_of([] {
    StopSignals signals({"nothing"});
    signals.note_from_now_on();
    if (!StopSignals::received().empty())
      _exit(lost);
    for (int k = 0; k < 100; ++k)
      for (const int signal : {SIGTERM, SIGUSR1, SIGINT}) // a launcher may send each more than once
        raise(signal);
    raise(SIGTERM);
    if (StopSignals::received() != "SIGTERM")
      _exit(lost);
  });
  EXPECT_EQ(end.code, 0);
  EXPECT_THAT(end.said, IsEmpty());
}

TEST(StopSignals, EndTheRunAtTheSecondPressOfCtrlCOnly)
{
  const auto after = [](int first, int second, int pause_ms) {
    return end_of([=] {
             StopSignals signals({});
             signals.note_from_now_on();
             raise(first);
             std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms));
             raise(second);
           })
      .code;
  };
  EXPECT_EQ(after(SIGINT, SIGINT, 50), 0) << "one press that came twice";
  EXPECT_EQ(after(SIGINT, SIGINT, 1200), -SIGINT);
  EXPECT_EQ(after(SIGTERM, SIGTERM, 1200), 0) << "launchers repeat themselves";
  EXPECT_EQ(after(SIGTERM, SIGINT, 1200), 0) << "the first press";
}

TEST(StopSignals, OutliveALibraryThatGivesThemBackForOneCall)
{
  const End end = end_of([] {
    StopSignals signals({});
    signals.note_from_now_on();
    struct sigaction once;
    sigaction(SIGTERM, nullptr, &once);
    once.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER); // what signal() of System V makes of a handler
    sigaction(SIGTERM, &once, nullptr);
    raise(SIGTERM);
    raise(SIGTERM);
  });
  EXPECT_EQ(end.code, 0);
}

TEST(StopSignals, AreHeldWhileMetisWorks)
{
  const auto graph = grid(60);
  const End end = end_of([&] {
    StopSignals signals({});
    signals.note_from_now_on();
    const Sender sender(SIGTERM, 300);
    for (int k = 0; k < 40; ++k)
      try
        {
          if (partition_graph(graph, 8).size() != graph.size() || nested_dissection(graph).size() != graph.size())
            _exit(lost);
        }
      catch (const std::exception &)
        {
          _exit(lost); // METIS took the signal for its own
        }
    if (StopSignals::received() != "SIGTERM")
      _exit(lost);
    struct sigaction now;
    sigaction(SIGTERM, nullptr, &now);
    if (now.sa_flags & static_cast<int>(SA_RESETHAND))
      _exit(lost);
  });
  EXPECT_EQ(end.code, 0);
}

TEST(StopSignals, AreWhatTheyWereAfterwards)
{
  struct sigaction before, after;
  sigaction(SIGTERM, nullptr, &before);
  {
    StopSignals signals({});
    signals.note_from_now_on();
  }
  sigaction(SIGTERM, nullptr, &after);
  EXPECT_EQ(before.sa_handler, after.sa_handler);
}
