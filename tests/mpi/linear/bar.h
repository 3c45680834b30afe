// A bar that the ranks share, as a linear system.
#pragma once

#include "core/linear/block_matrix.h"
#include "core/mpi.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace vivicor
{
  /// Springs, a compressible pressure and supports between the nodes of a bar of tetrahedra; what one cell adds does not depend on the
  /// ranks.
  struct Bar
  {
    static constexpr long long along = 16, across = 4; // nodes
    std::unique_ptr<BlockMatrix> matrix;
    std::vector<std::array<double, 3>> position; ///< of each local node

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
      return {static_cast<double>(node / (across * across)), static_cast<double>(node / across % across),
              static_cast<double>(node % across)};
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
