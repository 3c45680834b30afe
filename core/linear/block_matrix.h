// A distributed sparse matrix of dense 4 x 4 blocks: three displacements and one pressure at a node.
#pragma once

#include "core/linear/block_factors.h"
#include "core/linear/layout.h"

#include <array>
#include <vector>

namespace vivicor
{
  /// Rows of the owned blocks are complete; rows of ghosts collect what this rank's cells add there until compress() hands
  /// it to the owner. Entry (i, j) of a block is at [4 j + i].
  class BlockMatrix
  {
  public:
    static constexpr unsigned width = 4;

    /// Collective. The pattern couples all nodes of each cell.
    /// @param begin, end global blocks owned by this rank; @param cells global blocks of this rank's cells
    BlockMatrix(MPI_Comm comm, long long begin, long long end, const std::vector<std::array<long long, 4>> &cells);

    const Layout &layout() const { return blocks; }
    /// Where the block of two local numbers lies, for block(); both in one of this rank's cells.
    std::size_t position(std::size_t row, std::size_t column) const;
    double *block(std::size_t position) { return values.data() + 16 * position; }
    const double *block(std::size_t position) const { return values.data() + 16 * position; }
    /// Rows of the owned blocks with the owned columns.
    BlockRows rows() const { return {blocks.owned(), row_start.data(), column.data(), values.data()}; }

    void zero();
    /// Collective. Brings what was added to ghosts' rows to their owners.
    void compress();
    /// Collective. y = A x on the owned blocks; brings the ghosts of x up to date.
    void vmult(double *x, double *y) const;

    std::vector<std::size_t> row_start; ///< by local block row, owned first; then ghosts
    std::vector<unsigned> column;       ///< local block numbers, ascending within a row

  private:
    struct Neighbour
    {
      int rank;
      std::vector<std::size_t> sent, received; ///< positions
    };
    Layout blocks;
    std::vector<double> values;
    std::vector<Neighbour> neighbours;
  };
}
