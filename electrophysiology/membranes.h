// Which cell lives where: three layers of the ventricles' wall, and the atria.
#pragma once

#include "core/parameters.h"
#include "electrophysiology/tissue/reaction.h"
#include "meshes/fibres/fibres.h"

namespace vivicor
{
  /// Entries "membranes" and "prepacing" of the section "electrophysiology".
  void declare_membranes(Schema &electrophysiology);

  /// Groups of nodes, in the order of their blocks in memory.
  enum MembraneGroup : unsigned { endocardial, midmyocardial, epicardial, atrial, n_membrane_groups };

  /// Models of the groups with the states that a run starts from: rest, or the end of some paced beats.
  std::vector<Reaction::Membrane> build_membranes(const Parameters &electrophysiology);

  /// Group of a node by tissue and depth in the wall.
  std::function<unsigned(const NodeKey &)> membrane_of(const Fibres &fibres, const Parameters &electrophysiology);
}
