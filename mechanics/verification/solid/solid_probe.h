// Values of a solution at a point.
#pragma once

#include "mechanics/verification/solid/discretisation.h"
#include "mechanics/verification/solid/solid_problem.h"

namespace vivicor
{
  /// A point in its cell, with the shapes there; the space must outlive it.
  struct SolidProbe
  {
    Point3 X;
    double volume; ///< |det dX/dxi|
    const Discretisation::Cell *cell;
    const double *N_u, *N_p;
    std::vector<double> g;               ///< gradients of the displacement's shapes in global axes
    std::shared_ptr<ShapeTables> tables; ///< where N_u and N_p lie, if this point has its own

    Point3 displacement(const std::vector<double> &u) const;
    std::array<double, 9> gradient(const std::vector<double> &u) const;
    /// Of the field, or p = kappa U'(J).
    double pressure(const SolidProblem &problem, const std::vector<double> &u, const std::vector<double> &p) const;
  };

  /// @param X of the reference configuration @throws UserError when it is outside of all cells by more than 5 % of a cell
  SolidProbe solid_probe(const Discretisation &space, const Point3 &X);

  /// Collective. sqrt(int f dX) over the cells of all ranks.
  double integrated_error(MPI_Comm comm, const Discretisation &space, const std::function<double(const SolidProbe &)> &f);
}
