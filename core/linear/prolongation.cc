#include "core/linear/prolongation.h"

#include "core/mesh/partition.h"
#include "core/mpi.h"
#include "core/sort_unique.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr double omega = 0.6; // from 0.5 to 0.8 the ventricle of Land 2015 takes the same number of iterations
    constexpr double fewest = 25; // nodes a group on average: small ones are nearly flat, and their rotations nearly dependent
    constexpr unsigned space = 3, pressure = 3; // displacements; number of the pressure

    using Matrix3 = std::array<std::array<double, 3>, 3>;

    Matrix3 inverse(const Matrix3 &a)
    {
      Matrix3 b;
      for (unsigned i = 0; i < 3; ++i)
        for (unsigned j = 0; j < 3; ++j)
          b[i][j] = a[(j + 1) % 3][(i + 1) % 3] * a[(j + 2) % 3][(i + 2) % 3] - a[(j + 1) % 3][(i + 2) % 3] * a[(j + 2) % 3][(i + 1) % 3];
      const double determinant = a[0][0] * b[0][0] + a[0][1] * b[1][0] + a[0][2] * b[2][0];
      for (auto &row : b)
        for (double &entry : row)
          entry /= determinant;
      return b;
    }
  }

  Prolongation::Prolongation(const BlockMatrix &matrix, unsigned wanted) : layout(&matrix.layout())
  {
    make_groups(matrix, wanted);
    make_pattern(matrix);
  }

  void Prolongation::make_groups(const BlockMatrix &matrix, unsigned wanted)
  {
    const double all = sum(static_cast<double>(layout->owned()), layout->comm());
    const double share = static_cast<double>(layout->owned()) / std::max(1.0, all);
    const auto mine = static_cast<unsigned>(std::max(1.0, std::round(std::min<double>(wanted, all / fewest) * share)));
    const auto part = partition_graph(graph_of(matrix.rows()), mine);

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
    own_group.assign(number.begin(), number.end());
  }

  /// A node moves with the groups of its neighbours. Ghosts hear of theirs from the owners.
  void Prolongation::make_pattern(const BlockMatrix &matrix)
  {
    std::vector<std::vector<unsigned>> reached(layout->owned());
    for (std::size_t i = 0; i < layout->owned(); ++i)
      {
        for (std::size_t at = matrix.row_start[i]; at < matrix.row_start[i + 1]; ++at)
          reached[i].push_back(own_group[matrix.column[at]]);
        sort_unique(reached[i]);
        longest = std::max(longest, static_cast<unsigned>(reached[i].size()));
      }
    longest = static_cast<unsigned>(max(static_cast<double>(longest), layout->comm()));
    std::vector<double> lists(longest * layout->local(), -1.0);
    for (std::size_t i = 0; i < layout->owned(); ++i)
      std::copy(reached[i].begin(), reached[i].end(), lists.data() + longest * i);
    layout->update(lists.data(), longest);
    start.assign(1, 0);
    for (std::size_t i = 0; i < layout->local(); ++i)
      {
        for (std::size_t k = longest * i; k < longest * (i + 1) && lists[k] >= 0; ++k)
          group.push_back(static_cast<unsigned>(lists[k]));
        start.push_back(group.size());
      }
    value.resize(group.size());
  }

  void Prolongation::make_motions(const BlockMatrix &matrix, const Positions &position)
  {
    std::vector<double> sums(4 * n_groups, 0.0); // positions and number of nodes of each group
    std::vector<double> held(space * layout->local(), 1.0);
    for (std::size_t i = 0; i < layout->owned(); ++i)
      {
        for (unsigned d = 0; d < 3; ++d)
          sums[4 * own_group[i] + d] += position[i][d];
        sums[4 * own_group[i] + 3] += 1;
        for (std::size_t at = matrix.row_start[i]; at < matrix.row_start[i + 1]; ++at)
          for (unsigned r = 0; r < space; ++r)
            for (unsigned c = 0; c < 4; ++c)
              if ((matrix.column[at] != i || r != c) && matrix.block(at)[4 * c + r] != 0)
                held[space * i + r] = 0;
      }
    sum(sums, layout->comm());
    layout->update(held.data(), space);

    constexpr double few = 4;          // nodes: fewer may lie on a line, about which a rotation moves nothing
    constexpr double length = 1 / 10.; // 1/mm: rotations of about the size of the translations
    motion.assign(layout->local(), Modes{});
    for (std::size_t i = 0; i < layout->local(); ++i)
      {
        const double *const s = &sums[4 * own_group[i]];
        double x[3];
        for (unsigned d = 0; d < 3; ++d)
          x[d] = s[3] >= few ? length * (position[i][d] - s[d] / s[3]) : 0.0;
        Modes &m = motion[i];
        for (unsigned d = 0; d < 3; ++d)
          m[modes * d + d] = 1;
        m[modes * 0 + 3] = -x[1];
        m[modes * 1 + 3] = x[0];
        m[modes * 1 + 4] = -x[2];
        m[modes * 2 + 4] = x[1];
        m[modes * 2 + 5] = -x[0];
        m[modes * 0 + 5] = x[2];
        for (unsigned d = 0; d < 3; ++d)
          m[modes * d + 6] = x[d]; // growth
        m[modes * pressure + motions] = 1;
        for (unsigned d = 0; d < space; ++d)
          if (held[space * i + d] > 0)
            std::fill_n(m.begin() + modes * d, modes, 0.0);
      }
  }

  Prolongation::Modes &Prolongation::of(std::size_t block, unsigned wanted)
  {
    const auto first = group.begin() + static_cast<std::ptrdiff_t>(start[block]),
               last = group.begin() + static_cast<std::ptrdiff_t>(start[block + 1]);
    return value[static_cast<std::size_t>(std::lower_bound(first, last, wanted) - group.begin())];
  }

  void Prolongation::smooth_row(const BlockMatrix &matrix, std::size_t i)
  {
    Matrix3 D{};
    for (std::size_t at = matrix.row_start[i]; at < matrix.row_start[i + 1]; ++at)
      {
        const std::size_t j = matrix.column[at];
        const double *const a = matrix.block(at); // (r, c) at [4 c + r]
        Modes &to = of(i, own_group[j]);
        for (unsigned r = 0; r < space; ++r)
          for (unsigned c = 0; c < space; ++c)
            {
              for (unsigned q = 0; q < motions; ++q)
                to[modes * r + q] += a[4 * c + r] * motion[j][modes * c + q];
              if (j == i)
                D[r][c] = a[4 * c + r];
            }
      }
    const Matrix3 over_D = inverse(D);
    for (std::size_t k = start[i]; k < start[i + 1]; ++k)
      {
        const Modes force = value[k];
        for (unsigned r = 0; r < space; ++r)
          for (unsigned q = 0; q < motions; ++q)
            value[k][modes * r + q] = -omega
                                      * (over_D[r][0] * force[q] + over_D[r][1] * force[modes + q] + over_D[r][2] * force[2 * modes + q]);
      }
    Modes &own = of(i, own_group[i]);
    for (unsigned e = 0; e < 4 * modes; ++e)
      own[e] += motion[i][e];
  }

  void Prolongation::smooth(const BlockMatrix &matrix, const Positions &position)
  {
    make_motions(matrix, position);
    for (Modes &entry : value)
      entry.fill(0);
    const unsigned row = 4 * modes * longest;
    std::vector<double> rows(row * layout->local(), 0.0);
    for (std::size_t i = 0; i < layout->owned(); ++i)
      {
        smooth_row(matrix, i);
        for (std::size_t k = start[i]; k < start[i + 1]; ++k)
          std::copy(value[k].begin(), value[k].end(), rows.data() + row * i + 4 * modes * (k - start[i]));
      }
    layout->update(rows.data(), row);
    for (std::size_t i = layout->owned(); i < layout->local(); ++i)
      for (std::size_t k = start[i]; k < start[i + 1]; ++k)
        std::copy_n(rows.data() + row * i + 4 * modes * (k - start[i]), 4 * modes, value[k].begin());
  }

  void Prolongation::restrict_to(const double *x, std::vector<double> &coarse) const
  {
    coarse.assign(modes * n_groups, 0.0);
    for (std::size_t i = 0; i < layout->owned(); ++i)
      for (std::size_t k = start[i]; k < start[i + 1]; ++k)
        for (unsigned r = 0; r < 4; ++r)
          for (unsigned q = 0; q < modes; ++q)
            coarse[modes * group[k] + q] += value[k][modes * r + q] * x[4 * i + r];
  }

  void Prolongation::prolong(const std::vector<double> &coarse, double *y) const
  {
    for (std::size_t i = 0; i < layout->owned(); ++i)
      for (unsigned r = 0; r < 4; ++r)
        {
          double total = 0;
          for (std::size_t k = start[i]; k < start[i + 1]; ++k)
            for (unsigned q = 0; q < modes; ++q)
              total += value[k][modes * r + q] * coarse[modes * group[k] + q];
          y[4 * i + r] = total;
        }
  }
}
