// The activation times on the outside of the heart, for the report.
#pragma once

#include "coupling/simulation_view.h"
#include "report/page.h"

namespace vivicor
{
  /// Collective; the result is complete on every rank. Nodes that were not activated, or cannot be, hold NaN.
  SurfaceMap surface_activation(const SimulationView &simulation);
}
