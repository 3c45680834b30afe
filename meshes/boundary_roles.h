// Which faces of the tissue enclose blood, which are held, which slide in the pericardium.
#pragma once

#include "meshes/tag_map.h"

#include <string>

namespace vivicor
{
  /// Fills cavities, fixed and epicardium of an anatomy whose points, cells are set. Triangles take their direction
  /// from the cell that owns them, not from the file; repeated triangles count once.
  /// @throws UserError for tagged triangles inside the tissue, a face in two cavities, an open or inside-out cavity
  void assign_boundary(const Mesh &mesh, const TagMap &tags, const std::string &where, Anatomy &anatomy);
}
