// What a script, or ParaView, may not change for the run around it.
#pragma once

#include <array>
#include <csignal>
#include <filesystem>
#include <string>
#include <system_error>

namespace vivicor
{
  /// Scripts open files by relative names: while one is at work, those lie in its folder.
  class WithinFolder
  {
  public:
    explicit WithinFolder(const std::string &folder) : before(std::filesystem::current_path()) { std::filesystem::current_path(folder); }
    ~WithinFolder()
    {
      std::error_code gone;
      std::filesystem::current_path(before, gone);
    }
    WithinFolder(const WithinFolder &) = delete;
    WithinFolder &operator=(const WithinFolder &) = delete;

  private:
    std::filesystem::path before;
  };

  /// ParaView's logger and Python put handlers of their own on signals that ask a run to stop with a checkpoint.
  class SignalsAsTheyWere
  {
  public:
    SignalsAsTheyWere()
    {
      for (std::size_t k = 0; k < signals.size(); ++k)
        sigaction(signals[k], nullptr, &before[k]);
    }
    ~SignalsAsTheyWere()
    {
      for (std::size_t k = 0; k < signals.size(); ++k)
        sigaction(signals[k], &before[k], nullptr);
    }
    SignalsAsTheyWere(const SignalsAsTheyWere &) = delete;
    SignalsAsTheyWere &operator=(const SignalsAsTheyWere &) = delete;

  private:
    static constexpr std::array<int, 5> signals{SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGUSR2};
    std::array<struct sigaction, 5> before;
  };
}
