// Potentials of sources in a uniform conductor without boundaries, worked out without quadrature.
#pragma once

#include "electrophysiology/leads/heart_axes.h"

namespace vivicor
{
  /// Integral of 1/|x - p| over a flat triangle, mm, in closed form; finite everywhere, also on the triangle.
  /// Wilton et al. 1984, 10.1109/TAP.1984.1143304, equation 5.
  double inverse_distance_integral(const std::array<Point3, 3> &corners, const Point3 &p);

  /// Solid angle of a triangle seen from p: positive where p lies behind it (its normal, by the right-hand rule, points
  /// away from p); 0 in its plane. Van Oosterom and Strackee 1983, 10.1109/TBME.1983.325207.
  double solid_angle(const std::array<Point3, 3> &corners, const Point3 &p);

  /// Integral over a tetrahedron of grad(1/|x - p|), mm: by Gauss' theorem the sum over its faces of the outward normal
  /// times inverse_distance_integral(); far away (its error is below 1e-3 there) the value at the centroid times the
  /// volume.
  /// @param volume of the tetrahedron, mm^3
  Point3 inverse_distance_gradient_integral(const std::array<Point3, 4> &corners, double volume, const Point3 &p);
}
