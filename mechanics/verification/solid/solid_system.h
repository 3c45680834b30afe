// The distributed linear system of one Newton step: matrix, direct and iterative solver. Everything that knows the matrix format is in
// solid_system.cc.
#pragma once

#include "mechanics/verification/solid/cell_terms.h"
#include "mechanics/verification/solid/discretisation.h"
#include "mechanics/verification/solid/solid_solver.h"

#include <memory>

namespace vivicor
{
  class SolidSystem
  {
  public:
    /// Collective. @param fixed for each displacement unknown whether it is prescribed
    SolidSystem(MPI_Comm comm, const Discretisation &space, const std::vector<char> &fixed, const SolidSolverSettings &settings);
    ~SolidSystem();

    void zero();
    /// Adds the tangent of a cell. Prescribed unknowns change by `gap`: their columns go to the right-hand side.
    void add(unsigned cell, const CellTerms &terms, const std::vector<double> &gap);

    struct Solved
    {
      unsigned iterations = 0; ///< 0: direct
      bool usable = false;
    };
    /// Collective. K c = -r with what add() collected. @param residual, correction all displacements, then all pressures; replicated
    Solved solve(const std::vector<double> &residual, std::vector<double> &correction);

    bool direct() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl;
  };
}
