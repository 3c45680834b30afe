// kill -9 at random moments: at most one interval between checkpoints is lost, and the end is that of the unbroken run.
#include "tests/restart/apps/runs.h"

#include <random>

using namespace vivicor;
using namespace vivicor::restart;

namespace
{
  /// Time (ms) at which the latest run in a folder went on.
  double resumed_at(const std::string &folder)
  {
    const std::string log = text_of(fs::path(folder) / "log.txt"), words = "resumed at ";
    const auto at = log.rfind(words);
    return at == std::string::npos ? 0.0 : std::stod(log.substr(at + words.size()));
  }

  bool has_checkpoint(const std::string &folder)
  {
    std::error_code none;
    for (const auto &entry : fs::directory_iterator(fs::path(folder) / "checkpoints", none))
      if (entry.path().extension() == ".checkpoint")
        return true;
    return false;
  }

  void expect_survives(unsigned kills, unsigned seed)
  {
    const vivicor::testing::TemporaryFolder folder;
    const std::string unbroken = folder / "unbroken", said = folder / "said";
    const auto start = std::chrono::steady_clock::now();
    finish(unbroken);
    const double whole = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> moment(0.0, 1.1 * whole);

    unsigned run = 0;
    std::string results = folder / "run_0";
    for (unsigned kill = 0; kill < kills; ++kill)
      {
        const bool resume = has_checkpoint(results);
        const double before = reached(results);
        Process process(arguments(results, resume ? "--resume" : "--overwrite"), said);
        const double seconds = moment(random);
        const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
        while (std::chrono::steady_clock::now() < end && process.is_running())
          std::this_thread::sleep_for(std::chrono::milliseconds(5));
        const bool was_running = process.is_running();
        process.send(SIGKILL);
        if (was_running)
          {
            // It may end by itself between the look and the kill: then, and only then, all its results are there.
            const int code = process.wait();
            if (code != 0 || !fs::exists(fs::path(results) / "summary.json"))
              {
                EXPECT_EQ(code, -SIGKILL) << text_of(said);
              }
          }
        if (resume && fs::exists(fs::path(results) / "log.txt") && text_of(said).find("resumed at") != std::string::npos)
          {
            EXPECT_GE(resumed_at(results), before - every) << "more than one interval lost";
          }
        if (fs::exists(fs::path(results) / "summary.json"))
          {
            expect_same_results(results, unbroken);
            results = folder / ("run_" + std::to_string(++run));
          }
      }
    finish(results, has_checkpoint(results) ? "--resume" : "--overwrite");
    expect_same_results(results, unbroken);
  }
}

TEST(Killed, ThreeTimes)
{
  expect_survives(3, 1);
}
TEST(SlowKilled, TwentyTimes)
{
  expect_survives(20, 2);
}
