// The linear systems of Newton's method: the wall's matrix bordered by a few cavity pressures.
#pragma once

#include "core/checkpoint/archive.h"
#include "core/linear/block_matrix.h"
#include "core/linear/coarse_space.h"
#include "core/linear/krylov.h"
#include "core/linear/overlapping_factors.h"

#include <memory>
#include <vector>

namespace vivicor
{
  struct LinearSettings
  {
    double tolerance = 1e-3;
    unsigned max_iterations = 400, fill = 1;
    int coarse_groups = -1; ///< over all ranks; -1: one for 40 blocks, at most 4,000; 0: no coarse level
  };

  /// Solves
  ///   K x - G p = r,   G^T x - C p = s
  /// with K the tangent of the wall, G the gradients of the cavity volumes, C the compliance dV/dp of what is behind them.
  /// GMRES on the whole system. K is preconditioned by a coarse level of groups and then a block ILU; this is completed
  /// by the Schur complement G^T Y - C with Y close to K^-1 G. All are kept from earlier systems for as long as they serve.
  class BorderedSolver
  {
  public:
    BorderedSolver(const BlockMatrix &matrix, const LinearSettings &settings);

    using Columns = std::vector<std::vector<double>>; ///< local blocks each
    using Positions = CoarseSpace::Positions;

    /// Collective. @param position of each local block's node in the configuration of K, mm
    /// @param right_side, solution local blocks, then the border @param tolerance absolute
    KrylovResult solve(const BlockMatrix &K, const Positions &position, const Columns &G, const std::vector<std::vector<double>> &C,
                       const std::vector<double> &right_side, std::vector<double> &solution, double tolerance);

    /// Collective. What is kept from earlier systems, so that a resumed run goes on with the same bits: the matrix of the
    /// factorisation and its positions stand for it. On another partition everything is made anew when it is needed.
    /// @param K takes that matrix' values when loading
    void archive(Archive &archive, BlockMatrix &K);

  private:
    void refresh(const BlockMatrix &K, const Positions &position, const Columns &G);
    /// z = M r for K alone.
    void precondition(const BlockMatrix &K, const double *r, double *z);

    LinearSettings settings;
    OverlappingFactors ilu;
    std::unique_ptr<CoarseSpace> coarse; ///< null: none
    std::vector<double> coarse_part, image, remainder;
    Columns Y;
    std::vector<double> factored; ///< owned rows of the matrix that was factored
    Positions factored_at;        ///< and its configuration
    unsigned good_iterations = 0; ///< what a whole solve takes with a new factorisation; 0: there is none
  };
}
