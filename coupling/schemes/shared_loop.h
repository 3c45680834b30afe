// The circulation's step, made once for all ranks.
#pragma once

#include "circulation/circulation.h"

#include <mpi.h>

#include <vector>

namespace vivicor
{
  /// Collective. Circulation::advance() on rank 0 alone, its answer sent to all. Ranks that solved it each for itself would branch on
  /// their own round-off, and processors of different kinds round differently: they would part, and wait for each other for ever.
  /// @throws StepFailed of rank 0, on every rank
  Circulation::Step advance_on_rank_0(MPI_Comm comm, const Circulation &circulation, double t, double dt, const std::vector<double> &state,
                                      const Chambers &volume, const Chambers &pressure);
}
