// Which cell lives where: three layers of the ventricles' wall, and the atria; in some regions with other channels. Drugs
// reach all of them.
#pragma once

#include "core/parameters/parameters.h"
#include "electrophysiology/membranes/membrane_regions.h"
#include "electrophysiology/tissue/reaction.h"
#include "meshes/fibres/fibres.h"

namespace vivicor
{
  /// Entries "membranes", "drugs" and "prepacing" of the section "electrophysiology".
  void declare_membranes(Schema &electrophysiology);

  /// Groups of nodes, in the order of their blocks in memory; each step of the
  /// apicobasal gradient adds as many, in this order, and each region with its own channels as many as all steps together.
  enum MembraneGroup : unsigned { endocardial, midmyocardial, epicardial, atrial, n_membrane_groups };

  enum class MembraneStart {
    of_the_deck, ///< rest, or the end of the beats that the deck asks for
    rest         ///< without those beats, for who only looks at the cells
  };

  /// Models of the groups with the states that a run starts from.
  /// @throws UserError for channels that no model has, and for unknown regions
  std::vector<Reaction::Membrane> build_membranes(const Parameters &electrophysiology, const Anatomy &anatomy,
                                                  MembraneStart start = MembraneStart::of_the_deck);

  /// The model of a group free of drugs and regions: what conductivities are tuned with, so that drugs may slow conduction.
  std::unique_ptr<IonicModel> undrugged_model(const Parameters &electrophysiology, MembraneGroup group);

  /// Names of the models without calcium that cells of a tissue have; layers of no thickness have no cells.
  std::vector<std::string> cells_without_calcium(const Parameters &electrophysiology, Tissue tissue);

  /// Group of a node by region, tissue and depth in the wall. @param fibres must outlive it
  std::function<unsigned(const NodeKey &)> membrane_of(const Fibres &fibres, const Anatomy &anatomy, const Parameters &electrophysiology);
}
