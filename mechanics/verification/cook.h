// Cook's membrane (Cook 1974, Improved two-dimensional finite element, J. Struct. Div. ASCE 100): a tapered panel, corners
// (0, 0), (48, 44), (48, 60), (0, 44) mm, clamped at the left, sheared at the right. Bent and sheared at once, it shows which elements
// lock.
#pragma once

#include "core/verification_table.h"

#include <mpi.h>

#include <string>

namespace vivicor
{
  struct CookPanel
  {
    double shear_modulus, bulk_modulus; ///< kPa; neo-Hookean
    double traction;                    ///< kPa upwards on the right edge
    bool plane_strain;                  ///< else the sides are free: plane stress
  };
  /// E = 1, nu = 1/3, total force 1 of which a small part is taken: the linear panel of the textbooks; displacements are divided by that
  /// part.
  CookPanel cook_linear();
  /// mu = 80.1938 and kappa = 400942 (E = 240.565, nu = 0.4999) under 100/16 kPa: the nearly incompressible panel of Simo and Armero 1992
  /// and of Elguedj et al. 2008 (10.1016/j.cma.2008.01.012).
  CookPanel cook_nearly_incompressible();
  /// mu = 1 (E = 3, nu = 0.5) under 0.05 kPa: the incompressible panel of Mueller 2015 (thesis, Duisburg-Essen).
  CookPanel cook_incompressible();

  struct CookTip
  {
    double middle, corner; ///< mm upwards of (48, 52) and (48, 60)
    long long unknowns;
    unsigned load_steps, newton_iterations;
  };
  /// Collective. @param cells along each edge; one layer
  CookTip cook_tip(MPI_Comm comm, const CookPanel &panel, const std::string &element, unsigned cells);

  /// Collective. Every locking-free element beside its published tip, and those that lock.
  /// @param linear, quadratic cells along each edge for elements of that degree
  VerificationTable cook_table(MPI_Comm comm, unsigned linear, unsigned quadratic);
}
