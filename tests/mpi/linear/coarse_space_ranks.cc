// The coarse level of the wall's preconditioner on a bar that the ranks share.
#include "core/linear/coarse_space.h"

#include "core/mpi.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace vivicor;

namespace
{
  constexpr long long along = 16, across = 4; // nodes

  /// Springs, a compressible pressure and supports between the nodes of a bar of tetrahedra; what one cell adds does not depend on the
  /// ranks.
  struct Bar
  {
    std::unique_ptr<BlockMatrix> matrix;
    CoarseSpace::Positions position;

    Bar()
    {
      const int ranks = size_of(MPI_COMM_WORLD), rank = rank_of(MPI_COMM_WORLD);
      const long long first = along * rank / ranks, last = along * (rank + 1) / ranks;
      std::vector<std::array<long long, 4>> cells;
      for (long long x = first; x < std::min(last, along - 1); ++x)
        for (long long y = 0; y + 1 < across; ++y)
          for (long long z = 0; z + 1 < across; ++z)
            for (std::array<int, 3> path{0, 1, 2};;)
              {
                std::array<long long, 3> at{x, y, z};
                auto &cell = cells.emplace_back();
                cell[0] = node(at);
                for (unsigned k = 0; k < 3; ++k)
                  {
                    ++at[static_cast<std::size_t>(path[k])];
                    cell[k + 1] = node(at);
                  }
                if (!std::next_permutation(path.begin(), path.end()))
                  break;
              }
      matrix = std::make_unique<BlockMatrix>(MPI_COMM_WORLD, across * across * first, across * across * last, cells);
      const Layout &layout = matrix->layout();
      for (std::size_t i = 0; i < layout.local(); ++i)
        position.push_back(place(layout.global_of(i)));
      for (const auto &cell : cells)
        for (unsigned a = 0; a < 4; ++a)
          for (unsigned b = 0; b < 4; ++b)
            add(cell, a, b);
      matrix->compress();
    }

    static long long node(const std::array<long long, 3> &at) { return (at[0] * across + at[1]) * across + at[2]; }
    static std::array<double, 3> place(long long node)
    {
      return {static_cast<double>(node / (across * across)), static_cast<double>(node / across % across), static_cast<double>(node % across)};
    }

    void add(const std::array<long long, 4> &cell, unsigned a, unsigned b)
    {
      const Layout &layout = matrix->layout();
      double *const block = matrix->block(matrix->position(layout.local_of(cell[a]), layout.local_of(cell[b])));
      const auto from_middle = [&](unsigned n, unsigned i) {
        double middle = 0;
        for (const long long other : cell)
          middle += 0.25 * place(other)[i];
        return place(cell[n])[i] - middle;
      };
      for (unsigned i = 0; i < 3; ++i)
        {
          block[5 * i] += a == b ? 3.1 : -1;
          block[12 + i] += 0.2 * from_middle(a, i);
          block[4 * i + 3] += 0.2 * from_middle(b, i);
        }
      block[15] -= a == b ? 0.2 : 0.1;
    }

    std::vector<double> load() const
    {
      std::vector<double> b(4 * matrix->layout().local());
      for (std::size_t i = 0; i < b.size(); ++i)
        b[i] = std::sin(1.3 * static_cast<double>(4 * matrix->layout().global_of(i / 4) + static_cast<long long>(i % 4)));
      return b;
    }
  };
}

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
