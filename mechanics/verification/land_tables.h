// Land et al. 2015 in tables: three problems, by the moving wall of whole hearts and by elements of the general solver.
#pragma once

#include "core/verification_table.h"
#include "mechanics/verification/land_2015.h"

#include <mpi.h>

#include <functional>
#include <string>
#include <vector>

namespace vivicor
{
  /// What a series under uniform refinement tends to, from its last three values: a fit of value = limit + c h^order.
  struct RefinementLimit
  {
    double limit = 0, order = 0;
  };
  /// @return limit and order that are not numbers where differences do not fall with one sign
  RefinementLimit limit_of(double coarse, double middle, double fine);

  /// Largest difference between the twists (degrees) and between the three strains of two answers' mid-wall lines, from along = 0.2 on:
  /// nearer to the apex the fibres, which meet there from all sides, keep the strains from converging.
  struct LineDifference
  {
    double twist = 0, strain = 0;
  };
  LineDifference difference(const LandAnswer &a, const LandAnswer &b);

  /// Collective. All three problems; each table when it is known. @param all also fine meshes: many minutes
  void verify_land_2015(MPI_Comm comm, bool all, const std::function<void(const VerificationTable &)> &report);
}
