// The activation times on the outside of the heart, for the report.
#pragma once

#include "coupling/simulation_view.h"
#include "electrophysiology/leads/heart_axes.h"
#include "report/page.h"

namespace vivicor
{
  /// From the front, the left and the back of the body, head up: as the heart lies in the usual torso (BodyFrame), its apex
  /// to the left, and not as it stands on its apex.
  std::vector<SurfaceMap::View> views_of_the_chest(const HeartAxes &axes);

  /// Collective; the result is complete on every rank. Nodes that were not activated, or cannot be, hold NaN.
  SurfaceMap surface_activation(const SimulationView &simulation);
}
