#include "mechanics/boundary/clamp.h"

#include <algorithm>
#include <set>

namespace vivicor
{
  Clamp::Clamp(const Surface &surface, const Space &space, const BlockMatrix &matrix) : held(matrix.layout().local(), 0)
  {
    std::set<long long> blocks;
    for (const Triangle &triangle : surface)
      for (const unsigned node : triangle.nodes)
        blocks.insert(space.number[node]);
    for (std::size_t i = 0; i < held.size(); ++i)
      held[i] = blocks.count(matrix.layout().global_of(i)) > 0;
  }

  void Clamp::free(double *residual) const
  {
    for (std::size_t i = 0; i < held.size(); ++i)
      if (held[i])
        std::fill_n(residual + 4 * i, 3, 0.0);
  }

  void Clamp::free(BlockMatrix &matrix) const
  {
    for (std::size_t i = 0; i < matrix.layout().owned(); ++i)
      for (std::size_t at = matrix.row_start[i]; at < matrix.row_start[i + 1]; ++at)
        {
          const std::size_t j = matrix.column[at];
          double *const block = matrix.block(at); // entry (r, c) at [4 c + r]
          for (unsigned c = 0; c < 4; ++c)
            for (unsigned r = 0; r < 4; ++r)
              if (((held[i] && r < 3) || (held[j] && c < 3)) && !(i == j && r == c))
                block[4 * c + r] = 0;
        }
  }
}
