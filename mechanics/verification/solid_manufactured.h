// A manufactured solution of finite elasticity on the unit cube, exact at every compressibility:
//
//   x = X (1 + g/kappa) + a sin(pi Y) sin(pi Z) + ...,  y = Y + ... sin(pi Z),  z = Z,   J = 1 + g/kappa,   p = g(Y, Z),
//
// with the pressure law p = kappa (J - 1): F is upper triangular, so that its determinant is known, and p does not grow with kappa. The
// body force is -Div P of the neo-Hookean stress P = mu J^(-2/3) (F - tr C/3 F^-T) + p J F^-T written down anew, and the face X = 1 carries its
// traction; all others are prescribed.
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
  /// Collective. @param cells along each edge of the cube, whose inner vertices are moved; @param bulk_modulus kPa, over a shear modulus of 1 kPa
  ManufacturedSolidError manufactured_solid_error(MPI_Comm comm, const std::string &element, double bulk_modulus, unsigned cells);

  /// Collective. Observed orders of an element between two numbers of cells, compressible (kappa = 5 mu), nearly incompressible (1e5 mu)
  /// and, with a pressure field, incompressible.
  VerificationTable manufactured_solid_orders(MPI_Comm comm, const std::string &element, unsigned coarse, unsigned fine);
}
