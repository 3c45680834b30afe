// A given calcium transient: what every activated cell does, whatever its membrane.
#pragma once

#include "core/parameters/parameters.h"

#include <mpi.h>

#include <functional>

namespace vivicor
{
  /// Entry "calcium" of the section "electrophysiology".
  void declare_calcium_course(Schema &electrophysiology);

  /// uM by time since the activation, ms; at time 0 the rest before it.
  using CalciumCourse = std::function<double(double since_activation)>;

  /// Collective. Empty: the cells' own calcium.
  /// Exponential (Rice et al. 2008, 10.1529/biophysj.107.119487): rest + (peak - rest) (exp(-t/decay) - exp(-t/rise)) / norm.
  /// @throws UserError for a decay that is no longer than the rise, a peak that is no higher than the rest, and bad tables
  CalciumCourse read_calcium_course(MPI_Comm comm, const Parameters &electrophysiology);
}
