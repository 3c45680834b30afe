// Incomplete block factorisation as preconditioner.
#pragma once

#include "core/linear/block_matrix.h"

#include <vector>

namespace vivicor
{
  /// Block ILU(k) of this rank's owned rows and columns (block Jacobi between ranks), 4 x 4 blocks, nodes ordered by reverse
  /// Cuthill-McKee; the last unknown of a block, the pressure, has its diagonal entry enlarged. Saad, Iterative Methods for Sparse Linear Systems, 2003, ch. 10.
  class BlockIlu
  {
  public:
    /// Takes the pattern. @param fill level k: blocks whose fill path is longer than k are dropped
    BlockIlu(const BlockMatrix &matrix, unsigned fill);
    /// Takes the values. No communication.
    void factor(const BlockMatrix &matrix);
    /// y = (LU)^-1 x on the owned blocks. No communication.
    void apply(const double *x, double *y) const;

    std::size_t blocks() const { return column.size(); }

  private:
    std::size_t n = 0;
    std::vector<unsigned> order, place;  ///< order[new] = old; place[old] = new
    std::vector<std::size_t> row_start, diagonal;
    std::vector<unsigned> column;
    std::vector<float> values;           ///< L (unit diagonal), inverse of U's diagonal blocks, U
    mutable std::vector<float> work;
  };
}
