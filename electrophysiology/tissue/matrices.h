// Mass and stiffness of this rank's rows, kept as the differences they weigh.
//
//   (K x)_i = sum_j k_ij (x_j - x_i),  k_ij = integral of grad N_i . D grad N_j,
//   (M x)_i = m_i x_i + sum_j m_ij (x_j - x_i),  m_i = integral of N_i (the lumped mass), m_ij = integral of N_i N_j,
//
// j over the neighbours of i. Written so, constants are in the kernel of K to the last bit, and the weights may be kept in
// single precision: a rounded weight is a change of 1e-7 of a conductivity, no source. That halves the memory traffic. The sum of
// a row's masses is positive on elements of degree 1; at the corners of quadratic tetrahedra it is not, and no lumped mass exists.
#pragma once

#include "electrophysiology/tissue/aligned.h"
#include "electrophysiology/tissue/elements.h"
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

  /// Neighbours of owned nodes among the owned ones, and, for the few rows that have any, among the ghosts. The owned ones
  /// stand in slices of eight rows of about equal length, side by side, so that a slice is worked on by whole vectors; short
  /// rows are filled up with themselves at weight zero.
  struct Pattern
  {
    static constexpr unsigned width = 8;
    std::vector<unsigned> slice_begin; ///< by slice, in columns of eight
    std::vector<unsigned> row;         ///< eight a slice
    std::vector<unsigned> column;      ///< entry k of lane l of a slice at [(slice_begin + k) * width + l]
    std::vector<unsigned> ghost_row, ghost_begin, ghost_column;

    std::size_t n_slices() const { return slice_begin.size() - 1; }
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

  /// Elements of the mesh, of degree 1 or, where it has them, 2.
  CellList elements_of(const RefinedMesh &mesh);

  /// @param diffusivity mm^2/ms, by cell of the mesh
  Matrices assemble(const RefinedMesh &mesh, const std::vector<SymmetricTensor> &diffusivity);
  /// The same on other elements over the nodes of the mesh; a tensor for each of `cells`.
  Matrices assemble(const RefinedMesh &mesh, const CellList &cells, const std::vector<SymmetricTensor> &diffusivity);
  /// Integrated by these points.
  Matrices assemble(const RefinedMesh &mesh, const CellList &cells, const std::vector<SymmetricTensor> &diffusivity,
                    const std::vector<Element::Point> &points);

  /// Calls visit(row, column, place in weights.owned or weights.ghost, whether it is a ghost's) for every entry.
  template <class Visit>
  void for_each_entry(const Pattern &pattern, const Visit &visit);

  /// y = diagonal * x + differences, over owned nodes; updates the ghosts of x on the way. A null diagonal counts as zero.
  void multiply(const Pattern &pattern, const Weights &weights, const double *diagonal, Halo &halo, double *x, double *y);

  template <class Visit>
  void for_each_entry(const Pattern &pattern, const Visit &visit)
  {
    constexpr auto width = Pattern::width;
    for (std::size_t s = 0; s < pattern.n_slices(); ++s)
      for (std::size_t k = pattern.slice_begin[s]; k < pattern.slice_begin[s + 1]; ++k)
        for (unsigned l = 0; l < width; ++l)
          if (const unsigned row = pattern.row[s * width + l], column = pattern.column[k * width + l]; row != column)
            visit(row, column, k * width + l, false);
    for (std::size_t g = 0; g < pattern.ghost_row.size(); ++g)
      for (unsigned k = pattern.ghost_begin[g]; k < pattern.ghost_begin[g + 1]; ++k)
        visit(pattern.ghost_row[g], pattern.ghost_column[k], std::size_t(k), true);
  }
}
