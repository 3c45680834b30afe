// P1 mass and stiffness of this rank's rows, kept as the differences they weigh.
//
//   (K x)_i = sum_j k_ij (x_j - x_i),  k_ij = integral of grad N_i . D grad N_j,
//   (M x)_i = m_i x_i + sum_j m_ij (x_j - x_i),  m_i = integral of N_i (the lumped mass), m_ij = integral of N_i N_j,
//
// j over the neighbours of i. Written so, constants are in the kernel of K to the last bit, and the weights may be kept in
// single precision: a rounded weight is a change of 1e-7 of a conductivity, no source. That halves the memory traffic.
#pragma once

#include "electrophysiology/tissue/aligned.h"
#include "electrophysiology/tissue/halo.h"
#include "electrophysiology/tissue/refined_mesh.h"

#include <vector>

namespace vivicor
{
  /// Symmetric second-order tensor: xx, yy, zz, xy, xz, yz.
  using SymmetricTensor = std::array<double, 6>;

  /// Gradients of a tetrahedron's four hat functions (1/mm), and its volume (mm^3).
  struct P1Cell
  {
    explicit P1Cell(const std::array<const Point3 *, 4> &corners);
    std::array<Point3, 4> gradient;
    double volume;
  };
  P1Cell p1_cell(const RefinedMesh &mesh, std::size_t cell);
  Point3 multiply(const SymmetricTensor &tensor, const Point3 &vector);

  /// Neighbours of owned nodes among the owned ones, and, for the few rows that have any, among the ghosts.
  struct Pattern
  {
    std::vector<unsigned> begin, column;
    std::vector<unsigned> ghost_row, ghost_begin, ghost_column;
  };

  /// Weights of the neighbours, in the order of the pattern.
  struct Weights
  {
    std::vector<float> owned, ghost;
  };

  struct Matrices
  {
    Pattern pattern;
    AlignedVector lumped_mass; ///< mm^3, owned nodes; 1 for padding
    Weights mass;              ///< mm^3
    Weights stiffness;         ///< mm^3/ms for a diffusivity in mm^2/ms
  };

  /// @param diffusivity mm^2/ms, by cell of the mesh
  Matrices assemble(const RefinedMesh &mesh, const std::vector<SymmetricTensor> &diffusivity);

  /// y = diagonal * x + differences, over owned nodes; updates the ghosts of x on the way. A null diagonal counts as zero.
  void multiply(const Pattern &pattern, const Weights &weights, const double *diagonal, Halo &halo, double *x, double *y);
}
