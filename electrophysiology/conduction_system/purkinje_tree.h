// The His-Purkinje network as a tree of short segments, from the His bundle to its junctions with the muscle.
#pragma once

#include "electrophysiology/leads/heart_axes.h"

#include <cmath>
#include <string>
#include <vector>

namespace vivicor
{
  struct PurkinjeTree
  {
    static constexpr unsigned none = 0xffffffff;

    std::vector<Point3> points;       ///< mm
    std::vector<unsigned> parent;     ///< a lower number; none: the root, number 0
    std::vector<double> length;       ///< mm, of the segment to the parent
    std::vector<unsigned> bundle;     ///< index into bundles, of the segment to the parent
    std::vector<char> severed;        ///< whether that segment is cut through
    std::vector<unsigned> junctions;  ///< nodes that touch the muscle
    std::vector<std::string> bundles; ///< names of the parts that can be cut

    /// Appends a node. @return its number
    unsigned add(unsigned parent_node, const Point3 &point, unsigned bundle_index)
    {
      points.push_back(point);
      parent.push_back(parent_node);
      length.push_back(parent_node == none ? 0.0 : distance(point, points[parent_node]));
      bundle.push_back(bundle_index);
      severed.push_back(0);
      return static_cast<unsigned>(points.size() - 1);
    }

    /// Appends a polygon in segments of at most `segment` mm. @return its last node
    unsigned add_way(unsigned from, const std::vector<Point3> &way, double segment, unsigned bundle_index)
    {
      for (const Point3 &corner : way)
        {
          const Point3 begin = points[from];
          const double span = distance(begin, corner);
          const auto pieces = static_cast<unsigned>(std::ceil(span / segment - 1e-9));
          for (unsigned k = 1; k <= pieces; ++k)
            from = add(from, begin + static_cast<double>(k) / pieces * (corner - begin), bundle_index);
        }
      return from;
    }
  };
}
