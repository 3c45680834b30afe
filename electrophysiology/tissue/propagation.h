// How fast the wave of activation ran, from when it came.
#pragma once

#include "electrophysiology/tissue/activation_map.h"
#include "electrophysiology/tissue/matrices.h"

namespace vivicor
{
  /// Conduction velocity 1/|grad T|, mm/ms = m/s, by owned node: T is the activation time, linear in every cell, and
  /// its gradient the mean over the node's activated cells, weighted by volume (Bayly et al. 1998, 10.1109/10.668746,
  /// fit a polynomial for the same purpose). `never` where no cell was activated, and above `fastest`: there the wave
  /// does not run, it was stimulated at once or two waves met.
  /// @param activation ms, local nodes with ghosts
  AlignedVector conduction_velocity(const RefinedMesh &mesh, const AlignedVector &activation, double fastest = 10.0);
}
