// A passive law that also resists changes of volume at single points.
#pragma once

#include "mechanics/materials/material.h"

#include <memory>

namespace vivicor
{
  /// Adds k/4 (J^2 - 1 - 2 ln J) to an energy. A pressure field binds volumes in the mean over cells; where a law does not look at
  /// the volume, single quadrature points of coarse cells could collapse. The answer is the same in the limit, where J = 1.
  /// @param k kPa, of the order of the shear stiffness
  std::shared_ptr<const Material> with_volume_barrier(std::shared_ptr<const Material> law, double k);
}
