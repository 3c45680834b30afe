// What the electrical heart refuses, before it is built.
#pragma once

#include "core/parameters/parameters.h"
#include "electrophysiology/electrode_ports.h"
#include "meshes/fibres/fibres.h"

#include <mpi.h>

#include <vector>

namespace vivicor
{
  /// What needs no mesh: schemes that do not go together, bundles that do not exist, pulses that overlap, tables of stimuli that
  /// are absent or wrong. Reads those tables: on one rank only. @param deck the whole one @throws UserError
  void validate_electrophysiology(const Parameters &deck);

  /// Collective. All else that Electrophysiology refuses, found by its own parts as far as they cost little: cells without
  /// pacing, velocities tuned, the refined mesh with the conduction system and the stimuli placed in it; no matrices.
  /// @param cell_rank owner of each cell of the anatomy @param deck the whole one @param ports of devices
  /// @throws UserError
  void validate_electrophysiology(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank,
                                  const Parameters &deck, const ElectricalPorts *ports = nullptr);
}
