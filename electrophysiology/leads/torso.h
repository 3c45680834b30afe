// A uniform torso that no current leaves: it raises the potentials on its skin to two or three times those of an
// unbounded one.
//
// Outside there is air, so that on the surface (Barr et al. 1966, 10.1109/TBME.1966.4502411; Barnard et al. 1967,
// 10.1016/S0006-3495(67)86598-6)
//   phi(x) = 2 phi_unbounded(x) + 1/(2 pi) integral of phi(y) dOmega_x(y),
// Omega_x the solid angle seen from x. phi is constant on each triangle and the equation holds at the centroids; the
// constant that it leaves free is deflated (mean zero). Between centroids the equation itself interpolates. What an
// electrode sees of a source anywhere inside follows from the transposed system, solved once for each electrode.
#pragma once

#include "electrophysiology/leads/heart_axes.h"

#include <vector>

namespace vivicor
{
  /// A closed surface, triangles seen from outside counter-clockwise. mm.
  struct TriangleSurface
  {
    std::vector<Point3> points;
    std::vector<std::array<unsigned, 3>> triangles;

    std::array<Point3, 3> corners(std::size_t triangle) const;
  };

  /// An elliptic cylinder with flat ends along the z axis.
  TriangleSurface elliptic_cylinder(double half_width, double half_depth, double bottom, double top, unsigned around, unsigned rows);

  /// The point of a triangle nearest to p.
  Point3 nearest_point(const std::array<Point3, 3> &triangle, const Point3 &p);

  class Torso
  {
  public:
    /// @param electrodes moved to the nearest point of the surface
    Torso(const TriangleSurface &surface, std::vector<Point3> electrodes);

    /// Potential at each electrode for a unit of current that enters at x, times 4 pi sigma: 1/mm. A constant common to
    /// all x and another common to all electrodes stand for where the current leaves.
    void potentials(const Point3 &x, double *by_electrode) const;
    const std::vector<Point3> &electrodes() const { return places; }

  private:
    std::vector<Point3> places, centroids;
    std::vector<double> weights; ///< of centroid k for electrode e at [k * n_electrodes + e]
  };
}
