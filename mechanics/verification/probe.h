// Values at points of a mesh of linear tetrahedra.
#pragma once

#include "core/mesh/mesh.h"

#include <array>
#include <vector>

namespace vivicor
{
  /// A point as weighted nodes.
  struct Probe
  {
    std::array<unsigned, 4> nodes{};
    std::array<double, 4> weights{};

    /// The cell that holds X, or, for a point that a mesh of straight edges just misses, the one that it is least outside of.
    static Probe find(const std::vector<Point3> &points, const std::vector<std::array<unsigned, 4>> &cells, const Point3 &X);

    Point3 of(const std::vector<Point3> &nodal) const
    {
      Point3 value{0, 0, 0};
      for (unsigned a = 0; a < 4; ++a)
        for (unsigned i = 0; i < 3; ++i)
          value[i] += weights[a] * nodal[nodes[a]][i];
      return value;
    }
  };
}
