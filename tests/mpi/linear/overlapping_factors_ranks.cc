// Incomplete factors of the ranks' parts of a bar, with and without overlap.
#include "core/linear/overlapping_factors.h"

#include "core/linear/krylov.h"
#include "core/mpi.h"
#include "tests/mpi/linear/bar.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

using namespace vivicor;

namespace
{
  constexpr unsigned complete = BlockFactors<4, float>::complete;

  unsigned iterations(Bar &bar, unsigned fill, unsigned layers)
  {
    OverlappingFactors factors(*bar.matrix, fill, layers);
    factors.factor(*bar.matrix, 1);
    const Layout &layout = bar.matrix->layout();
    const VectorShape shape{layout.comm(), 4 * layout.owned(), 4 * layout.local(), 0};
    const std::vector<double> b = bar.load();
    std::vector<double> x(b.size(), 0.0);
    const KrylovResult result = gmres(
      shape, [&](double *in, double *out) { bar.matrix->vmult(in, out); }, [&](const double *in, double *out) { factors.apply(in, out); },
      b, x, 1e-8 * std::sqrt(dot(shape, b.data(), b.data())), 200, 100);
    EXPECT_TRUE(result.converged);
    return result.iterations;
  }
}

// Each part then is the whole bar: rows and values of other ranks have arrived where they belong.
TEST(OverlappingFactorsRanks, CompleteOnesOfTheWholeSolve)
{
  Bar bar;
  OverlappingFactors factors(*bar.matrix, complete, Bar::along);
  factors.factor(*bar.matrix, 1);
  std::vector<double> x = bar.load(), image(x.size());
  bar.matrix->vmult(x.data(), image.data());
  factors.apply(image.data(), image.data());
  for (std::size_t i = 0; i < 4 * bar.matrix->layout().owned(); ++i)
    EXPECT_NEAR(image[i], x[i], 1e-4) << "single precision";
}

TEST(OverlappingFactorsRanks, OverlapBringsTheRanksTogether)
{
  Bar bar;
  const unsigned apart = iterations(bar, 1, 0), one = iterations(bar, 1, 1), two = iterations(bar, 1, 2);
  if (size_of(MPI_COMM_WORLD) == 1)
    {
      EXPECT_EQ(apart, one);
      EXPECT_EQ(apart, two);
      return;
    }
  EXPECT_LT(one, apart);
  EXPECT_LE(two, one);
}

// Diagonals too weak for their neighbours: some of them let incomplete factors blow up, as do cells that keep their volume by a penalty.
TEST(OverlappingFactorsRanks, RaiseTheDiagonalOfWhatBlowsUp)
{
  Bar bar;
  BlockMatrix &A = *bar.matrix;
  const std::size_t n = A.layout().owned();
  OverlappingFactors factors(A, 0, 1);
  EXPECT_EQ(factors.factor(A, 1), 1);
  double most = 1;
  for (double diagonal = 0.5; diagonal < 2; diagonal += 0.1)
    {
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t at = A.row_start[i]; at < A.row_start[i + 1]; ++at)
          for (unsigned e = 0; e < 16; ++e)
            A.block(at)[e] = e % 5 != 0 ? 0 : A.column[at] == i ? diagonal : 1;
      most = std::max(most, factors.factor(A, 1));
      std::vector<double> x = bar.load();
      factors.apply(x.data(), x.data());
      EXPECT_TRUE(
        std::all_of(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(4 * n), [](double value) { return std::isfinite(value); }));
    }
  EXPECT_GT(most, 1);
}
