// A manufactured solution of finite elasticity on the unit cube, exact at every compressibility:
//
//   x = X (1 + g/kappa) + a sin(pi Y) sin(pi Z) + ...,  y = Y + ... sin(pi Z),  z = Z,   J = 1 + g/kappa,   p = g(Y, Z),
//
// with the pressure law p = kappa (J - 1): F is upper triangular, so that its determinant is known, and p does not grow with kappa. The
// body force is -Div P of
//
//   P = mu J^(-2/3) (F - tr C/3 F^-T) + (p + k/2 (J - 1/J)) J F^-T + T F f0 x f0,
//
// written down anew: the neo-Hookean stress with mu = 1 kPa, the pressure with a volume barrier, and a tension along fibres that turn.
#pragma once

#include "mechanics/verification/solid/solid_mesh.h"
#include "meshes/fibres/fibres.h"

#include <array>

namespace vivicor
{
  struct ManufacturedCube
  {
    double bulk_modulus;             ///< kPa; infinity: incompressible
    double barrier = 0, tension = 0; ///< k and T, kPa

    double pressure(const Point3 &X) const;                ///< p = g, kPa
    Point3 displacement(const Point3 &X) const;            ///< mm
    std::array<double, 9> gradient(const Point3 &X) const; ///< du_i/dX_J at [3 i + J]
    std::array<double, 9> stress(const Point3 &X) const;   ///< P_iJ at [3 i + J], kPa
    Point3 body_force(const Point3 &X) const;              ///< -Div P, kPa/mm
    static Frame fibres(const Point3 &X);                  ///< turn by 120 degrees from Z = 0 to Z = 1
    /// The unit cube with its inside moved smoothly, so that no cell is a box. @param n cells along each edge
    static SolidMesh mesh(SolidMesh::Shape shape, unsigned n);
  };
}
