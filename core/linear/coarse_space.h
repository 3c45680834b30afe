// The slow modes of a wall on a mesh: groups of neighbouring nodes that move and grow as bodies with one pressure each.
#pragma once

#include "core/linear/block_factors.h"
#include "core/linear/prolongation.h"

#include <memory>
#include <vector>

namespace vivicor
{
  /// Coarse level of a two-level preconditioner: C = P (P^T A P)^-1 P^T with the prolongation P of smoothed groups. The small sparse
  /// system is factored completely by every rank.
  class CoarseSpace
  {
  public:
    using Positions = Prolongation::Positions;

    /// Collective. @param groups wanted over all ranks
    CoarseSpace(const BlockMatrix &matrix, unsigned groups);

    /// Collective. Takes the values. @param position of each local block's node at which `matrix` is the tangent, mm
    /// @return false where they are not finite: apply() then gives zero
    bool factor(const BlockMatrix &matrix, const Positions &position);
    /// Collective. y = C x on the owned blocks.
    void apply(const double *x, double *y) const;

    std::size_t groups() const { return P.groups(); }

  private:
    static constexpr unsigned modes = Prolongation::modes, area = modes * modes;

    void make_pattern(const BlockMatrix &matrix);
    void add_row(const BlockMatrix &matrix, std::size_t i);
    BlockRows rows() const { return {P.groups(), row_start.data(), column.data(), values.data()}; }

    const Layout *layout;
    Prolongation P;
    // P^T A P
    std::vector<std::size_t> row_start;
    std::vector<unsigned> column;
    std::vector<double> values;
    std::unique_ptr<BlockFactors<modes, double>> factors;
    bool usable = false;
    std::vector<unsigned> reached; ///< by the row of A P that is being added
    std::vector<Prolongation::Modes> image;
    mutable std::vector<double> work;
  };
}
