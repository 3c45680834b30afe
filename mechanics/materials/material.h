// Passive laws, point by point. How to add one: docs/howto/material.md.
//
// A law gives the second Piola-Kirchhoff stress S = dW/dE of an energy W(E), E = (F^T F - I)/2, without the volumetric
// part, which the mixed formulation adds. Everything is in the local frame (fibre f0 = e1, sheet s0 = e2, normal n0 =
// e3). Voigt order 11, 22, 33, 12, 13, 23. Arrays are structures of arrays: component c of point i is at [c * n + i].
#pragma once

#include "core/registry.h"

#include <cstddef>

namespace vivicor
{
  class Material
  {
  public:
    virtual ~Material() = default;

    /// @param n number of points
    /// @param E   6 x n strains: tensor components (E12, not 2 E12)
    /// @param W   n energies, kPa; may be null
    /// @param S   6 x n stresses, kPa
    /// @param D   36 x n tangent, kPa; component (I,J) at [(6 I + J) n + i]: S_I changes by D_IJ dE_J with dE_J the
    ///            engineering strains (E11, E22, E33, 2 E12, 2 E13, 2 E23); symmetric. May be null.
    virtual void evaluate(std::size_t n, const double *E, double *W, double *S, double *D) const = 0;

    /// Shear modulus scale at rest, kPa: for stabilisation and preconditioning, not part of the law.
    virtual double shear_modulus() const = 0;
  };
}
