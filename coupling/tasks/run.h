// A deck in, a folder of results out.
#pragma once

#include "coupling/simulate.h"

#include <mpi.h>

#include <string>
#include <vector>

namespace vivicor
{
  struct RunOptions
  {
    std::string deck_file;
    std::vector<std::string> settings;     ///< key=value
    std::vector<std::string> data_folders; ///< where relative mesh paths are sought after the deck's own folder
    std::string output;                    ///< folder of the run; empty: results/NAME_OF_THE_DECK
    bool overwrite = false;                ///< allow a folder that already holds results
    bool resume = false;                   ///< go on from the newest checkpoint in the folder
    bool quiet = false;
  };

  /// Collective. Reads, checks, simulates, writes everything that the folder of a run holds.
  /// @throws UserError, SolverError, OutputError on every rank alike
  RunEnd run(MPI_Comm comm, const RunOptions &options);

  /// Collective. Reads the deck and the mesh, checks both, prints sizes with estimated memory and time; runs nothing.
  void check(MPI_Comm comm, const RunOptions &options);
}
