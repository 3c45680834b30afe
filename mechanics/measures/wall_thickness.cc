// Lines through the wall: rays in the reference configuration, material ever after.
#include "mechanics/measures/wall_thickness.h"

#include "core/mesh/vectors.h"
#include "meshes/fibres/landmarks.h"
#include "meshes/surfaces.h"

#include <algorithm>
#include <optional>

namespace vivicor
{
  namespace
  {
    using Points = std::vector<Point3>;

    struct OnTriangle
    {
      double distance;
      std::array<unsigned, 3> nodes;
      std::array<double, 3> weights;
    };

    // Moeller and Trumbore 1997; the small slack closes the seams between triangles.
    std::optional<OnTriangle> hit(const Points &x, const Triangle &triangle, const Point3 &from, const Point3 &direction)
    {
      constexpr double slack = 1e-9;
      const Point3 a = x[triangle.nodes[0]], ab = x[triangle.nodes[1]] - a, ac = x[triangle.nodes[2]] - a;
      const Point3 p = cross(direction, ac), r = from - a, q = cross(r, ab);
      const double determinant = dot(ab, p);
      if (std::abs(determinant) < 1e-12 * dot(ab, ab))
        return {};
      const double u = dot(r, p) / determinant, v = dot(direction, q) / determinant, t = dot(ac, q) / determinant;
      if (u < -slack || v < -slack || u + v > 1 + slack || t <= 0)
        return {};
      return OnTriangle{t, triangle.nodes, {1 - u - v, u, v}};
    }

    // Where rays out of the inner surface leave the wall.
    class OuterSurface
    {
    public:
      OuterSurface(const Points &x, Surface triangles) : x(x), triangles(std::move(triangles))
      {
        for (const Triangle &triangle : this->triangles)
          for (unsigned i = 0; i < 3; ++i)
            longest_edge = std::max(longest_edge, norm(x[triangle.nodes[i]] - x[triangle.nodes[(i + 1) % 3]]));
      }

      std::optional<OnTriangle> first_hit(const Point3 &from, const Point3 &direction) const
      {
        std::optional<OnTriangle> nearest;
        for (const Triangle &triangle : triangles)
          {
            const Point3 r = x[triangle.nodes[0]] - from;
            const double along = dot(r, direction);
            if (dot(r, r) - along * along > longest_edge * longest_edge)
              continue;
            const auto h = hit(x, triangle, from, direction);
            if (h && (!nearest || h->distance < nearest->distance))
              nearest = h;
          }
        return nearest;
      }

    private:
      const Points &x;
      Surface triangles;
      double longest_edge = 0;
    };
  }

  double Transmural::length(const Points &x) const
  {
    Point3 across = -1.0 * x[inner];
    for (unsigned i = 0; i < 3; ++i)
      across = across + weights[i] * x[outer[i]];
    return norm(across);
  }

  std::vector<Point3> outward_normals(const Points &x, const Surface &endocardium)
  {
    Points sum(x.size(), Point3{0, 0, 0});
    for (const Triangle &triangle : endocardium)
      {
        const auto &[a, b, c] = triangle.nodes;
        const Point3 into_blood = cross(x[b] - x[a], x[c] - x[a]);
        for (const unsigned n : triangle.nodes)
          sum[n] = sum[n] - into_blood;
      }
    return sum;
  }

  std::vector<Transmural> transmural_lines(const Anatomy &anatomy)
  {
    const Surface endo = endocardium(anatomy, "LV");
    Surface outer = part_on_tissue(anatomy, anatomy.epicardium, Tissue::ventricle);
    const Surface septal = endocardium(anatomy, "RV");
    outer.insert(outer.end(), septal.begin(), septal.end());
    const OuterSurface outside(anatomy.points, outer);
    const Points outward = outward_normals(anatomy.points, endo);
    std::vector<Transmural> lines;
    for (const unsigned n : nodes_of(endo))
      if (const auto nearest = outside.first_hit(anatomy.points[n], unit(outward[n])))
        lines.push_back({n, nearest->nodes, nearest->weights});
    return lines;
  }
}
