// The coarse level of the wall's preconditioner on a bar that the ranks share.
#include "core/linear/coarse_space.h"

#include "core/mpi.h"
#include "tests/mpi/linear/bar.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

using namespace vivicor;

// C A C = C: what the coarse space can represent, it solves exactly.
TEST(CoarseSpaceRanks, IsAProjection)
{
  Bar bar;
  CoarseSpace coarse(*bar.matrix, 8);
  ASSERT_GE(coarse.groups(), 2u);
  ASSERT_TRUE(coarse.factor(*bar.matrix, bar.position));
  const std::vector<double> b = bar.load();
  std::vector<double> y(b.size()), image(b.size()), again(b.size());
  coarse.apply(b.data(), y.data());
  bar.matrix->vmult(y.data(), image.data());
  coarse.apply(image.data(), again.data());
  double largest = 0, worst = 0;
  for (std::size_t i = 0; i < 4 * bar.matrix->layout().owned(); ++i)
    {
      largest = std::max(largest, std::abs(y[i]));
      worst = std::max(worst, std::abs(again[i] - y[i]));
    }
  EXPECT_GT(max(largest, MPI_COMM_WORLD), 1e-3);
  EXPECT_LT(worst, 1e-11);
}

TEST(CoarseSpaceRanks, LeavesHeldDisplacementsAlone)
{
  Bar bar;
  BlockMatrix &A = *bar.matrix;
  const Layout &layout = A.layout();
  const auto held = [&](std::size_t i) { return bar.position[i][0] == 0; };
  for (std::size_t i = 0; i < layout.owned(); ++i)
    for (std::size_t at = A.row_start[i]; at < A.row_start[i + 1]; ++at)
      for (unsigned r = 0; r < 4; ++r)
        for (unsigned c = 0; c < 4; ++c)
          if (((held(i) && r < 3) || (held(A.column[at]) && c < 3)) && !(A.column[at] == i && r == c))
            A.block(at)[4 * c + r] = 0;
  CoarseSpace coarse(A, 8);
  ASSERT_TRUE(coarse.factor(A, bar.position));
  const std::vector<double> b = bar.load();
  std::vector<double> y(b.size());
  coarse.apply(b.data(), y.data());
  for (std::size_t i = 0; i < layout.owned(); ++i)
    for (unsigned r = 0; r < 3; ++r)
      if (held(i))
        {
          EXPECT_EQ(y[4 * i + r], 0);
        }
}
