// Doing something on one rank so that all ranks learn how it ended.
#pragma once

#include <mpi.h>

#include <functional>

namespace vivicor
{
  /// Collective. Runs `action` on rank 0; a UserError or OutputError it throws is thrown on every rank.
  void on_rank_0(MPI_Comm comm, const std::function<void()> &action);

  /// Collective. Runs `action` on every rank; if it throws UserError, SolverError or OutputError on any, the lowest such
  /// rank's error is thrown on every rank.
  void together(MPI_Comm comm, const std::function<void()> &action);
}
