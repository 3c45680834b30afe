#include "mechanics/verification/land_ventricle.h"

#include "core/mesh/vectors.h"

#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr double base = 5; // mm
    double r_short(double t)
    {
      return 7 + 3 * t;
    }
    double r_long(double t)
    {
      return 17 + 3 * t;
    }

    /// Distance from the z axis and height on the ellipsoid t.
    std::array<double, 2> meridian(double along, double t)
    {
      const double angle = along * (M_PI - std::acos(base / r_long(t))); // from the apex
      return {r_short(t) * std::sin(angle), -r_long(t) * std::cos(angle)};
    }
  }

  Point3 LandVentricle::place(double along, double around, double depth)
  {
    const auto inner = meridian(along, 0), outer = meridian(along, 1);
    const double r = (1 - depth) * inner[0] + depth * outer[0];
    return {r * std::cos(around), r * std::sin(around), (1 - depth) * inner[1] + depth * outer[1]};
  }

  double LandVentricle::depth(const Point3 &X)
  {
    const double r2 = X[0] * X[0] + X[1] * X[1], z2 = X[2] * X[2];
    double t = 0.5; // Newton's method on a function that falls and is convex
    for (unsigned k = 0; k < 50; ++k)
      {
        const double a = r_short(t), b = r_long(t), value = r2 / (a * a) + z2 / (b * b) - 1;
        const double step = value / (-6 * (r2 / (a * a * a) + z2 / (b * b * b)));
        t -= step;
        if (std::abs(step) < 1e-13)
          break;
      }
    return t;
  }

  Frame LandVentricle::fibres(const Point3 &X)
  {
    const double t = depth(X), angle = M_PI * (0.5 - t);
    const double r = std::hypot(X[0], X[1]), c = r > 1e-12 ? X[0] / r : 1.0, s = r > 1e-12 ? X[1] / r : 0.0;
    const double from_apex = std::atan2(r / r_short(t), -X[2] / r_long(t));
    const double outward = r_short(t) * std::cos(from_apex), upward = r_long(t) * std::sin(from_apex);
    const Point3 along = unit({outward * c, outward * s, upward}), around{-s, c, 0};
    Frame frame;
    frame.fibre = std::sin(angle) * along + std::cos(angle) * around;
    frame.sheet = std::cos(angle) * along - std::sin(angle) * around;
    frame.normal = cross(frame.fibre, frame.sheet);
    return frame;
  }
}
