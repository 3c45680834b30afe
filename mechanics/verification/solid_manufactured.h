// Observed orders of the general solid solver's elements on the manufactured solution of manufactured_cube.h, without barrier and
// tension: the face X = 1 carries its traction, displacements are prescribed on all others.
#pragma once

#include "core/verification_table.h"

#include <mpi.h>

#include <string>
#include <vector>

namespace vivicor
{
  struct ManufacturedSolidError
  {
    double displacement = 0, gradient = 0, pressure = 0; ///< L2 norms
  };
  /// Collective. @param cells along each edge of the cube, whose inner vertices are moved; @param bulk_modulus kPa, over a shear modulus of
  /// 1 kPa
  ManufacturedSolidError manufactured_solid_error(MPI_Comm comm, const std::string &element, double bulk_modulus, unsigned cells);

  /// Collective. Observed orders of an element between two numbers of cells, compressible (kappa = 5 mu), nearly incompressible (1e5 mu)
  /// and, with a pressure field, incompressible.
  VerificationTable manufactured_solid_orders(MPI_Comm comm, const std::string &element, unsigned coarse, unsigned fine);
}
