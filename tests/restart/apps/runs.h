// Runs of the minimal heart that are stopped, killed and resumed, and what they left behind.
#pragma once

#include "tests/regression/apps/program.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace vivicor::restart
{
  namespace fs = std::filesystem;

  constexpr double every = 10; // ms between two checkpoints

  inline std::string arguments(const std::string &folder, const std::string &more = "")
  {
    return "run " VIVICOR_SOURCE "/parameters/minimal/heart.json --quiet --set time.end=40ms --set checkpoint.every=10ms"
           " --set output.fields_every=10ms --output "
           + folder + " " + more;
  }

  inline std::string text_of(const fs::path &file)
  {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }

  /// Simulated time (ms) of the last whole row of timeseries.csv; -1: none.
  inline double reached(const std::string &folder)
  {
    std::istringstream rows(text_of(fs::path(folder) / "timeseries.csv"));
    double t = -1;
    std::string line;
    std::getline(rows, line);
    while (std::getline(rows, line) && !rows.eof())
      t = std::stod(line.substr(0, line.find(',')));
    return t;
  }

  /// The program on one rank, to be signalled.
  class Process
  {
  public:
    explicit Process(const std::string &arguments, const std::string &output)
    {
      std::vector<std::string> words{"env",
                                     "-i",
                                     "PATH=" + environment("PATH"),
                                     "HOME=" + environment("HOME"),
                                     "OMPI_ALLOW_RUN_AS_ROOT=1",
                                     "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1",
                                     VIVICOR_PROGRAM};
      std::istringstream stream(arguments);
      for (std::string word; stream >> word;)
        words.push_back(word);
      std::vector<char *> pointers;
      for (std::string &word : words)
        pointers.push_back(word.data());
      pointers.push_back(nullptr);
      pid = fork();
      if (pid == 0)
        {
          if (!std::freopen(output.c_str(), "w", stdout) || dup2(1, 2) < 0)
            _exit(126);
          execvp("env", pointers.data());
          _exit(127);
        }
    }
    ~Process()
    {
      if (!ended)
        {
          send(SIGKILL);
          wait();
        }
    }
    void send(int signal) const { kill(pid, signal); }
    pid_t id() const { return pid; }
    /// Exit code; minus the signal that ended it.
    int wait()
    {
      if (!ended)
        waitpid(pid, &status, 0);
      ended = true;
      return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }
    bool is_running()
    {
      if (!ended && waitpid(pid, &status, WNOHANG) == pid)
        ended = true;
      return !ended;
    }

  private:
    static std::string environment(const char *name)
    {
      const char *value = std::getenv(name);
      return value ? value : "";
    }
    pid_t pid = -1;
    int status = 0;
    bool ended = false;
  };

  /// Waits until the run in `folder` has got so far (ms), or has ended.
  inline void wait_for(const std::string &folder, double time, Process &process)
  {
    while (reached(folder) < time && process.is_running())
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }

  /// summary.json without what no two runs share.
  inline nlohmann::json findings(const std::string &folder)
  {
    auto summary = nlohmann::json::parse(text_of(fs::path(folder) / "summary.json"));
    for (const char *key : {"wall_s", "time_s", "parallel", "peak_memory_MB", "ranks"})
      summary.erase(key);
    return summary;
  }

  /// Every result, byte by byte.
  inline void expect_same_results(const std::string &folder, const std::string &unbroken)
  {
    EXPECT_EQ(findings(folder), findings(unbroken));
    for (const std::string name : {"timeseries.csv", "ecg.csv", "maps.csv", "activation.vtu"})
      EXPECT_TRUE(text_of(fs::path(folder) / name) == text_of(fs::path(unbroken) / name)) << name << " of " << folder;
    unsigned fields = 0;
    for (const auto &entry : fs::directory_iterator(fs::path(unbroken) / "fields"))
      {
        ++fields;
        const auto name = entry.path().filename();
        EXPECT_TRUE(text_of(fs::path(folder) / "fields" / name) == text_of(entry.path())) << name << " of " << folder;
      }
    EXPECT_EQ(fields, 2u * 5 + 2) << "two grids at five times, two series";
  }

  /// The program without interruption.
  inline void finish(const std::string &folder, const std::string &more = "", unsigned ranks = 1)
  {
    const auto outcome = program::run_vivicor(arguments(folder, more), ranks, 300);
    ASSERT_EQ(outcome.code, 0) << outcome.text;
  }
}
