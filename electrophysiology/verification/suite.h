// All verification problems of the electrical heart, in the order of their cost.
#pragma once

#include "core/verification_table.h"

#include <mpi.h>

#include <functional>

namespace vivicor
{
  /// Collective. Hands out each table when it is known.
  /// @param all also grids that take long
  void verify_electrophysiology(MPI_Comm comm, bool all, const std::function<void(const VerificationTable &)> &report);
}
