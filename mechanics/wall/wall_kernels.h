// Arithmetic of linear tetrahedra, several cells at a time. Arrays of structures turned inside out: component c of cell i of
// a batch is at [c * stride + i], stride a multiple of `lanes`.
//
// Everything is in each cell's fibre frame: with g_a the gradient of shape function a along fibre, sheet and normal,
// F_iJ = sum_a x_ai g_aJ has spatial rows and material columns in that frame, and E, S, D are those of the material law.
#pragma once

#include <cstddef>

namespace vivicor::kernels
{
  inline constexpr std::size_t lanes = 8;

  /// @param x 12 positions (node a, direction i at 3 a + i); @param g 12 gradients (node a, direction J at 3 a + J)
  /// @param F 9 (i, J at 3 i + J); @param J det F; @param E 6 Green-Lagrange strains, Voigt order of materials/material.h
  void kinematics(std::size_t stride, const double *x, const double *g, double *F, double *J, double *E);

  struct Volumetric
  {
    double inverse_bulk;  ///< 1/kappa, 1/kPa
    double stabilisation; ///< tau/mu, 1/kPa
    double barrier;       ///< kPa: adds the energy barrier/4 (J^2 - 1 - 2 ln J) of each cell
  };

  /// Residual of node a at 4 a + (0, 1, 2: force, 3: volume): mixed form of mechanics.cc. @param p 4 nodal pressures
  void residuals(std::size_t stride, const double *g, const double *volume, const double *F, const double *J, const double *p,
                 const double *S, const Volumetric &volumetric, double *r);

  /// Its derivative for cells first..first+lanes-1: blocks of node pairs a <= b in the order 00 01 02 03 11 12 13 22 23 33;
  /// entry (i, j) of block k for lane l at [(16 k + 4 j + i) * lanes + l]. The block (b, a) is the transpose.
  void tangents(std::size_t stride, std::size_t first, const double *g, const double *volume, const double *F, const double *J,
                const double *p, const double *S, const double *D, const Volumetric &volumetric, double *K);
}
