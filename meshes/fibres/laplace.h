// Laplace's equation on a part of a tetrahedral mesh: the harmonic fields that rules for fibres are made of.
#pragma once

#include "core/mesh/mesh.h"

#include <map>
#include <vector>

namespace vivicor
{
  /// -div grad u = 0 with linear elements on the given cells, u prescribed at some nodes, no flux elsewhere. Serial.
  class Laplace
  {
  public:
    /// @param subset numbers of the cells that take part
    Laplace(const std::vector<Point3> &points, const std::vector<std::array<unsigned, 4>> &cells, const std::vector<unsigned> &subset);

    /// Nodes of the cells that take part, ascending.
    const std::vector<unsigned> &nodes() const { return global; }

    /// @param prescribed value by node; nodes outside the subset are ignored
    /// @return u by node of the whole mesh, 0 outside the subset. A piece of the subset without a prescribed node gets
    /// 0.
    /// @throws SolverError when conjugate gradients do not reach a relative residual of 1e-10
    std::vector<double> solve(const std::map<unsigned, double> &prescribed) const;

    /// Nodal gradient (1/mm per unit of u): mean of the gradients in the adjacent cells of the subset, weighted with
    /// their volumes; 0 outside the subset.
    std::vector<Point3> gradient(const std::vector<double> &u) const;

  private:
    struct Cell
    {
      std::array<unsigned, 4> nodes; ///< of the whole mesh
      std::array<Point3, 4> shape_gradient;
      double volume;
    };
    std::size_t n_points;
    std::vector<Cell> part;
    std::vector<unsigned> global, local; ///< node of the mesh by own number, and back

    // Stiffness matrix in rows.
    std::vector<std::size_t> row_start;
    std::vector<unsigned> column;
    std::vector<double> value;

    void assemble();
    void multiply(const std::vector<double> &x, std::vector<double> &y) const;
  };
}
