// What a run says: to the terminal and, once a run has a folder, to log.txt. Only rank 0 speaks.
#pragma once

#include <spdlog/spdlog.h>

#include <string>

namespace vivicor::log
{
  using spdlog::error;
  using spdlog::info;
  using spdlog::warn;

  /// Silences every rank but 0. Call once after MPI_Init.
  void start(int rank, bool quiet = false);
  /// Also writes to `file` from now on (rank 0).
  void also_to(const std::string &file);
}
