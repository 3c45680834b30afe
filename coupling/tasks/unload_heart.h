// `vivicor unload`: the unloaded shape of a deck's heart and how it fills, without a beat.
#pragma once

#include "coupling/tasks/run.h"

namespace vivicor
{
  /// Collective. Unloads where the deck asks for it, then fills the unloaded heart passively until the LV holds 30 mmHg and
  /// compares its pressure-volume curve with that of Klotz et al. 2006. Writes into the folder of the options: unloaded.vtu
  /// with tags and fibres, a deck unloaded.json that uses it, unloading.csv, edpvr.csv, edpvr.svg, report.html, unload.json.
  /// @throws UserError, SolverError, OutputError
  void unload_heart(MPI_Comm comm, const RunOptions &options);
}
