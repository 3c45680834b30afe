#include "electrophysiology/tissue/propagation.h"

#include <cmath>

namespace vivicor
{
  AlignedVector conduction_velocity(const RefinedMesh &mesh, const AlignedVector &activation, double fastest)
  {
    std::vector<Point3> slowness(mesh.n_owned, {0, 0, 0}); // mm^3 ms/mm
    std::vector<double> volume(mesh.n_owned, 0.0);
    for (std::size_t c = 0; c < mesh.cells.size(); ++c)
      {
        const auto &cell = mesh.cells[c];
        bool activated = true;
        for (const unsigned n : cell)
          activated = activated && activation[n] != ActivationMap::never;
        if (!activated)
          continue;
        const P1Cell p1 = p1_cell(mesh, c);
        Point3 gradient{0, 0, 0};
        for (unsigned k = 0; k < 4; ++k)
          for (unsigned d = 0; d < 3; ++d)
            gradient[d] += (activation[cell[k]] - activation[cell[0]]) * p1.gradient[k][d];
        for (const unsigned n : cell)
          if (n < mesh.n_owned)
            {
              volume[n] += p1.volume;
              for (unsigned d = 0; d < 3; ++d)
                slowness[n][d] += p1.volume * gradient[d];
            }
      }
    AlignedVector velocity(mesh.n_owned, ActivationMap::never);
    for (std::size_t n = 0; n < mesh.n_owned; ++n)
      if (const double s = std::hypot(slowness[n][0], slowness[n][1], slowness[n][2]); volume[n] > 0 && volume[n] < fastest * s)
        velocity[n] = volume[n] / s;
    return velocity;
  }
}
