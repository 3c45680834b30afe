// Meshes of a wall around a cavity with one opening, such as half an ellipsoid, without a degenerate cell at the apex.
#pragma once

#include "mechanics/verification/solid/solid_mesh.h"

#include <functional>

namespace vivicor
{
  /// Numbers of cells: `quarter` round a quarter (even: a vertex lies at the apex), `along` from the cap's rim to the base,
  /// `wall` through the wall. The cap has quarter^2 cells a layer.
  struct VentricleCounts
  {
    unsigned quarter = 4, along = 5, wall = 1;
    /// Uniform refinement.
    VentricleCounts refined(unsigned times = 1) const { return {quarter << times, along << times, wall << times}; }
  };

  /// Boundary ids.
  enum VentricleBoundary : int { ventricle_base = 0, ventricle_inside = 1, ventricle_outside = 2 };

  /// How the cells' faces are cut into triangles. Parallel diagonals all lean the same way, and twist a ventricle that hardly twists;
  /// alternating ones make the mesh its own mirror image, but linear tetrahedra a little stiffer.
  enum class Diagonals { parallel, alternating };

  /// A square cap around the apex and four blocks from its bulged sides to the base, as on a cubed sphere. Curved cells: every
  /// point lies where `place` puts it, which must be smooth but for the polar coordinates at along = 0. Tetrahedra: six to each of these
  /// cells.
  /// @param place along: 0 at the apex to 1 at the base; around: angle in radians; depth: 0 inside to 1 outside. mm
  SolidMesh ventricle_mesh(SolidMesh::Shape shape, const VentricleCounts &counts,
                           const std::function<Point3(double along, double around, double depth)> &place,
                           Diagonals diagonals = Diagonals::parallel);
}
