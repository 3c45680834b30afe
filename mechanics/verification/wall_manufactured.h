// Observed orders of the moving wall of whole hearts on the manufactured solution of manufactured_cube.h: its own assembly, clamps,
// Newton's method and linear solver, with body forces and the traction on X = 1 as forces on the nodes, and with the displacements of
// all other faces held at the exact ones.
#pragma once

#include "mechanics/verification/solid_manufactured.h"

namespace vivicor
{
  /// Collective. @param cells along each edge of the cube; @param tension kPa along fibres that turn, over a shear modulus of 1 kPa
  /// @throws SolverError when Newton's method fails
  ManufacturedSolidError manufactured_wall_error(MPI_Comm comm, double bulk_modulus, double tension, unsigned cells);

  /// Collective. Compressible (kappa = 5 mu), nearly incompressible (1e5 mu), and the latter under tension.
  VerificationTable manufactured_wall_orders(MPI_Comm comm, unsigned coarse, unsigned fine);
}
