// Conductivities for wanted conduction velocities on a grid, and how far the grid is from the tissue itself.
#pragma once

#include "electrophysiology/tissue/cable.h"

namespace vivicor
{
  struct TunedVelocity
  {
    double wanted;       ///< m/s
    double conductivity; ///< S/m = mS/mm, monodomain
    double reached;      ///< m/s, on the given grid
    double converged;    ///< m/s, the same conductivity on an eighth of the edge and a quarter of the step
  };

  /// @param velocity mm/ms = m/s @param chi_Cm uF/mm^3, conductivity per diffusivity
  /// @throws UserError as tune_diffusivity()
  TunedVelocity tune_velocity(const IonicModel &model, double velocity, const CableOptions &cable, double chi_Cm);
}
