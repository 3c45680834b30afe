// The slow modes of a wall on a mesh: groups of neighbouring nodes that move as rigid bodies with one pressure each.
#pragma once

#include "core/linear/block_matrix.h"

#include <array>
#include <vector>

namespace vivicor
{
  /// Coarse level of a two-level preconditioner: C = P (P^T A P)^-1 P^T, where the columns of P are, for each group of
  /// nodes, three translations, three rotations about the group's centre, and a constant pressure. Groups are parts of the
  /// ranks' matrix graphs; the small dense system is solved by every rank. Smoothed aggregation's tentative space:
  /// Vanek, Mandel & Brezina 1996, 10.1007/BF02238511.
  class CoarseSpace
  {
  public:
    static constexpr unsigned modes = 7;

    /// Collective. @param position of each local block's node, mm; @param groups wanted over all ranks
    CoarseSpace(const BlockMatrix &matrix, const std::vector<std::array<double, 3>> &position, unsigned groups);

    /// Collective. Takes the values. @return false where the coarse system is singular: apply() then gives zero
    bool factor(const BlockMatrix &matrix);
    /// Collective. y = C x on the owned blocks.
    void apply(const double *x, double *y) const;

    std::size_t size() const { return modes * n_groups; }

  private:
    using Modes = std::array<double, 4 * modes>; ///< 4 x 7, row by row

    void make_groups(const BlockMatrix &matrix, unsigned groups);
    void make_modes(const std::vector<std::array<double, 3>> &position);

    const Layout *layout;
    std::size_t n_groups = 0;
    std::vector<unsigned> group;   ///< of each local block, numbered over all ranks
    std::vector<Modes> mode;       ///< of each local block
    std::vector<double> factors;   ///< LU of P^T A P, column by column
    std::vector<int> pivots;
    bool usable = false;
    mutable std::vector<double> work;
  };
}
