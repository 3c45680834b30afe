#include "electrophysiology/leads/torso.h"

#include "core/error.h"
#include "core/ode/dense_solver.h"
#include "electrophysiology/leads/lead_field.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace vivicor
{
  std::array<Point3, 3> TriangleSurface::corners(std::size_t t) const
  {
    return {points[triangles[t][0]], points[triangles[t][1]], points[triangles[t][2]]};
  }

  TriangleSurface elliptic_cylinder(double half_width, double half_depth, double bottom, double top, unsigned around, unsigned rows)
  {
    // Rings of points: centre of the bottom, its half and whole radius, up the mantle, and in again over the top.
    TriangleSurface surface;
    std::vector<std::pair<double, double>> rings{{0.5, bottom}}; // radius, height
    for (unsigned r = 0; r <= rows; ++r)
      rings.emplace_back(1.0, bottom + (top - bottom) * r / rows);
    rings.emplace_back(0.5, top);
    surface.points.push_back({0, 0, bottom});
    for (const auto &[radius, z] : rings)
      for (unsigned k = 0; k < around; ++k)
        {
          const double angle = 2 * std::numbers::pi * k / around;
          surface.points.push_back({radius * half_width * std::cos(angle), radius * half_depth * std::sin(angle), z});
        }
    surface.points.push_back({0, 0, top});
    const auto at = [&](std::size_t ring, unsigned k) { return static_cast<unsigned>(1 + ring * around + k % around); };
    const auto last = static_cast<unsigned>(surface.points.size() - 1);
    for (unsigned k = 0; k < around; ++k)
      {
        surface.triangles.push_back({0, at(0, k + 1), at(0, k)});
        for (std::size_t r = 0; r + 1 < rings.size(); ++r)
          {
            surface.triangles.push_back({at(r, k), at(r, k + 1), at(r + 1, k + 1)});
            surface.triangles.push_back({at(r, k), at(r + 1, k + 1), at(r + 1, k)});
          }
        surface.triangles.push_back({at(rings.size() - 1, k), at(rings.size() - 1, k + 1), last});
      }
    return surface;
  }

  Point3 nearest_point(const std::array<Point3, 3> &triangle, const Point3 &p)
  {
    const auto &[a, b, c] = triangle;
    const Point3 normal = cross(b - a, c - a);
    const Point3 foot = p - (dot(p - a, normal) / dot(normal, normal)) * normal;
    bool inside = true;
    Point3 best = a;
    for (unsigned k = 0; k < 3; ++k)
      {
        const Point3 &from = triangle[k], edge = triangle[(k + 1) % 3] - from;
        inside = inside && dot(cross(edge, foot - from), normal) >= 0;
        const Point3 on_edge = from + std::clamp(dot(p - from, edge) / dot(edge, edge), 0.0, 1.0) * edge;
        if (distance(on_edge, p) < distance(best, p))
          best = on_edge;
      }
    return inside ? foot : best;
  }

  namespace
  {
    /// The electrode on the surface, and the triangle that it lies on.
    std::pair<Point3, std::size_t> onto(const TriangleSurface &surface, const Point3 &electrode)
    {
      std::pair<Point3, std::size_t> best{electrode, 0};
      double nearest = std::numeric_limits<double>::max();
      for (std::size_t t = 0; t < surface.triangles.size(); ++t)
        {
          const Point3 point = nearest_point(surface.corners(t), electrode);
          if (const double d = distance(point, electrode); d < nearest)
            {
              nearest = d;
              best = {point, t};
            }
        }
      return best;
    }
  }

  Torso::Torso(const TriangleSurface &surface, std::vector<Point3> electrodes) : places(std::move(electrodes))
  {
    const std::size_t n = surface.triangles.size();
    for (std::size_t t = 0; t < n; ++t)
      {
        const auto c = surface.corners(t);
        centroids.push_back(1.0 / 3.0 * (c[0] + c[1] + c[2]));
      }
    const auto share_of_view = [&](std::size_t t, const Point3 &x) { return solid_angle(surface.corners(t), x) / (2 * std::numbers::pi); };
    DenseMatrix transposed(n);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        transposed(j, i) = (i == j ? 1.0 : -share_of_view(j, centroids[i])) + 1.0 / static_cast<double>(n);

    std::vector<std::vector<double>> rows;
    for (Point3 &place : places)
      {
        const auto [point, triangle] = onto(surface, place);
        place = point + 1e-3 * (centroids[triangle] - point); // off the edges, where the view is not defined
        auto &row = rows.emplace_back(n);
        for (std::size_t t = 0; t < n; ++t)
          row[t] = t == triangle ? 0.0 : share_of_view(t, place);
      }
    const auto factors = DenseFactors::of(std::move(transposed));
    if (!factors)
      throw UserError({"the torso's surface gives no potentials", "electrophysiology.electrocardiogram", "its equations are singular", "",
                       "look for triangles without area or two in one place"});
    for (auto &row : rows)
      row = factors->solve(std::move(row));
    for (std::size_t k = 0; k < n; ++k)
      for (const auto &row : rows)
        weights.push_back(row[k]);
  }

  void Torso::potentials(const Point3 &x, double *by_electrode) const
  {
    const std::size_t n = places.size();
    for (std::size_t e = 0; e < n; ++e)
      by_electrode[e] = 2 / distance(x, places[e]);
    for (std::size_t k = 0; k < centroids.size(); ++k)
      {
        const double near = 2 / distance(x, centroids[k]);
        for (std::size_t e = 0; e < n; ++e)
          by_electrode[e] += near * weights[k * n + e];
      }
  }
}
