// Boxes of equal cells, of any element: for cables, verification and measurements. On one rank.
#pragma once

#include "electrophysiology/tissue/elements.h"
#include "electrophysiology/tissue/refined_mesh.h"

namespace vivicor
{
  struct BoxMesh
  {
    RefinedMesh nodes; ///< without cells; one group of ionic models
    CellList cells;
    std::array<unsigned, 3> n{}; ///< node spacings along each axis; 0 beyond the dimension

    /// The node nearest to a point.
    unsigned nearest(const Point3 &point) const;
    double spacing = 1; ///< mm, between nodes
  };

  /// n cells of edge h (mm) along each axis of the element's dimensions, from the origin. A square is cut into two triangles, a
  /// cube into six tetrahedra, around the diagonal from the origin.
  BoxMesh box_mesh(const Element &element, const std::array<unsigned, 3> &n, double h);
}
