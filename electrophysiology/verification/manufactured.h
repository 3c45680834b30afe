// The manufactured monodomain problems of Pathmanathan and Gray 2014, "Verification of computational models of cardiac
// electro-physiology" (10.1002/cnm.2615), which the FDA distributes as verification test problems: exact solutions with an ionic
// model that has states of its own.
//
//   chi (Cm dV/dt + I) = div(sigma grad V) on the unit line, square or cube, no flux, 0 <= t <= 1, chi = 3, Cm = 2,
//   sigma = diag(1.1, 1.2, 0.3) / pi^2,  beta the eigenvalue: div(sigma grad V) = beta V,
//   I = -Cm/2 (u1 + u3 - V) u2^2 (V - u3) + beta/chi (V - u3),
//   du1/dt = (u1 + u3 - V)^2 u2^2 + 1/2 (u1 + u3 - V) u2^2 (V - u3),  du2/dt = -(u1 + u3 - V) u2^3,  du3/dt = 0,
// solved by
//   V = sqrt(1 + t) cos(pi x) cos(2 pi y) cos(3 pi z),  u1 = V + (1 + t) G,  u2 = 1 / ((1 + t) sqrt G),  u3 = 0,
//   G = 1 + x,  1 + x y^2  or  1 + x y^2 z^3;  in fewer dimensions without the factors of the others.
#pragma once

#include "core/verification_table.h"
#include "electrophysiology/tissue/time_step.h"

namespace vivicor
{
  struct ManufacturedRun
  {
    Element element;
    unsigned cells = 10; ///< along each edge
    double time_step = 0.01;
    double theta = 0.5, lumping = 0;
    TimeStepOptions scheme{Splitting::strang};
    bool first_order_cell = false; ///< states by Euler's rule, as published codes have it, in place of the midpoint rule
    unsigned norm_degree = 7;      ///< that the norm's quadrature is exact for
  };

  /// L2 norms of the error of V: largest over all steps, and at t = 1.
  struct ManufacturedError
  {
    double largest = 0, last = 0;
  };
  ManufacturedError manufactured_error(const ManufacturedRun &run);

  /// Observed orders in space and time of every scheme in one dimension of space. Seconds.
  VerificationTable manufactured_orders(unsigned dimension);
}
