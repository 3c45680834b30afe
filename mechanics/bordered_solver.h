// The linear systems of Newton's method: the wall's matrix bordered by a few cavity pressures.
#pragma once

#include "core/linear/block_ilu.h"
#include "core/linear/block_matrix.h"
#include "core/linear/krylov.h"

#include <memory>
#include <vector>

namespace vivicor
{
  struct LinearSettings
  {
    double tolerance = 1e-3;
    unsigned max_iterations = 400, fill = 1;
  };

  /// Solves
  ///   K x - G p = r,   G^T x - C p = s
  /// with K the tangent of the wall, G the gradients of the cavity volumes, C the compliance dV/dp of what is behind them.
  /// GMRES on the whole system; the preconditioner M of K is completed by the Schur complement G^T Y - C with Y close to
  /// K^-1 G, kept from earlier systems for as long as it serves.
  class BorderedSolver
  {
  public:
    BorderedSolver(const BlockMatrix &matrix, const LinearSettings &settings);

    using Columns = std::vector<std::vector<double>>; ///< local blocks each

    /// Collective. @param right_side, solution local blocks, then the border
    /// @param tolerance absolute
    KrylovResult solve(const BlockMatrix &K, const Columns &G, const std::vector<std::vector<double>> &C,
                       const std::vector<double> &right_side, std::vector<double> &solution, double tolerance);

  private:
    void refresh(const BlockMatrix &K, const Columns &G);

    LinearSettings settings;
    BlockIlu ilu;
    Columns Y;
    bool fresh = false;
    unsigned good_iterations = 0; ///< what a solve took just after the last refresh
  };
}
