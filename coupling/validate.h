// The one place where a deck and its heart are refused: `check`, `run`, `submit` and the studies ask here, before anything is
// written or moved. Each part says itself what it refuses (validate_electrophysiology, validate_mechanics, ...).
#pragma once

#include "core/parameters/parameters.h"
#include "meshes/fibres/fibres.h"

#include <mpi.h>

#include <string>
#include <vector>

namespace vivicor
{
  /// What needs no mesh, and whether every file that the deck names is there. Reads files: on one rank only.
  /// @param folders in which relative paths are sought @throws UserError
  void validate_deck(const Parameters &deck, const std::vector<std::string> &folders);
  /// Collective. The same, by rank 0 for all.
  void validate_deck(MPI_Comm comm, const Parameters &deck, const std::vector<std::string> &folders);

  /// What the mesh must have for a beat: a cavity for each chamber, regions that the deck names. @throws UserError
  void validate_anatomy(const Parameters &deck, const Anatomy &anatomy);

  /// That and what the fibres are needed for: what holds the heart. Cheap; the same on every rank. The electrical heart is
  /// validated by validate_electrophysiology(), or by being made. @throws UserError
  void validate_heart(const Parameters &deck, const Anatomy &anatomy, const Fibres &fibres);
}
