// Complete or incomplete triangular factors of a sparse matrix of small dense blocks, on one rank.
#pragma once

#include <cstddef>
#include <vector>

namespace vivicor
{
  /// Rows of dense blocks that somebody else keeps; columns ascend within a row, those from `n` on are left out.
  struct BlockRows
  {
    std::size_t n;
    const std::size_t *start;
    const unsigned *column;
    const double *values; ///< entry (i, j) of a block at [width j + i]
  };

  /// Neighbours of each row, without itself.
  std::vector<std::vector<unsigned>> graph_of(const BlockRows &rows);

  /// Order of elimination with a small bandwidth, for incomplete factors: reverse Cuthill-McKee.
  std::vector<unsigned> narrow_order(const BlockRows &rows);

  /// L U of the blocks in a given order without exchange of rows, kept in `Number`. Saad, Iterative Methods for Sparse Linear
  /// Systems, 2003, ch. 10.
  template <unsigned width, class Number>
  class BlockFactors
  {
  public:
    static constexpr unsigned complete = ~0u;

    /// Takes the pattern, which is symmetric. @param order order[new] = old
    /// @param fill level k: blocks whose fill path is longer than k are dropped; `complete`: none
    BlockFactors(const BlockRows &rows, std::vector<unsigned> order, unsigned fill);
    /// Takes the values. @param last_factor on the last diagonal entry of each diagonal block
    /// @param diagonal_factor on the diagonal blocks
    void factor(const BlockRows &rows, double last_factor = 1, double diagonal_factor = 1);
    /// y = (LU)^-1 x.
    void apply(const double *x, double *y) const;
    /// Largest entry of (LU)^-1 A w for a w without a pattern, of entries between -1 and 1: nearly 1 for complete factors, infinite
    /// where anything is not finite. @param rows A
    double growth(const BlockRows &rows) const;

    std::size_t blocks() const { return column.size(); }

  private:
    static constexpr unsigned area = width * width;
    std::size_t n = 0;
    std::vector<unsigned> order, place; ///< place[old] = new
    std::vector<std::size_t> row_start, diagonal;
    std::vector<unsigned> column;
    std::vector<Number> values; ///< L (unit diagonal), inverse of U's diagonal blocks, U
    mutable std::vector<Number> work;
  };
}
