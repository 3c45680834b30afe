#include "mechanics/verification/solid/solid_mesh.h"

#include <algorithm>

namespace vivicor
{
  std::function<Point3(const std::vector<Point3> &, const std::vector<double> &)> placed_by(
    std::function<Point3(const Point3 &drawn)> chart)
  {
    return [chart = std::move(chart)](const std::vector<Point3> &corners, const std::vector<double> &weights) {
      Point3 drawn{0, 0, 0};
      for (std::size_t v = 0; v < corners.size(); ++v)
        for (unsigned i = 0; i < 3; ++i)
          drawn[i] += weights[v] * corners[v][i];
      return chart(drawn);
    };
  }

  SolidMesh box_mesh(SolidMesh::Shape shape, const Point3 &size, const std::array<unsigned, 3> &n)
  {
    SolidMesh mesh;
    const auto vertex = [&](unsigned i, unsigned j, unsigned k) { return (k * (n[1] + 1) + j) * (n[0] + 1) + i; };
    for (unsigned k = 0; k <= n[2]; ++k)
      for (unsigned j = 0; j <= n[1]; ++j)
        for (unsigned i = 0; i <= n[0]; ++i)
          mesh.vertices.push_back({size[0] * i / n[0], size[1] * j / n[1], size[2] * k / n[2]});
    for (unsigned k = 0; k < n[2]; ++k)
      for (unsigned j = 0; j < n[1]; ++j)
        for (unsigned i = 0; i < n[0]; ++i)
          {
            auto &cell = mesh.cells.emplace_back();
            for (unsigned corner = 0; corner < 8; ++corner)
              cell.push_back(vertex(i + (corner & 1), j + (corner >> 1 & 1), k + (corner >> 2)));
          }
    mesh.boundary_id = [size](const std::vector<Point3> &corners) {
      for (unsigned i = 0; i < 3; ++i)
        for (const int side : {0, 1})
          if (std::all_of(corners.begin(), corners.end(),
                          [&](const Point3 &x) { return std::abs(x[i] - side * size[i]) < 1e-9 * size[i]; }))
            return static_cast<int>(2 * i) + side;
      return -1;
    };
    return shape == SolidMesh::Shape::hexahedra ? mesh : split_into_tetrahedra(mesh);
  }

  SolidMesh split_into_tetrahedra(const SolidMesh &hexahedra)
  {
    // Every quadrilateral is cut from its vertex of the lowest number, which both of its cells see alike; the triangles of the
    // three faces away from the cell's lowest vertex are the bases of the tetrahedra.
    constexpr unsigned faces[6][4] = {{0, 2, 6, 4}, {1, 3, 7, 5}, {0, 1, 5, 4}, {2, 3, 7, 6}, {0, 1, 3, 2}, {4, 5, 7, 6}};
    SolidMesh mesh = hexahedra;
    mesh.shape = SolidMesh::Shape::tetrahedra;
    mesh.cells.clear();
    for (const auto &cell : hexahedra.cells)
      {
        const unsigned top = *std::min_element(cell.begin(), cell.end());
        for (const auto &face : faces)
          {
            std::array<unsigned, 4> ring;
            std::transform(std::begin(face), std::end(face), ring.begin(), [&](unsigned v) { return cell[v]; });
            if (std::find(ring.begin(), ring.end(), top) != ring.end())
              continue;
            std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end()), ring.end());
            mesh.cells.push_back({top, ring[0], ring[1], ring[2]});
            mesh.cells.push_back({top, ring[0], ring[2], ring[3]});
          }
      }
    return mesh;
  }
}
