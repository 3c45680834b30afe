#include "core/linear/coarse_space.h"

#include "core/mesh/partition.h"
#include "core/mpi.h"
#include "core/sort_unique.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  CoarseSpace::CoarseSpace(const BlockMatrix &matrix, unsigned groups) : layout(&matrix.layout()), P(matrix, groups)
  {
    make_pattern(matrix);
    factors = std::make_unique<BlockFactors<modes, double>>(rows(), nested_dissection(graph_of(rows())),
                                                            BlockFactors<modes, double>::complete);
  }

  /// Groups that a row of A P brings together are coupled. Every rank hears of all pairs.
  void CoarseSpace::make_pattern(const BlockMatrix &matrix)
  {
    const auto n = static_cast<long long>(P.groups());
    std::vector<std::vector<long long>> coupled(P.groups());
    for (std::size_t i = 0; i < layout->owned(); ++i)
      {
        std::vector<long long> near;
        for (std::size_t at = matrix.row_start[i]; at < matrix.row_start[i + 1]; ++at)
          near.insert(near.end(), P.group.begin() + static_cast<std::ptrdiff_t>(P.start[matrix.column[at]]),
                      P.group.begin() + static_cast<std::ptrdiff_t>(P.start[matrix.column[at] + 1]));
        sort_unique(near);
        for (std::size_t k = P.start[i]; k < P.start[i + 1]; ++k)
          {
            auto &list = coupled[P.group[k]];
            list.insert(list.end(), near.begin(), near.end());
            sort_unique(list);
          }
      }
    std::vector<long long> pairs;
    for (std::size_t I = 0; I < coupled.size(); ++I)
      for (const long long J : coupled[I])
        {
          pairs.push_back(n * static_cast<long long>(I) + J);
          pairs.push_back(n * J + static_cast<long long>(I));
        }
    std::vector<long long> all;
    const auto ranks = static_cast<std::size_t>(size_of(layout->comm()));
    for (const auto &list : exchange_lists(std::vector<std::vector<long long>>(ranks, pairs), layout->comm()))
      all.insert(all.end(), list.begin(), list.end());
    sort_unique(all);
    row_start.assign(P.groups() + 1, 0);
    for (const long long pair : all)
      {
        ++row_start[static_cast<std::size_t>(pair / n) + 1];
        column.push_back(static_cast<unsigned>(pair % n));
      }
    for (std::size_t I = 0; I < P.groups(); ++I)
      row_start[I + 1] += row_start[I];
  }

  void CoarseSpace::add_row(const BlockMatrix &matrix, std::size_t i)
  {
    reached.clear();
    for (std::size_t at = matrix.row_start[i]; at < matrix.row_start[i + 1]; ++at)
      for (std::size_t k = P.start[matrix.column[at]]; k < P.start[matrix.column[at] + 1]; ++k)
        reached.push_back(P.group[k]);
    sort_unique(reached);
    image.assign(reached.size(), {}); // (A P)_i
    for (std::size_t at = matrix.row_start[i]; at < matrix.row_start[i + 1]; ++at)
      {
        const double *const a = matrix.block(at); // (r, c) at [4 c + r]
        for (std::size_t k = P.start[matrix.column[at]]; k < P.start[matrix.column[at] + 1]; ++k)
          {
            auto &to = image[static_cast<std::size_t>(std::lower_bound(reached.begin(), reached.end(), P.group[k]) - reached.begin())];
            for (unsigned r = 0; r < 4; ++r)
              for (unsigned c = 0; c < 4; ++c)
                for (unsigned q = 0; q < modes; ++q)
                  to[modes * r + q] += a[4 * c + r] * P.value[k][modes * c + q];
          }
      }
    for (std::size_t k = P.start[i]; k < P.start[i + 1]; ++k)
      {
        const unsigned I = P.group[k];
        const auto first = column.begin() + static_cast<std::ptrdiff_t>(row_start[I]),
                   last = column.begin() + static_cast<std::ptrdiff_t>(row_start[I + 1]);
        for (std::size_t m = 0; m < reached.size(); ++m)
          {
            double *const block = values.data()
                                  + area * static_cast<std::size_t>(std::lower_bound(first, last, reached[m]) - column.begin());
            for (unsigned s = 0; s < modes; ++s)
              for (unsigned r = 0; r < 4; ++r)
                for (unsigned q = 0; q < modes; ++q)
                  block[modes * s + q] += P.value[k][modes * r + q] * image[m][modes * r + s];
          }
      }
  }

  bool CoarseSpace::factor(const BlockMatrix &matrix, const Positions &position)
  {
    P.smooth(matrix, position);
    values.assign(area * column.size(), 0.0);
    for (std::size_t i = 0; i < layout->owned(); ++i)
      add_row(matrix, i);
    sum(values, layout->comm());
    for (std::size_t I = 0; I < P.groups(); ++I)
      for (std::size_t at = row_start[I]; at < row_start[I + 1]; ++at)
        if (column[at] == I)
          for (unsigned k = 0; k < modes; ++k)
            if (double &diagonal = values[area * at + (modes + 1) * k]; diagonal == 0) // motions left out
              diagonal = 1;
    usable = std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
    if (usable)
      factors->factor(rows());
    return usable;
  }

  void CoarseSpace::apply(const double *x, double *y) const
  {
    if (!usable)
      {
        std::fill_n(y, 4 * layout->owned(), 0.0);
        return;
      }
    P.restrict_to(x, work);
    sum(work, layout->comm());
    factors->apply(work.data(), work.data());
    P.prolong(work, y);
  }
}
