// The fibrous skeleton: nothing but the conduction system carries excitation from the atria to the ventricles.
#pragma once

#include "meshes/anatomy.h"

namespace vivicor
{
  inline const Region fibrous_ring{"fibrous_ring", Tissue::passive};

  /// Entry "insulation" in the section of the mesh.
  void declare_insulation(Schema &mesh);

  /// Turns cells in which atrial muscle touches ventricular muscle, be it in one node, into the passive region
  /// "fibrous_ring" on the side that the deck names, so that no node is excited from both sides; and with them the small
  /// pieces of that side which they cut off from the rest.
  void insulate(Anatomy &anatomy, const Parameters &mesh);
}
