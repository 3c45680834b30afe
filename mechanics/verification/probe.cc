#include "mechanics/verification/probe.h"

#include "core/mesh/vectors.h"

#include <algorithm>
#include <limits>

namespace vivicor
{
  Probe Probe::find(const std::vector<Point3> &points, const std::vector<std::array<unsigned, 4>> &cells, const Point3 &X)
  {
    Probe best;
    double best_weight = -std::numeric_limits<double>::max();
    for (const auto &cell : cells)
      {
        const Point3 &o = points[cell[0]];
        const Point3 a = points[cell[1]] - o, b = points[cell[2]] - o, c = points[cell[3]] - o, x = X - o;
        const double det = dot(a, cross(b, c));
        std::array<double, 4> w{0, dot(x, cross(b, c)) / det, dot(a, cross(x, c)) / det, dot(a, cross(b, x)) / det};
        w[0] = 1 - w[1] - w[2] - w[3];
        if (const double least = *std::min_element(w.begin(), w.end()); least > best_weight)
          {
            best_weight = least;
            best = {cell, w};
          }
      }
    return best;
  }
}
