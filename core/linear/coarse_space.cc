#include "core/linear/coarse_space.h"

#include "core/mesh/partition.h"
#include "core/mpi.h"

#include <algorithm>
#include <cmath>

extern "C"
{
  void dgetrf_(const int *m, const int *n, double *a, const int *lda, int *ipiv, int *info);
  void dgetrs_(const char *trans, const int *n, const int *nrhs, const double *a, const int *lda, const int *ipiv, double *b,
               const int *ldb, int *info, std::size_t);
}

namespace vivicor
{
  namespace
  {
    /// Parts of the graph of this rank's owned blocks.
    std::vector<unsigned> split_graph(const BlockMatrix &matrix, unsigned parts)
    {
      const std::size_t n = matrix.layout().owned();
      std::vector<std::vector<unsigned>> neighbours(n);
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t at = matrix.row_start[i]; at < matrix.row_start[i + 1]; ++at)
          if (matrix.column[at] < n && matrix.column[at] != i)
            neighbours[i].push_back(matrix.column[at]);
      return partition_graph(neighbours, parts);
    }
  }

  CoarseSpace::CoarseSpace(const BlockMatrix &matrix, const std::vector<std::array<double, 3>> &position, unsigned groups)
    : layout(&matrix.layout())
  {
    make_groups(matrix, groups);
    make_modes(position);
  }

  void CoarseSpace::make_groups(const BlockMatrix &matrix, unsigned groups)
  {
    const double all = sum(static_cast<double>(layout->owned()), layout->comm());
    const double share = static_cast<double>(layout->owned()) / std::max(1.0, all);
    constexpr double fewest = 30; // nodes a group on average: small ones are nearly flat, and their rotations nearly dependent
    const auto mine = static_cast<unsigned>(std::max(1.0, std::round(std::min<double>(groups, all / fewest) * share)));
    const auto part = split_graph(matrix, mine);

    std::vector<int> counts(static_cast<std::size_t>(size_of(layout->comm())));
    const int my_count = static_cast<int>(mine);
    MPI_Allgather(&my_count, 1, MPI_INT, counts.data(), 1, MPI_INT, layout->comm());
    int before = 0;
    for (int r = 0; r < rank_of(layout->comm()); ++r)
      before += counts[static_cast<std::size_t>(r)];
    for (const int count : counts)
      n_groups += static_cast<std::size_t>(count);

    std::vector<double> number(layout->local(), 0.0);
    for (std::size_t i = 0; i < layout->owned(); ++i)
      number[i] = static_cast<double>(before) + part[i];
    layout->update(number.data(), 1);
    group.assign(number.begin(), number.end());
  }

  void CoarseSpace::make_modes(const std::vector<std::array<double, 3>> &position)
  {
    std::vector<double> sums(4 * n_groups, 0.0); // positions and number of nodes of each group
    for (std::size_t i = 0; i < layout->owned(); ++i)
      {
        for (unsigned d = 0; d < 3; ++d)
          sums[4 * group[i] + d] += position[i][d];
        sums[4 * group[i] + 3] += 1;
      }
    sum(sums, layout->comm());

    constexpr double fewest = 4;      // nodes: fewer may lie on a line, about which a rotation moves nothing
    constexpr double length = 1 / 10.; // 1/mm: rotations of about the size of the translations
    mode.assign(layout->local(), Modes{});
    for (std::size_t i = 0; i < layout->local(); ++i)
      {
        const double *const s = &sums[4 * group[i]];
        double x[3];
        for (unsigned d = 0; d < 3; ++d)
          x[d] = s[3] >= fewest ? length * (position[i][d] - s[d] / s[3]) : 0.0;
        Modes &m = mode[i];
        for (unsigned d = 0; d < 3; ++d)
          m[modes * d + d] = 1;
        m[modes * 0 + 3] = -x[1];
        m[modes * 1 + 3] = x[0];
        m[modes * 1 + 4] = -x[2];
        m[modes * 2 + 4] = x[1];
        m[modes * 2 + 5] = -x[0];
        m[modes * 0 + 5] = x[2];
        m[modes * 3 + 6] = 1;
      }
    work.resize(size());
  }

  bool CoarseSpace::factor(const BlockMatrix &matrix)
  {
    const std::size_t n = size();
    factors.assign(n * n, 0.0);
    for (std::size_t i = 0; i < layout->owned(); ++i)
      for (std::size_t at = matrix.row_start[i]; at < matrix.row_start[i + 1]; ++at)
        {
          const std::size_t j = matrix.column[at];
          const double *const a = matrix.block(at); // (r, c) at [4 c + r]
          double half[4 * modes] = {};              // A_ij P_j
          for (unsigned c = 0; c < 4; ++c)
            for (unsigned q = 0; q < modes; ++q)
              if (const double p = mode[j][modes * c + q]; p != 0)
                for (unsigned r = 0; r < 4; ++r)
                  half[modes * r + q] += a[4 * c + r] * p;
          double *const block = &factors[modes * group[j] * n + modes * group[i]];
          for (unsigned r = 0; r < 4; ++r)
            for (unsigned q = 0; q < modes; ++q)
              if (const double p = mode[i][modes * r + q]; p != 0)
                for (unsigned s = 0; s < modes; ++s)
                  block[s * n + q] += p * half[modes * r + s];
        }
    sum(factors, layout->comm());
    for (std::size_t k = 0; k < n; ++k)
      if (factors[k * n + k] == 0) // a rotation that was left out
        factors[k * n + k] = 1;
    pivots.resize(n);
    int info = 0, size = static_cast<int>(n);
    dgetrf_(&size, &size, factors.data(), &size, pivots.data(), &info);
    usable = info == 0 && std::all_of(factors.begin(), factors.end(), [](double value) { return std::isfinite(value); });
    return usable;
  }

  void CoarseSpace::apply(const double *x, double *y) const
  {
    std::fill_n(y, 4 * layout->owned(), 0.0);
    if (!usable)
      return;
    std::fill(work.begin(), work.end(), 0.0);
    for (std::size_t i = 0; i < layout->owned(); ++i)
      for (unsigned r = 0; r < 4; ++r)
        for (unsigned q = 0; q < modes; ++q)
          work[modes * group[i] + q] += mode[i][modes * r + q] * x[4 * i + r];
    sum(work, layout->comm());
    const int n = static_cast<int>(size()), one = 1;
    int info = 0;
    dgetrs_("N", &n, &one, factors.data(), &n, pivots.data(), work.data(), &n, &info, 1);
    for (std::size_t i = 0; i < layout->owned(); ++i)
      for (unsigned r = 0; r < 4; ++r)
        {
          double value = 0;
          for (unsigned q = 0; q < modes; ++q)
            value += mode[i][modes * r + q] * work[modes * group[i] + q];
          y[4 * i + r] = value;
        }
  }
}
