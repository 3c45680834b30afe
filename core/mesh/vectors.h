// The few operations on points and vectors of space that geometry needs.
#pragma once

#include "core/mesh/mesh.h"

#include <cmath>
#include <vector>

namespace vivicor
{
  inline Point3 operator+(const Point3 &a, const Point3 &b)
  {
    return {a[0] + b[0], a[1] + b[1], a[2] + b[2]};
  }
  inline Point3 operator-(const Point3 &a, const Point3 &b)
  {
    return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
  }
  inline Point3 operator*(double s, const Point3 &a)
  {
    return {s * a[0], s * a[1], s * a[2]};
  }
  inline double dot(const Point3 &a, const Point3 &b)
  {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
  inline double norm(const Point3 &a)
  {
    return std::sqrt(dot(a, a));
  }

  inline double distance(const Point3 &a, const Point3 &b)
  {
    return norm(a - b);
  }

  inline Point3 cross(const Point3 &a, const Point3 &b)
  {
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
  }

  /// Each point at its displaced place.
  inline std::vector<Point3> moved(std::vector<Point3> points, const std::vector<Point3> &displacement)
  {
    for (std::size_t n = 0; n < points.size(); ++n)
      points[n] = points[n] + displacement[n];
    return points;
  }

  /// a/|a|; the zero vector stays zero.
  inline Point3 unit(const Point3 &a)
  {
    const double length = norm(a);
    return length > 0 ? (1 / length) * a : Point3{0, 0, 0};
  }

  /// The part of `a` perpendicular to the unit vector `e`.
  inline Point3 perpendicular_part(const Point3 &a, const Point3 &e)
  {
    return a - dot(a, e) * e;
  }

  /// Some unit vector perpendicular to the unit vector `e`.
  inline Point3 any_perpendicular(const Point3 &e)
  {
    const Point3 trial = std::abs(e[0]) < 0.6 ? Point3{1, 0, 0} : Point3{0, 1, 0};
    return unit(perpendicular_part(trial, e));
  }
}
