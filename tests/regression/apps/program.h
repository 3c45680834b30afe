// Runs the installed program as a user would: exit code, what it said, how long it took.
#pragma once

#include <sys/wait.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace vivicor::program
{
  struct Outcome
  {
    int code = -1;
    std::string text; ///< both streams
    double seconds = 0;
  };

  /// @param within a command that starts the program, such as xvfb-run
  inline Outcome run_vivicor(const std::string &arguments, unsigned ranks = 1, unsigned limit_s = 60, const std::string &within = "")
  {
    const std::string launch = ranks == 1 ? "" : "mpirun --oversubscribe -n " + std::to_string(ranks) + " ";
    // A clean environment: this test's own MPI leaves variables behind that a program below must not inherit.
    const std::string clean = "env -i PATH=\"$PATH\" HOME=\"$HOME\" OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 ";
    const std::string command = clean + "timeout -k 20 " + std::to_string(limit_s) + " " + within + " " + launch + VIVICOR_PROGRAM + " "
                                + arguments + " 2>&1";
    const auto start = std::chrono::steady_clock::now();
    std::FILE *pipe = popen(command.c_str(), "r");
    Outcome outcome;
    std::array<char, 4096> buffer;
    while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe))
      outcome.text.append(buffer.data(), n);
    const int status = pclose(pipe);
    outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return outcome;
  }
}
