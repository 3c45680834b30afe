// Orthonormal frames as rotations: the axis, orient and bislerp operations of Bayer et al. 2012
// (10.1007/s10439-012-0593-5).
#pragma once

#include "meshes/fibres/fibres.h"

#include <optional>

namespace vivicor
{
  /// Columns (circumferential, longitudinal, transmural) before, (fibre, sheet normal, in-sheet transverse) after
  /// orient().
  struct Axes
  {
    Point3 e0, e1, e2;
  };

  /// e1 along `longitudinal`, e2 along the part of `transmural` perpendicular to it, e0 = e1 x e2. Empty where the two
  /// vectors vanish or are almost parallel (within 2 degrees).
  std::optional<Axes> axis(const Point3 &longitudinal, const Point3 &transmural);

  /// Turns (e0, e1) by `alpha` about e2, then (e1, e2) by `beta` about the new e0; radians.
  Axes orient(const Axes &q, double alpha, double beta);

  /// Spherical interpolation from `a` (t = 0) to `b` (t = 1) along the shortest way, where frames that differ by half
  /// turns about their own axes count as the same.
  Axes bislerp(const Axes &a, const Axes &b, double t);

  /// Right-handed frame with fibre along `fibre` and the sheet as near to `sheet` as that allows; empty where either
  /// vanishes or both are parallel.
  std::optional<Frame> frame_from(const Point3 &fibre, const Point3 &sheet);
}
