// From the motions of groups of neighbouring nodes to those of the nodes.
#pragma once

#include "core/linear/block_matrix.h"

#include <array>
#include <vector>

namespace vivicor
{
  /// The columns of P: for each group of nodes, three translations, three rotations about the group's centre, a growth alike in
  /// all directions, through which the coarse level feels its pressures, and a constant pressure. With A_uu the displacements'
  /// part of a matrix and D its 3 x 3 diagonal blocks, the seven motions are smoothed,
  ///   P_u = (I - omega D^-1 A_uu) P0_u,
  /// so that they fade out over the neighbours instead of tearing the tissue between groups: smoothed aggregation, Vanek, Mandel &
  /// Brezina 1996, 10.1007/BF02238511. Groups are parts of the ranks' matrix graphs.
  class Prolongation
  {
  public:
    static constexpr unsigned motions = 7, modes = motions + 1; ///< per group; the last mode is the pressure
    using Modes = std::array<double, 4 * modes>;                ///< of a node in a group: 4 x 8, row by row
    using Positions = std::vector<std::array<double, 3>>;

    /// Collective. @param groups wanted over all ranks
    Prolongation(const BlockMatrix &matrix, unsigned groups);

    /// Collective. Takes the values. A displacement whose row of the matrix is coupled with nothing is held: it moves with no group.
    /// @param position of each local block's node at which `matrix` is the tangent, mm: rotations about it feel no stiffness
    void smooth(const BlockMatrix &matrix, const Positions &position);

    std::size_t groups() const { return n_groups; }

    // Local block i moves with group[k] as value[k] says, for k in start[i] .. start[i + 1].
    std::vector<std::size_t> start;
    std::vector<unsigned> group; ///< numbered over all ranks, ascending for each block
    std::vector<Modes> value;

    /// coarse = P^T x of this rank's owned blocks, to be summed over the ranks. @param coarse `modes` numbers a group
    void restrict_to(const double *x, std::vector<double> &coarse) const;
    /// y = P coarse on the owned blocks.
    void prolong(const std::vector<double> &coarse, double *y) const;

  private:
    void make_groups(const BlockMatrix &matrix, unsigned wanted);
    void make_pattern(const BlockMatrix &matrix);
    void make_motions(const BlockMatrix &matrix, const Positions &position);
    void smooth_row(const BlockMatrix &matrix, std::size_t i);
    Modes &of(std::size_t block, unsigned group);

    const Layout *layout;
    std::size_t n_groups = 0;
    unsigned longest = 1;            ///< most groups of a block on any rank
    std::vector<unsigned> own_group; ///< of each local block
    std::vector<Modes> motion;       ///< of each local block with its own group: P0
  };
}
