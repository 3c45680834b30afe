// The electrical heart of a deck alone.
#pragma once

#include "coupling/tasks/run.h"

#include <mpi.h>

namespace vivicor
{
  /// Collective. Runs the electrical heart from 0 to `end` (ms) and writes activation.vtu, activation.json (by wall), ecg.csv
  /// and, where the deck has a Purkinje network, conduction_system.csv.
  /// @throws UserError, OutputError
  void activate(MPI_Comm comm, const RunOptions &options, double end);
}
