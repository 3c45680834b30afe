#include "electrophysiology/leads/lead_field.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    /// ln((R1 + l1) / (R0 + l0)) without cancellation where both l are negative.
    double logarithm(double l0, double l1, double R0, double R1)
    {
      return l0 < 0 && l1 < 0 ? std::log((R0 - l0) / (R1 - l1)) : std::log((R1 + l1) / (R0 + l0));
    }
  }

  double inverse_distance_integral(const std::array<Point3, 3> &corners, const Point3 &p)
  {
    const Point3 normal = unit(cross(corners[1] - corners[0], corners[2] - corners[0]));
    const double height = std::abs(dot(p - corners[0], normal));
    double sum = 0;
    for (unsigned k = 0; k < 3; ++k)
      {
        const Point3 &a = corners[k], &b = corners[(k + 1) % 3];
        const Point3 along = unit(b - a), outward = cross(along, normal);
        const double l0 = dot(a - p, along), l1 = dot(b - p, along), t = dot(a - p, outward);
        const double R0 = distance(a, p), R1 = distance(b, p), to_line_squared = t * t + height * height;
        if (t == 0 || to_line_squared < 1e-24 * (R0 + R1) * (R0 + R1))
          continue; // seen edge-on or from the edge: contributes nothing
        sum += t * logarithm(l0, l1, R0, R1);
        sum -= height * (std::atan(t * l1 / (to_line_squared + height * R1)) - std::atan(t * l0 / (to_line_squared + height * R0)));
      }
    return sum;
  }

  double solid_angle(const std::array<Point3, 3> &corners, const Point3 &p)
  {
    const Point3 a = corners[0] - p, b = corners[1] - p, c = corners[2] - p;
    const double A = norm(a), B = norm(b), C = norm(c);
    return 2 * std::atan2(dot(a, cross(b, c)), A * B * C + dot(a, b) * C + dot(a, c) * B + dot(b, c) * A);
  }

  Point3 inverse_distance_gradient_integral(const std::array<Point3, 4> &x, double volume, const Point3 &p)
  {
    constexpr double far = 20; // radii of the cell
    const Point3 centroid = 0.25 * (x[0] + x[1] + x[2] + x[3]), arm = p - centroid;
    double radius = 0;
    for (const Point3 &corner : x)
      radius = std::max(radius, distance(corner, centroid));
    if (const double r = norm(arm); r > far * radius)
      return (volume / (r * r * r)) * arm;
    Point3 sum{0, 0, 0};
    constexpr std::array<std::array<unsigned, 3>, 4> faces{{{1, 2, 3}, {0, 3, 2}, {0, 1, 3}, {0, 2, 1}}};
    for (const auto &face : faces)
      {
        const std::array<Point3, 3> corners{x[face[0]], x[face[1]], x[face[2]]};
        Point3 normal = unit(cross(corners[1] - corners[0], corners[2] - corners[0]));
        if (dot(normal, corners[0] - centroid) < 0)
          normal = -1.0 * normal;
        sum = sum + inverse_distance_integral(corners, p) * normal;
      }
    return sum;
  }
}
