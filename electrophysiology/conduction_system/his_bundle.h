// The whole network: His bundle, bundle branches and fascicles by anatomy, and the twigs that grow from them.
#pragma once

#include "core/parameters/parameters.h"
#include "electrophysiology/conduction_system/purkinje_tree.h"

namespace vivicor
{
  /// Entries "tree" and "cut" of the section "electrophysiology.conduction_system".
  void declare_purkinje_tree(Schema &conduction_system);

  /// Names of the parts that "cut" may hold.
  const std::vector<std::string> &bundle_names();
  /// The parts that a deck cuts. @throws UserError for a part that does not exist
  std::vector<std::string> cut_bundles(const Parameters &conduction_system);
  /// Whether cuts keep excitation from a bundle branch. @param branch "left_bundle" or "right_bundle"
  bool is_blocked(const std::string &branch, const std::vector<std::string> &cuts);

  /// From the atrioventricular node (or, without atria, from above the septum) the His bundle runs to the crest of the
  /// ventricular septum. The left bundle branch goes through it and down the left septum, where it parts into an anterior, a
  /// septal and a posterior fascicle; they end at the three places where Durrer et al. 1970 (10.1161/01.CIR.41.6.899) saw the
  /// left ventricle begin. The right bundle branch goes down the right septum to the foot of the moderator band, and along it
  /// to the free wall. None of them touches muscle. From their ends the twigs grow over both endocardia (see grow()).
  /// Every rank builds the same tree; it depends on the anatomy and the seed, not on the refinement.
  /// @param av_node centre of the AV node; null: there are no atria
  /// @throws UserError when the mesh has no ventricular cavity
  PurkinjeTree build_purkinje_tree(const Anatomy &anatomy, const HeartAxes &axes, const Point3 *av_node,
                                   const Parameters &conduction_system);
}
