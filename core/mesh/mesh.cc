#include "core/mesh/mesh.h"

namespace vivicor
{
  double signed_volume(const std::vector<Point3> &points, const std::array<unsigned, 4> &nodes)
  {
    const Point3 &origin = points[nodes[0]];
    std::array<Point3, 3> edge;
    for (unsigned e = 0; e < 3; ++e)
      for (unsigned d = 0; d < 3; ++d)
        edge[e][d] = points[nodes[e + 1]][d] - origin[d];
    const auto &[a, b, c] = edge;
    return (a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0])) / 6.0;
  }

  double signed_volume(const Mesh &mesh, std::size_t cell)
  {
    return signed_volume(mesh.points, mesh.cells[cell]);
  }
}
