// Reading Gmsh's own format (.msh, versions 2 and 4, text and binary) through its library.
#pragma once

#include "meshes/sources/files/file_content.h"

#include <string>

namespace vivicor
{
  /// Which numbers of a file become tags.
  enum class MshTags {
    physical, ///< physical groups: what the author of the geometry named
    entity    ///< volumes and surfaces of the geometry
  };

  /// Tetrahedra and triangles (of higher order the corners) with their tags; nodal data of the file with one or three components;
  /// data of elements with three components, as directions: their mean at each node, signs aligned, since a fibre has no head.
  /// Points, lines and triangles of no group are left out; a tetrahedron of no group has the tag 0.
  /// @throws UserError for a damaged file, other kinds of elements, a tetrahedron in two groups, no tetrahedra
  MeshFileContent read_msh(const std::string &file, MshTags tags);
}
