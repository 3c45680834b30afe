// The rules that give fibres to a tissue, and the numbers they take from the deck.
#pragma once

#include "meshes/fibres/fibres.h"
#include "meshes/fibres/landmarks.h"

#include <optional>

namespace vivicor
{
  /// Entries of "fibres", angles in radians.
  struct FibreRules
  {
    double ventricle_endo, ventricle_epi; ///< helix angle alpha
    double sheet_endo, sheet_epi;         ///< sheet angle beta
    double atrium_endo, atrium_epi;       ///< angle of atrial fibres to the circumference of the atrioventricular mouth
  };
  FibreRules read_fibre_rules(const Parameters &deck);

  /// What a rule found for the nodes of its tissue: no frame where the fields' gradients vanish.
  struct TissueFibres
  {
    std::vector<unsigned> nodes;             ///< of the tissue's cells
    std::vector<std::optional<Frame>> frame; ///< by node of the anatomy
    std::vector<double> transmural;          ///< by node of the anatomy
  };

  /// Laplace-Dirichlet rule of Bayer et al. 2012, 10.1007/s10439-012-0593-5. See ventricles.cc.
  TissueFibres ventricular_fibres(const Anatomy &anatomy, const LongAxis &axis, const FibreRules &rules);

  /// Fibres around the atrioventricular mouths, after Piersanti et al. 2021, 10.1016/j.cma.2020.113468. See atria.cc.
  TissueFibres atrial_fibres(const Anatomy &anatomy, const FibreRules &rules);

  /// Frames of valves and vessels, whose materials have no direction: sheet along the outward surface normal, fibre
  /// around the long axis. Only so that every node has a frame. No frame where no surface touches the node.
  TissueFibres passive_frames(const Anatomy &anatomy, const LongAxis &axis);

  /// Gives every node of the tissue a frame: where the rule has none, the mean of the neighbours', from the outside in;
  /// where no neighbour has one (an island), fibre and sheet across `fallback`.
  void fill_from_neighbours(const Anatomy &anatomy, Tissue tissue, const Point3 &fallback, TissueFibres &fibres);
}
