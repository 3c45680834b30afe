#include "core/linear/block_ilu.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace vivicor
{
  namespace
  {
    // The pressure's diagonal is small and of the other sign than the displacements'. Made larger, the factors of a nearly
    // incompressible wall stay bounded (factors 1.3 to 2 took about a quarter of the solve time on the ventricle of Land 2015).
    constexpr float pressure_shift = 1.5f;

    typedef float Column __attribute__((vector_size(16), aligned(4)));

    /// Neighbours are visited in order of degree from a node far from the middle, then the order is reversed.
    std::vector<unsigned> cuthill_mckee(const BlockMatrix &matrix, std::size_t n)
    {
      const auto degree = [&](unsigned i) { return matrix.row_start[i + 1] - matrix.row_start[i]; };
      std::vector<unsigned> order;
      std::vector<char> seen(n, 0);
      const auto breadth_first = [&](unsigned start, std::vector<unsigned> &queue) {
        std::size_t head = queue.size();
        queue.push_back(start);
        seen[start] = 1;
        std::vector<unsigned> next;
        for (; head < queue.size(); ++head)
          {
            next.clear();
            for (std::size_t at = matrix.row_start[queue[head]]; at < matrix.row_start[queue[head] + 1]; ++at)
              if (const unsigned j = matrix.column[at]; j < n && !seen[j])
                {
                  seen[j] = 1;
                  next.push_back(j);
                }
            std::stable_sort(next.begin(), next.end(), [&](unsigned a, unsigned b) { return degree(a) < degree(b); });
            queue.insert(queue.end(), next.begin(), next.end());
          }
      };
      for (unsigned i = 0; i < n; ++i)
        if (!seen[i])
          {
            std::vector<unsigned> component;
            breadth_first(i, component);
            for (const unsigned j : component)
              seen[j] = 0;
            breadth_first(component.back(), order);
          }
      std::reverse(order.begin(), order.end());
      return order;
    }

    /// out -= a b for column-major 4 x 4 blocks.
    inline void subtract_product(float *out, const float *a, const float *b)
    {
      const Column *const c = reinterpret_cast<const Column *>(a);
      for (unsigned j = 0; j < 4; ++j)
        *reinterpret_cast<Column *>(out + 4 * j) -= c[0] * b[4 * j] + c[1] * b[4 * j + 1] + c[2] * b[4 * j + 2] + c[3] * b[4 * j + 3];
    }

    inline Column product(const float *a, Column x)
    {
      const Column *const c = reinterpret_cast<const Column *>(a);
      return c[0] * x[0] + c[1] * x[1] + c[2] * x[2] + c[3] * x[3];
    }

    /// Inverse by Gauss-Jordan with row pivoting, in double; tiny pivots are replaced so that the preconditioner stays finite.
    void invert(float *block)
    {
      double a[4][8] = {};
      double scale = 0;
      for (unsigned i = 0; i < 4; ++i)
        for (unsigned j = 0; j < 4; ++j)
          {
            a[i][j] = block[4 * j + i];
            scale = std::max(scale, std::abs(a[i][j]));
          }
      for (unsigned i = 0; i < 4; ++i)
        a[i][4 + i] = 1;
      for (unsigned k = 0; k < 4; ++k)
        {
          unsigned pivot = k;
          for (unsigned i = k + 1; i < 4; ++i)
            if (std::abs(a[i][k]) > std::abs(a[pivot][k]))
              pivot = i;
          std::swap_ranges(a[k], a[k] + 8, a[pivot]);
          if (!(std::abs(a[k][k]) > 1e-10 * scale))
            a[k][k] = scale > 0 ? 1e-4 * scale : 1.0;
          const double inverse = 1 / a[k][k];
          for (double &value : a[k])
            value *= inverse;
          for (unsigned i = 0; i < 4; ++i)
            if (i != k)
              for (unsigned j = 8; j-- > k;)
                a[i][j] -= a[i][k] * a[k][j];
        }
      for (unsigned i = 0; i < 4; ++i)
        for (unsigned j = 0; j < 4; ++j)
          block[4 * j + i] = static_cast<float>(a[i][4 + j]);
    }
  }

  BlockIlu::BlockIlu(const BlockMatrix &matrix, unsigned fill) : n(matrix.layout().owned())
  {
    order = cuthill_mckee(matrix, n);
    place.resize(n);
    for (unsigned i = 0; i < n; ++i)
      place[order[i]] = i;

    // Levels of fill, row by row: level(i,j) = min over k < min(i,j) of level(i,k) + level(k,j) + 1.
    std::vector<std::vector<std::pair<unsigned, unsigned>>> upper(n); // (column, level)
    std::vector<unsigned> level(n, ~0u);
    row_start.assign(1, 0);
    diagonal.resize(n);
    for (unsigned i = 0; i < n; ++i)
      {
        std::vector<unsigned> lower_heap, columns;
        const auto reach = [&](unsigned j, unsigned l) {
          if (level[j] == ~0u)
            {
              columns.push_back(j);
              if (j < i)
                {
                  lower_heap.push_back(j);
                  std::push_heap(lower_heap.begin(), lower_heap.end(), std::greater<>());
                }
            }
          level[j] = std::min(level[j], l);
        };
        for (std::size_t at = matrix.row_start[order[i]]; at < matrix.row_start[order[i] + 1]; ++at)
          if (matrix.column[at] < n)
            reach(place[matrix.column[at]], 0);
        reach(i, 0);
        while (!lower_heap.empty())
          {
            std::pop_heap(lower_heap.begin(), lower_heap.end(), std::greater<>());
            const unsigned k = lower_heap.back();
            lower_heap.pop_back();
            for (const auto &[j, l] : upper[k])
              if (level[k] + l + 1 <= fill)
                reach(j, level[k] + l + 1);
          }
        std::sort(columns.begin(), columns.end());
        for (const unsigned j : columns)
          {
            if (j == i)
              diagonal[i] = column.size();
            else if (j > i)
              upper[i].push_back({j, level[j]});
            column.push_back(j);
            level[j] = ~0u;
          }
        row_start.push_back(column.size());
      }
    values.resize(16 * column.size());
    work.resize(4 * n);
  }

  void BlockIlu::factor(const BlockMatrix &matrix)
  {
    constexpr std::size_t absent = ~std::size_t{0};
    std::vector<std::size_t> at_column(n, absent);
    for (std::size_t i = 0; i < n; ++i)
      {
        for (std::size_t at = row_start[i]; at < row_start[i + 1]; ++at)
          {
            at_column[column[at]] = 16 * at;
            std::fill_n(values.data() + 16 * at, 16, 0.0f);
          }
        for (std::size_t at = matrix.row_start[order[i]]; at < matrix.row_start[order[i] + 1]; ++at)
          if (matrix.column[at] < n)
            std::copy_n(matrix.block(at), 16, values.data() + at_column[place[matrix.column[at]]]);
        values[16 * diagonal[i] + 15] *= pressure_shift;
        for (std::size_t at = row_start[i]; at < diagonal[i]; ++at)
          {
            const std::size_t k = column[at];
            float factor[16] = {}, zero[16] = {};
            subtract_product(zero, values.data() + 16 * at, values.data() + 16 * diagonal[k]);
            for (unsigned e = 0; e < 16; ++e)
              factor[e] = -zero[e];
            std::copy_n(factor, 16, values.data() + 16 * at);
            for (std::size_t to = diagonal[k] + 1; to < row_start[k + 1]; ++to)
              if (const std::size_t target = at_column[column[to]]; target != absent)
                subtract_product(values.data() + target, factor, values.data() + 16 * to);
          }
        invert(values.data() + 16 * diagonal[i]);
        for (std::size_t at = row_start[i]; at < row_start[i + 1]; ++at)
          at_column[column[at]] = absent;
      }
  }

  void BlockIlu::apply(const double *x, double *y) const
  {
    for (std::size_t i = 0; i < n; ++i)
      {
        const double *const from = x + 4 * std::size_t{order[i]};
        Column total{static_cast<float>(from[0]), static_cast<float>(from[1]), static_cast<float>(from[2]),
                     static_cast<float>(from[3])};
        for (std::size_t at = row_start[i]; at < diagonal[i]; ++at)
          total -= product(values.data() + 16 * at, *reinterpret_cast<const Column *>(work.data() + 4 * column[at]));
        *reinterpret_cast<Column *>(work.data() + 4 * i) = total;
      }
    for (std::size_t i = n; i-- > 0;)
      {
        Column total = *reinterpret_cast<const Column *>(work.data() + 4 * i);
        for (std::size_t at = diagonal[i] + 1; at < row_start[i + 1]; ++at)
          total -= product(values.data() + 16 * at, *reinterpret_cast<const Column *>(work.data() + 4 * column[at]));
        total = product(values.data() + 16 * diagonal[i], total);
        *reinterpret_cast<Column *>(work.data() + 4 * i) = total;
        double *const to = y + 4 * std::size_t{order[i]};
        for (unsigned c = 0; c < 4; ++c)
          to[c] = total[c];
      }
  }
}
