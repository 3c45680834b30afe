// A deck in, a summary out: a whole run as one call, as often as one likes in a process and on any communicator. What studies,
// calibration and `vivicor run` stand on.
#pragma once

#include "core/parameters/parameters.h"

#include <mpi.h>

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace vivicor
{
  struct SimulateOptions
  {
    std::vector<std::string> data_folders;           ///< where relative paths of the deck are sought, in order
    std::string folder;                              ///< of the results; empty: none are written, and nothing is kept for a resume
    bool overwrite = false;                          ///< allow a folder that already holds results
    bool resume = false;                             ///< go on from the newest checkpoint in the folder
    bool quiet = true;                               ///< no progress line
    std::string deck_file, command;                  ///< for the record of the run; may be empty
    std::function<void()> before_first_step = [] {}; ///< called when the heart is filled and there is something to save
  };

  enum class RunEnd {
    done,
    stopped ///< on request, with a checkpoint: to be resumed
  };

  struct Simulated
  {
    RunEnd end = RunEnd::done;
    nlohmann::ordered_json summary; ///< as in summary.json, the same on every rank; null where the run was stopped

    /// Its numbers by dotted key: "chambers.LV.ef_pct".
    std::map<std::string, double> metrics() const;
  };

  /// Collective. Nothing of it outlives the call: no signal handler, no log file, no session of a library.
  /// @param deck of deck_schema()
  /// @throws UserError, SolverError, OutputError on every rank alike
  Simulated simulate(MPI_Comm comm, const Parameters &deck, const SimulateOptions &options = {});
}
