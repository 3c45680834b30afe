#include "core/linear/block_factors.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <random>

namespace vivicor
{
  namespace
  {
    template <unsigned width, class Number>
    struct Blocks
    {
      typedef Number Column __attribute__((vector_size(width * sizeof(Number)), aligned(sizeof(Number))));

      /// out -= a x for a column-major block.
      static void subtract_image(Number *out, const Number *a, const Number *x)
      {
        const Column *const c = reinterpret_cast<const Column *>(a);
        Column image = c[0] * x[0];
        for (unsigned k = 1; k < width; ++k)
          image += c[k] * x[k];
        *reinterpret_cast<Column *>(out) -= image;
      }

      /// out -= a b.
      static void subtract_product(Number *out, const Number *a, const Number *b)
      {
        for (unsigned j = 0; j < width; ++j)
          subtract_image(out + width * j, a, b + width * j);
      }
    };

    /// Inverse by Gauss-Jordan with row pivoting, in double; tiny pivots are replaced so that the factors stay finite.
    template <unsigned width, class Number>
    void invert(Number *block)
    {
      double a[width][2 * width] = {};
      double scale = 0;
      for (unsigned i = 0; i < width; ++i)
        for (unsigned j = 0; j < width; ++j)
          {
            a[i][j] = block[width * j + i];
            scale = std::max(scale, std::abs(a[i][j]));
          }
      for (unsigned i = 0; i < width; ++i)
        a[i][width + i] = 1;
      for (unsigned k = 0; k < width; ++k)
        {
          unsigned pivot = k;
          for (unsigned i = k + 1; i < width; ++i)
            if (std::abs(a[i][k]) > std::abs(a[pivot][k]))
              pivot = i;
          std::swap_ranges(a[k], a[k] + 2 * width, a[pivot]);
          if (!(std::abs(a[k][k]) > 1e-10 * scale))
            a[k][k] = scale > 0 ? 1e-4 * scale : 1.0;
          const double inverse = 1 / a[k][k];
          for (double &value : a[k])
            value *= inverse;
          for (unsigned i = 0; i < width; ++i)
            if (i != k)
              for (unsigned j = 2 * width; j-- > k;)
                a[i][j] -= a[i][k] * a[k][j];
        }
      for (unsigned i = 0; i < width; ++i)
        for (unsigned j = 0; j < width; ++j)
          block[width * j + i] = static_cast<Number>(a[i][width + j]);
    }
  }

  std::vector<std::vector<unsigned>> graph_of(const BlockRows &rows)
  {
    std::vector<std::vector<unsigned>> neighbours(rows.n);
    for (std::size_t i = 0; i < rows.n; ++i)
      for (std::size_t at = rows.start[i]; at < rows.start[i + 1]; ++at)
        if (rows.column[at] < rows.n && rows.column[at] != i)
          neighbours[i].push_back(rows.column[at]);
    return neighbours;
  }

