// How firmly a heart is held in its place: without that it drifts away, since the pressures in closed cavities pull it nowhere.
#pragma once

#include "mechanics/settings.h"
#include "meshes/fibres/fibres.h"

#include <string>

namespace vivicor
{
  /// Of the six motions of a rigid body, the one that springs and dampers resist least.
  struct Hold
  {
    double stiffness = 0; ///< kPa/mm: against that motion, over the outer surface, whose points move by 1 mm (root mean square)
    std::string motion;   ///< "a shift along (0.0, 0.0, 1.0)", "a turn about (0.0, 0.0, 1.0)"
    bool clamped = false; ///< surfaces that do not move at all hold it
  };

  /// The smallest eigenvalue of  K_ij = int (k + c/T) (r_i . P r_j) dA / int dA  over the outer surface, with r_i three shifts
  /// and three turns about the surface's centre divided by its radius of gyration, and P = n x n on the pericardium, P = 1 at vessel
  /// ends. A damper c holds for a beat of length T like a spring c/T. The same on every rank.
  /// @param cycle_length T, ms
  Hold hold_of(const Anatomy &anatomy, const Fibres &fibres, const MechanicsSettings &settings, double cycle_length);
}
