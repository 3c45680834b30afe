// The muscle that a Purkinje junction reaches: a ball of fixed radius, whatever the edge length.
#pragma once

#include "electrophysiology/stimuli/pulse.h"

namespace vivicor
{
  /// By centre, the owned nodes of a tissue with the share of each that lies in the ball: of the volume of the cells around it.
  /// A cell counts with the part of it that lies inside, by sampled points, so that the stimulated volume changes by little
  /// with the mesh even where cells are as large as the ball.
  std::vector<StimulatedNodes> stimulated_balls(const RefinedMesh &mesh, Tissue tissue, const std::vector<Point3> &centres, double radius);
}
