// The beating heart: sets the parts up in the order of docs/design.md and runs the time loop.
#pragma once

#include "core/parameters.h"

#include <mpi.h>

#include <string>
#include <vector>

namespace vivicor
{
  /// The whole deck: every part's entries. `vivicor explain` and docs/parameters.md are made from it.
  Schema deck_schema();

  struct RunOptions
  {
    std::string deck_file;
    std::vector<std::string> settings;     ///< key=value
    std::vector<std::string> data_folders; ///< where relative mesh paths are sought after the deck's own folder
    std::string output;                    ///< folder of the run
    bool overwrite = false;                ///< allow a folder that already holds results
    bool quiet = false;
  };

  /// Collective. Reads, checks, simulates, writes everything DESIGN.md's result folder holds.
  /// @throws UserError, SolverError, OutputError on every rank alike
  void run(MPI_Comm comm, const RunOptions &options);

  /// Reads the deck and the mesh, checks both, prints sizes with estimated memory and time; runs nothing.
  void check(MPI_Comm comm, const RunOptions &options);
}
