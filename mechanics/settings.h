// The deck's numbers for the solid, in internal units.
#pragma once

#include "mechanics/bordered_solver.h"
#include "mechanics/boundary/robin.h"
#include "mechanics/time/inertia.h"
#include "mechanics/wall/wall.h"

namespace vivicor
{
  struct NewtonSettings
  {
    double tolerance = 1e-5, volume_tolerance = 0.1; ///< relative; mm^3
    unsigned max_iterations = 15;
  };

  struct MechanicsSettings
  {
    WallSettings wall;
    RobinSettings robin;
    bool clamped_ends = false; ///< vessel ends do not move at all
    NewtonSettings newton;
    LinearSettings linear;
    TimeSettings time;
  };

  MechanicsSettings read_settings(const Parameters &mechanics);
}
