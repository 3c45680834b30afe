// Tetrahedra, tagged triangles and named nodal fields, as read or generated: no physics, no distribution. Lengths in mm.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace vivicor
{
  using Point3 = std::array<double, 3>;

  struct Mesh
  {
    struct Facet
    {
      std::array<unsigned, 3> nodes; ///< right-handed normal points out of the owning cell, if it has one
      int tag = 0;
    };

    std::vector<Point3> points;                         ///< mm
    std::vector<std::array<unsigned, 4>> cells;         ///< positive volume: det(x1-x0, x2-x0, x3-x0) > 0
    std::vector<int> cell_tag;                          ///< as in the file
    std::vector<Facet> facets;                          ///< tagged triangles
    std::map<std::string, std::vector<Point3>> vectors; ///< nodal vector fields, e.g. "fibre", "unloaded_xyz"
  };

  double signed_volume(const std::vector<Point3> &points, const std::array<unsigned, 4> &nodes); ///< of a tetrahedron, mm^3
  double signed_volume(const Mesh &mesh, std::size_t cell);                                      ///< mm^3
}
