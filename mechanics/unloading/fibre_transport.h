// Muscle directions carried along with a deformation.
#pragma once

#include "meshes/fibres/fibres.h"

namespace vivicor
{
  /// A fibre is a line of the material: under the deformation gradient F it becomes F f/|F f|. The sheet spans with it the
  /// plane into which the old sheet and fibre went. F at a node is the mean over its cells, weighted by their volumes in the
  /// unloaded shape, so that the two functions undo each other. Depth and height in the wall belong to the material points and
  /// stay; apex, base and axis move.

  /// From the unloaded anatomy into the shape whose nodes lie at `x` (mm).
  Fibres pushed_forward(const Fibres &fibres, const Anatomy &unloaded, const std::vector<Point3> &x);
  /// From the deformed anatomy into the unloaded shape whose nodes lie at `X` (mm).
  Fibres pulled_back(const Fibres &fibres, const Anatomy &deformed, const std::vector<Point3> &X);
}
