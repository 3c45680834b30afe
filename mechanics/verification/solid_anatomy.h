// A verification problem's mesh as the moving wall of whole hearts wants it.
#pragma once

#include "mechanics/verification/solid/solid_mesh.h"
#include "meshes/fibres/fibres.h"

#include <functional>

namespace vivicor
{
  struct WallProblem
  {
    Anatomy anatomy; ///< one region "LV" of ventricular tissue
    Fibres fibres;
  };

  /// Straight tetrahedra on the placed vertices of a mesh of tetrahedra.
  /// @param pressed boundary id of the cavity "LV", which may be open; @param fixed of the vessel ends
  /// @param frame fibres at a point; they are put at the nodes
  WallProblem wall_problem(const SolidMesh &mesh, int pressed, int fixed, const std::function<Frame(const Point3 &X)> &frame);

  /// The node at a point. @throws std::out_of_range when none lies within 1e-6 mm
  unsigned node_at(const Anatomy &anatomy, const Point3 &X);
}
