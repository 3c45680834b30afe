// What a run says: to the terminal and, once a run has a folder, to log.txt. Only rank 0 speaks: on the terminal the first of all
// ranks, in the file of a run the first of those that make it.
#pragma once

#include <spdlog/spdlog.h>

#include <memory>
#include <string>

namespace vivicor::log
{
  using spdlog::error;
  using spdlog::info;
  using spdlog::warn;

  /// Silences every rank but 0. Call once after MPI_Init.
  void start(int rank, bool quiet = false);
  /// Also writes to `file`, for as long as what it returns lives; on a rank that is silent otherwise, to the file alone.
  /// @throws OutputError
  [[nodiscard]] std::shared_ptr<void> also_to(const std::string &file);
}
