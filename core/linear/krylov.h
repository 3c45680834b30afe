// Krylov solver for distributed vectors with a few replicated entries at their end.
#pragma once

#include <mpi.h>

#include <cstddef>
#include <functional>
#include <vector>

namespace vivicor
{
  /// How a vector lies on the ranks: `owned` distributed entries, then ghosts, then `border` replicated ones at the end.
  struct VectorShape
  {
    MPI_Comm comm;
    std::size_t owned, local, border;
    std::size_t size() const { return local + border; }
  };

  /// Collective. Replicated entries count once.
  double dot(const VectorShape &shape, const double *x, const double *y);

  struct KrylovResult
  {
    unsigned iterations = 0;
    double residual = 0;    ///< 2-norm of b - A x, as the recurrence has it
    bool converged = false; ///< false also when values are not finite
  };

  /// y = A x. May bring ghosts of x up to date; ghosts of y are not read.
  using LinearMap = std::function<void(double *x, double *y)>;

  /// Collective. Restarted GMRES with right preconditioning: minimises |b - A x|, x = M z. Starts from the given x.
  /// Saad & Schultz 1986, 10.1137/0907058.
  /// @param tolerance absolute, of |b - A x|
  KrylovResult gmres(const VectorShape &shape, const LinearMap &A, const LinearMap &M, const std::vector<double> &b, std::vector<double> &x,
                     double tolerance, unsigned max_iterations, unsigned restart);
}
