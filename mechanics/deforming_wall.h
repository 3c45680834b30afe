// What observers see of a pump whose wall moves.
#pragma once

#include "core/mesh/mesh.h"

#include <vector>

namespace vivicor
{
  class DeformingWall
  {
  public:
    virtual ~DeformingWall() = default;

    /// Collective, replicated: committed displacement (mm) of every node of the anatomy.
    virtual std::vector<Point3> displacement() const = 0;

    /// Committed fields by node (averaged from the cells) for output, replicated: fibre stretch, active tension (kPa),
    /// hydrostatic pressure (kPa).
    struct NodalFields
    {
      std::vector<double> fibre_stretch, active_tension, pressure;
    };
    /// Collective.
    virtual NodalFields nodal_fields() const = 0;
  };
}
