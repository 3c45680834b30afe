// Small dense linear systems, by SUNDIALS' LU factorisation with row pivots.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace vivicor
{
  /// A square matrix of n x n values, stored by columns; zero at first.
  class DenseMatrix
  {
  public:
    explicit DenseMatrix(std::size_t n) : n(n), values(n * n, 0.) {}
    std::size_t size() const { return n; }
    double &operator()(std::size_t row, std::size_t column) { return values[column * n + row]; }
    double operator()(std::size_t row, std::size_t column) const { return values[column * n + row]; }

  private:
    friend class DenseFactors;
    std::size_t n;
    std::vector<double> values;
  };

  /// A = P L U of a regular matrix, for any number of right-hand sides.
  class DenseFactors
  {
  public:
    /// @return nothing where a pivot is zero or not finite
    static std::optional<DenseFactors> of(DenseMatrix matrix);
    /// x with A x = b.
    std::vector<double> solve(std::vector<double> b) const;

  private:
    explicit DenseFactors(DenseMatrix matrix);
    DenseMatrix factors;
    std::vector<long> pivots;
  };
}
