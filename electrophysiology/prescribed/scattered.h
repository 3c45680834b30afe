// Values at scattered points, brought to the nodes of a mesh.
#pragma once

#include "core/mesh/mesh.h"
#include "electrophysiology/stimuli/number_table.h"

#include <vector>

namespace vivicor
{
  /// At the points marked `inside`: the mean of the nearest four rows (x, y, z, value), weighted by the inverse square of their
  /// distance (Shepard 1968, 10.1145/800186.810616); at a row's own point its value. Rows with a negative value stand for
  /// ActivationMap::never, and a node takes that when it is what the nearest says.
  std::vector<double> between_points(const NumberTable &rows, const std::vector<Point3> &points, const std::vector<char> &inside);
}
