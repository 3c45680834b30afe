// Reading unstructured grids of tetrahedra and triangles from VTK's XML format (.vtu).
#pragma once

#include "meshes/sources/files/file_content.h"

#include <string>

namespace vivicor
{
  /// Tetrahedra and triangles (of quadratic ones the corners), their tags and every nodal scalar and vector field, as
  /// in the file: lengths unscaled, order of the nodes of a cell kept (Mesh::cells may have negative volume here).
  /// Text, inline base64 and appended data, plain or zlib-compressed; vertices and lines are skipped.
  /// @param tag_array cell array of whole numbers that becomes Mesh::cell_tag and Facet::tag
  /// @throws UserError for a damaged or truncated file, other kinds of cells, an absent tag array
  MeshFileContent read_vtu(const std::string &file, const std::string &tag_array);
}
