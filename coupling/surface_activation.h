// The activation times on the outside of the heart, for the report.
#pragma once

#include "core/output/report.h"
#include "coupling/simulation.h"

namespace vivicor
{
  /// Collective; the result is complete on every rank. Nodes that were not activated, or cannot be, hold NaN.
  SurfaceMap surface_activation(const Simulation &simulation);
}
