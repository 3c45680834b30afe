// Mesh generators leave flat tetrahedra on smooth surfaces where two surface triangles should have been joined the
// other way.
#pragma once

#include "core/mesh/mesh.h"

namespace vivicor
{
  /// Takes away cells that have two faces on the boundary and a dihedral angle below `angle_deg`, which turns the edge
  /// between the two faces. The outside stays closed and its shape changes by the flat cells' volume only. Needs no
  /// tags but keeps them.
  /// @return number of cells taken away
  std::size_t remove_flat_boundary_cells(Mesh &mesh, double angle_deg);
}
