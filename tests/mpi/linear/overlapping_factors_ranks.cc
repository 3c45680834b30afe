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
      shape, [&](double *in, double *out) { bar.matrix->vmult(in, out); }, [&](const double *in, double *out) { factors.apply(in, out); }, b, x,
      1e-8 * std::sqrt(dot(shape, b.data(), b.data())), 200, 100);
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
