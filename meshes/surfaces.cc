#include "meshes/surfaces.h"

#include "core/mesh/vectors.h"
#include "core/sort_unique.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace vivicor
{
  namespace
  {
    using Edge = std::pair<unsigned, unsigned>;

    struct EdgeUse
    {
      Edge edge;
      std::size_t triangle;
    };

    // Every edge with every triangle that has it, equal edges side by side.
    std::vector<EdgeUse> edge_uses(const Surface &surface)
    {
      std::vector<EdgeUse> uses;
      uses.reserve(3 * surface.size());
      for (std::size_t t = 0; t < surface.size(); ++t)
        for (unsigned i = 0; i < 3; ++i)
          {
            const unsigned a = surface[t].nodes[i], b = surface[t].nodes[(i + 1) % 3];
            uses.push_back({{std::min(a, b), std::max(a, b)}, t});
          }
      std::stable_sort(uses.begin(), uses.end(), [](const EdgeUse &a, const EdgeUse &b) { return a.edge < b.edge; });
      return uses;
    }

    std::size_t root_of(std::vector<std::size_t> &parent, std::size_t i)
    {
      while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
      return i;
    }
  }

  FaceKey face_key(std::array<unsigned, 3> nodes)
  {
    std::sort(nodes.begin(), nodes.end());
    return nodes;
  }

  Surface boundary_of(const std::vector<std::array<unsigned, 4>> &cells)
  {
    struct Face
    {
      FaceKey key;
      unsigned cell, side;
    };
    std::vector<Face> faces;
    faces.reserve(4 * cells.size());
    for (unsigned c = 0; c < cells.size(); ++c)
      for (unsigned side = 0; side < 4; ++side)
        {
          const auto &f = tetrahedron_faces[side];
          faces.push_back({face_key({cells[c][f[0]], cells[c][f[1]], cells[c][f[2]]}), c, side});
        }
    std::sort(faces.begin(), faces.end(), [](const Face &a, const Face &b) { return a.key < b.key; });

    std::vector<std::pair<unsigned, unsigned>> single; // cell, side
    for (std::size_t i = 0, j; i < faces.size(); i = j)
      {
        for (j = i + 1; j < faces.size() && faces[j].key == faces[i].key; ++j)
          ;
        if (j == i + 1)
          single.emplace_back(faces[i].cell, faces[i].side);
      }
    std::sort(single.begin(), single.end());

    Surface surface;
    surface.reserve(single.size());
    for (const auto &[cell, side] : single)
      {
        const auto &f = tetrahedron_faces[side];
        surface.push_back({{cells[cell][f[0]], cells[cell][f[1]], cells[cell][f[2]]}, cell});
      }
    return surface;
  }

  std::vector<unsigned> connected_pieces(const Surface &surface)
  {
    std::vector<std::size_t> parent(surface.size());
    std::iota(parent.begin(), parent.end(), 0);
    const auto uses = edge_uses(surface);
    for (std::size_t i = 1; i < uses.size(); ++i)
      if (uses[i].edge == uses[i - 1].edge)
        {
          const auto a = root_of(parent, uses[i - 1].triangle), b = root_of(parent, uses[i].triangle);
          parent[std::max(a, b)] = std::min(a, b);
        }
    std::vector<unsigned> piece(surface.size());
    unsigned n = 0;
    for (std::size_t t = 0; t < surface.size(); ++t)
      {
        const auto root = root_of(parent, t);
        piece[t] = root == t ? n++ : piece[root];
      }
    return piece;
  }

  std::vector<Edge> open_edges(const Surface &surface)
  {
    std::vector<Edge> open;
    const auto uses = edge_uses(surface);
    for (std::size_t i = 0, j; i < uses.size(); i = j)
      {
        for (j = i + 1; j < uses.size() && uses[j].edge == uses[i].edge; ++j)
          ;
        if ((j - i) % 2)
          open.push_back(uses[i].edge);
      }
    return open;
  }

  std::vector<unsigned> nodes_of(const Surface &surface)
  {
    std::vector<unsigned> nodes;
    for (const Triangle &triangle : surface)
      nodes.insert(nodes.end(), triangle.nodes.begin(), triangle.nodes.end());
    sort_unique(nodes);
    return nodes;
  }

  Point3 centre_of(const std::vector<Point3> &points, const std::array<unsigned, 3> &nodes)
  {
    Point3 centre{};
    for (unsigned d = 0; d < 3; ++d)
      centre[d] = (points[nodes[0]][d] + points[nodes[1]][d] + points[nodes[2]][d]) / 3;
    return centre;
  }

  Point3 centre_of(const std::vector<Point3> &points, const Surface &surface)
  {
    Point3 sum{0, 0, 0};
    double area = 0;
    for (const Triangle &t : surface)
      {
        const Point3 &a = points[t.nodes[0]], &b = points[t.nodes[1]], &c = points[t.nodes[2]];
        const double twice_area = norm(cross(b - a, c - a));
        sum = sum + (twice_area / 3) * (a + b + c);
        area += twice_area;
      }
    return (1 / area) * sum;
  }

  Point3 normal_of(const std::vector<Point3> &points, const std::array<unsigned, 3> &nodes)
  {
    const Point3 &a = points[nodes[0]], &b = points[nodes[1]], &c = points[nodes[2]];
    const Point3 u{b[0] - a[0], b[1] - a[1], b[2] - a[2]}, v{c[0] - a[0], c[1] - a[1], c[2] - a[2]};
    const Point3 n{u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
    const double length = std::sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    return length > 0 ? Point3{n[0] / length, n[1] / length, n[2] / length} : Point3{};
  }

  std::string position(const Point3 &p)
  {
    char text[90];
    std::snprintf(text, sizeof(text), "(%.2f, %.2f, %.2f) mm", p[0], p[1], p[2]);
    return text;
  }
}
