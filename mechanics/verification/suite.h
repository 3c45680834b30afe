// All verification problems of the moving wall and of the general solid solver, in the order of their cost.
#pragma once

#include "core/verification_table.h"

#include <mpi.h>

#include <functional>

namespace vivicor
{
  /// Collective. Hands out each table when it is known.
  /// @param all also meshes that take long
  void verify_mechanics(MPI_Comm comm, bool all, const std::function<void(const VerificationTable &)> &report);
}
