// What a mesh must be before it is worth computing on. Each check names the first offender and counts the rest.
#pragma once

#include "core/mesh/mesh.h"

#include <string>

namespace vivicor
{
  /// Reorders cells to positive volume when the file's winding is left-handed throughout.
  /// @param where the mesh, for messages
  /// @return true if it did
  /// @throws UserError with number and position of the first cell whose volume has the other sign or is zero
  bool orient_cells(Mesh &mesh, const std::string &where);

  /// @throws UserError for two nodes at one place, one cell twice, a face shared by more than two cells
  void check_unique(const Mesh &mesh, const std::string &where);

  /// @throws UserError when the cells fall into several pieces that share no faces
  void check_connected(const Mesh &mesh, const std::string &where);

  /// Drops nodes that no cell has, and facets with such nodes. @return number of dropped nodes
  std::size_t drop_unused_nodes(Mesh &mesh);
}
