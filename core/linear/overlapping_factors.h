// Incomplete factors of each rank's part of a distributed matrix, where the parts overlap.
#pragma once

#include "core/linear/block_factors.h"
#include "core/linear/block_matrix.h"

#include <memory>
#include <vector>

namespace vivicor
{
  /// Restricted additive Schwarz (Cai & Sarkis 1999, 10.1137/S106482759732678X): a rank factors its own rows and those of a few layers of
  /// nodes beyond, and keeps of the answer what it owns. Without the layers each rank holds the tissue at its border still, and many
  /// iterations go into that. On one rank it is the block ILU of the whole matrix.
  class OverlappingFactors
  {
  public:
    /// Collective. Takes the pattern. @param fill as in BlockFactors @param layers of nodes beyond the owned ones
    OverlappingFactors(const BlockMatrix &matrix, unsigned fill, unsigned layers);
    /// Collective. Takes the values. A rank whose incomplete factors blow up, which those of walls that hold their volume by a penalty do,
    /// raises its diagonal blocks until they do not (Manteuffel 1980, 10.1090/S0025-5718-1980-0559197-0).
    /// @param last_factor as in BlockFactors @return the factor on this rank's diagonal blocks, 1 where none is needed
    double factor(const BlockMatrix &matrix, double last_factor);
    /// Collective. On the owned blocks; x and y may be the same.
    void apply(const double *x, double *y) const;

  private:
    void make_pattern(const BlockMatrix &matrix, unsigned layers);
    void agree_on_rows_beyond(const BlockMatrix &matrix);
    void fetch_rows_beyond(const BlockMatrix &matrix);
    /// What is factored: the matrix itself while there is nothing beyond.
    BlockRows rows(const BlockMatrix &matrix) const;

    struct Neighbour
    {
      int rank;
      std::vector<std::size_t> sent; ///< positions in the matrix
      std::size_t first, received;   ///< range of positions here
    };
    Layout part; ///< owned blocks, then those of the layers
    std::vector<std::size_t> row_start;
    std::vector<unsigned> column;
    std::vector<double> values;
    std::vector<Neighbour> neighbours;
    std::unique_ptr<BlockFactors<4, float>> factors;
    mutable std::vector<double> work;
  };
}