  /// Neighbours are visited in order of degree from a node far from the middle, then the order is reversed.
  std::vector<unsigned> narrow_order(const BlockRows &rows)
  {
    const auto degree = [&](unsigned i) { return rows.start[i + 1] - rows.start[i]; };
    std::vector<unsigned> order;
    std::vector<char> seen(rows.n, 0);
    const auto breadth_first = [&](unsigned start, std::vector<unsigned> &queue) {
      std::size_t head = queue.size();
      queue.push_back(start);
      seen[start] = 1;
      std::vector<unsigned> next;
      for (; head < queue.size(); ++head)
        {
          next.clear();
          for (std::size_t at = rows.start[queue[head]]; at < rows.start[queue[head] + 1]; ++at)
            if (const unsigned j = rows.column[at]; j < rows.n && !seen[j])
              {
                seen[j] = 1;
                next.push_back(j);
              }
          std::stable_sort(next.begin(), next.end(), [&](unsigned a, unsigned b) { return degree(a) < degree(b); });
          queue.insert(queue.end(), next.begin(), next.end());
        }
    };
    for (unsigned i = 0; i < rows.n; ++i)
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

  template <unsigned width, class Number>
  BlockFactors<width, Number>::BlockFactors(const BlockRows &rows, std::vector<unsigned> elimination, unsigned fill)
    : n(rows.n), order(std::move(elimination)), place(n)
  {
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
        for (std::size_t at = rows.start[order[i]]; at < rows.start[order[i] + 1]; ++at)
          if (rows.column[at] < n)
            reach(place[rows.column[at]], 0);
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
    values.resize(area * column.size());
    work.resize(width * n);
  }

  template <unsigned width, class Number>
  void BlockFactors<width, Number>::factor(const BlockRows &rows, double last_factor, double diagonal_factor)
  {
    using B = Blocks<width, Number>;
    constexpr std::size_t absent = ~std::size_t{0};
    std::vector<std::size_t> at_column(n, absent);
    for (std::size_t i = 0; i < n; ++i)
      {
        for (std::size_t at = row_start[i]; at < row_start[i + 1]; ++at)
          {
            at_column[column[at]] = area * at;
            std::fill_n(values.data() + area * at, area, Number{0});
          }
        for (std::size_t at = rows.start[order[i]]; at < rows.start[order[i] + 1]; ++at)
          if (rows.column[at] < n)
            std::copy_n(rows.values + area * at, area, values.data() + at_column[place[rows.column[at]]]);
        for (std::size_t e = area * diagonal[i]; e < area * (diagonal[i] + 1); ++e)
          values[e] *= static_cast<Number>(diagonal_factor);
        values[area * diagonal[i] + area - 1] *= static_cast<Number>(last_factor);
        for (std::size_t at = row_start[i]; at < diagonal[i]; ++at)
          {
            const std::size_t k = column[at];
            Number factor[area], negative[area] = {};
            B::subtract_product(negative, values.data() + area * at, values.data() + area * diagonal[k]);
            for (unsigned e = 0; e < area; ++e)
              factor[e] = -negative[e];
            std::copy_n(factor, area, values.data() + area * at);
            for (std::size_t to = diagonal[k] + 1; to < row_start[k + 1]; ++to)
              if (const std::size_t target = at_column[column[to]]; target != absent)
                B::subtract_product(values.data() + target, factor, values.data() + area * to);
          }
        invert<width>(values.data() + area * diagonal[i]);
        for (std::size_t at = row_start[i]; at < row_start[i + 1]; ++at)
          at_column[column[at]] = absent;
      }
  }

  template <unsigned width, class Number>
  void BlockFactors<width, Number>::apply(const double *x, double *y) const
  {
    using B = Blocks<width, Number>;
    for (std::size_t i = 0; i < n; ++i)
      {
        Number total[width];
        std::copy_n(x + width * std::size_t{order[i]}, width, total);
        for (std::size_t at = row_start[i]; at < diagonal[i]; ++at)
          B::subtract_image(total, values.data() + area * at, work.data() + width * column[at]);
        std::copy_n(total, width, work.data() + width * i);
      }
    for (std::size_t i = n; i-- > 0;)
      {
        Number total[width], negative[width] = {};
        std::copy_n(work.data() + width * i, width, total);
        for (std::size_t at = diagonal[i] + 1; at < row_start[i + 1]; ++at)
          B::subtract_image(total, values.data() + area * at, work.data() + width * column[at]);
        B::subtract_image(negative, values.data() + area * diagonal[i], total);
        double *const to = y + width * std::size_t{order[i]};
        for (unsigned c = 0; c < width; ++c)
          to[c] = work[width * i + c] = -negative[c];
      }
  }

  template <unsigned width, class Number>
  double BlockFactors<width, Number>::growth(const BlockRows &rows) const
  {
    std::vector<double> w(width * n), image(width * n, 0.0);
    std::minstd_rand random; // the same on every machine
    for (double &value : w)
      value = 2.0 * random() / std::minstd_rand::max() - 1;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t at = rows.start[i]; at < rows.start[i + 1]; ++at)
        for (unsigned c = 0; rows.column[at] < n && c < width; ++c)
          for (unsigned r = 0; r < width; ++r)
            image[width * i + r] += rows.values[area * at + width * c + r] * w[width * rows.column[at] + c];
    apply(image.data(), image.data());
    double largest = 0;
    for (const double value : image)
      largest = std::isfinite(value) ? std::max(largest, std::abs(value)) : std::numeric_limits<double>::infinity();
    return largest;
  }

  template class BlockFactors<4, float>;
  template class BlockFactors<8, double>;
}
