// The truncated ellipsoid of Land et al. 2015 (10.1098/rspa.2015.0641), problems 2 and 3.
#pragma once

#include "meshes/fibres/fibres.h"

namespace vivicor
{
  /// The truncated ellipsoid of problems 2 and 3: half axes 7, 7, 17 mm inside and 10, 10, 20 mm outside, apex at z = -17 and -20 mm,
  /// base at z = 5 mm.
  struct LandVentricle
  {
    /// Straight lines through the wall, see ventricle_mesh().
    static Point3 place(double along, double around, double depth);
    /// t of the ellipsoid through X with half axes 7 + 3 t, 17 + 3 t.
    static double depth(const Point3 &X);
    /// Fibres tangential to that ellipsoid, at 90 - 180 t degrees from the circumference; at the apex any direction.
    static Frame fibres(const Point3 &X);
  };
}
