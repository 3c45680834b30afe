// Whether a mesh file's fibres are directions.
#pragma once

#include "core/mesh/mesh.h"
#include "core/parameters/parameters.h"

#include <vector>

namespace vivicor
{
  /// Where the deck takes fibres or sheets from the file: at every node of a cell whose tag is not ignored, the vector is finite
  /// and either zero (the rule holds there) or of a length that somebody meant; not all are zero. Lengths other than 1 are told.
  /// Nodes are named as in the file, so this comes before any is dropped.
  /// @throws UserError with the first such node, its place and the number of the others
  void check_file_directions(const Mesh &mesh, const std::vector<long> &ignored_tags, const Parameters &deck);
}
