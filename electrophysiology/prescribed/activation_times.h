// When a prescribed wave reaches the tissue: a plane wave, or times by node or by point.
#pragma once

#include "core/parameters/parameters.h"
#include "electrophysiology/tissue/aligned.h"
#include "electrophysiology/tissue/refined_mesh.h"
#include "meshes/fibres/fibres.h"

#include <mpi.h>

namespace vivicor
{
  /// Entry "activation" of the section "electrophysiology".
  void declare_activation_times(Schema &electrophysiology);

  /// Collective. ms after the beginning of each beat, in [0, cycle_length), by owned node; ActivationMap::never where the wave
  /// does not come.
  /// @throws UserError for times outside the beat, nodes that the mesh has not or that have no time, and bad tables
  AlignedVector activation_times(MPI_Comm comm, const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres,
                                 const Parameters &electrophysiology, double cycle_length);
}
