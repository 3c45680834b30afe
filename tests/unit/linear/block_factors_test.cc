#include "core/linear/block_factors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

using namespace vivicor;

namespace
{
  /// Blocks on a square grid, each coupled with its four neighbours; dominated by the diagonal but for its last entry, which is
  /// as negative as that of a pressure.
  template <unsigned width>
  struct Grid
  {
    std::size_t n;
    std::vector<std::size_t> start{0};
    std::vector<unsigned> column;
    std::vector<double> values;

    explicit Grid(unsigned side) : n(side * side)
    {
      for (unsigned i = 0; i < n; ++i)
        {
          for (unsigned j = 0; j < n; ++j)
            {
              const unsigned dx = std::max(i % side, j % side) - std::min(i % side, j % side);
              const unsigned dy = std::max(i / side, j / side) - std::min(i / side, j / side);
              if (dx + dy > 1)
                continue;
              column.push_back(j);
              for (unsigned c = 0; c < width; ++c)
                for (unsigned r = 0; r < width; ++r)
                  values.push_back(i == j && r == c ? (r + 1 == width ? -8 : 12) : std::sin(1.0 + i + 3 * j + 5 * r + 7 * c));
            }
          start.push_back(column.size());
        }
    }
    BlockRows rows() const { return {n, start.data(), column.data(), values.data()}; }

    std::vector<double> times(const std::vector<double> &x) const
    {
      std::vector<double> y(width * n, 0.0);
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t at = start[i]; at < start[i + 1]; ++at)
          for (unsigned c = 0; c < width; ++c)
            for (unsigned r = 0; r < width; ++r)
              y[width * i + r] += values[width * width * at + width * c + r] * x[width * column[at] + c];
      return y;
    }
  };

  template <unsigned width, class Number>
  double error(const Grid<width> &grid, const std::vector<unsigned> &order, unsigned fill)
  {
    BlockFactors<width, Number> factors(grid.rows(), order, fill);
    factors.factor(grid.rows());
    std::vector<double> x(width * grid.n), y(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] = std::cos(0.7 * static_cast<double>(i));
    factors.apply(grid.times(x).data(), y.data());
    double worst = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
      worst = std::max(worst, std::abs(x[i] - y[i]));
    return worst;
  }
}

TEST(BlockFactors, CompleteOnesSolve)
{
  const Grid<8> grid(7);
  std::vector<unsigned> natural(grid.n);
  std::iota(natural.begin(), natural.end(), 0u);
  EXPECT_LT((error<8, double>(grid, natural, BlockFactors<8, double>::complete)), 1e-12);
  EXPECT_LT((error<8, double>(grid, narrow_order(grid.rows()), BlockFactors<8, double>::complete)), 1e-12);
}

TEST(BlockFactors, MoreFillComesCloser)
{
  const Grid<4> grid(7);
  const auto order = narrow_order(grid.rows());
  const double none = error<4, float>(grid, order, 0), one = error<4, float>(grid, order, 1);
  EXPECT_GT(none, 1e-3) << "a grid has fill";
  EXPECT_LT(one, none);
  EXPECT_LT((error<4, float>(grid, order, BlockFactors<4, float>::complete)), 1e-5) << "single precision";
}

TEST(BlockFactors, StayFiniteWithoutAPivot)
{
  Grid<4> grid(2);
  std::fill(grid.values.begin(), grid.values.end(), 0.0);
  BlockFactors<4, float> factors(grid.rows(), narrow_order(grid.rows()), 1);
  factors.factor(grid.rows());
  std::vector<double> x(16, 1.0), y(16);
  factors.apply(x.data(), y.data());
  for (const double value : y)
    EXPECT_TRUE(std::isfinite(value));
}

TEST(BlockFactors, GrowthIsThatOfTheInverse)
{
  const Grid<4> grid(7);
  BlockFactors<4, float> factors(grid.rows(), narrow_order(grid.rows()), BlockFactors<4, float>::complete);
  factors.factor(grid.rows());
  const double exact = factors.growth(grid.rows());
  EXPECT_GT(exact, 0.9);
  EXPECT_LT(exact, 1.0001);
  factors.factor(grid.rows(), 1, 0.5);
  EXPECT_GT(factors.growth(grid.rows()), 1.5);
}

// Weak diagonals: without the fill that is dropped, one small pivot makes the next.
TEST(BlockFactors, ARaisedDiagonalTamesIncompleteOnes)
{
  Grid<4> grid(12);
  for (std::size_t i = 0; i < grid.n; ++i)
    for (std::size_t at = grid.start[i]; at < grid.start[i + 1]; ++at)
      for (unsigned e = 0; e < 16; ++e)
        grid.values[16 * at + e] = e % 5 != 0 ? 0 : grid.column[at] == i ? 0.8 : 1;
  BlockFactors<4, float> factors(grid.rows(), narrow_order(grid.rows()), 0);
  factors.factor(grid.rows());
  EXPECT_GT(factors.growth(grid.rows()), 1e3);
  factors.factor(grid.rows(), 1, 4.2);
  EXPECT_LT(factors.growth(grid.rows()), 10);
}
