#include "core/linear/overlapping_factors.h"

#include "core/mpi.h"
#include "core/sort_unique.h"

#include <algorithm>
#include <map>

namespace vivicor
{
  namespace
  {
    constexpr std::size_t area = 16;                             // of a block
    constexpr double most_growth = 1e3;                          // walls of hearts and ventricles: 1 to 50
    using Columns = std::map<long long, std::vector<long long>>; // by row, global numbers

    std::vector<long long> columns_of(const BlockMatrix &matrix, long long row)
    {
      const std::size_t i = matrix.layout().local_of(row);
      std::vector<long long> result;
      for (std::size_t at = matrix.row_start[i]; at < matrix.row_start[i + 1]; ++at)
        result.push_back(matrix.layout().global_of(matrix.column[at]));
      return result;
    }

    /// Collective. Rows that their owners know.
    Columns from_owners(const BlockMatrix &matrix, const std::vector<long long> &wanted)
    {
      const Layout &layout = matrix.layout();
      std::vector<std::vector<long long>> questions(static_cast<std::size_t>(size_of(layout.comm()))), answers(questions.size());
      for (const long long row : wanted)
        questions[static_cast<std::size_t>(layout.owner_of(row))].push_back(row);
      const auto asked = exchange_lists(questions, layout.comm());
      for (std::size_t r = 0; r < asked.size(); ++r)
        for (const long long row : asked[r])
          {
            const auto columns = columns_of(matrix, row);
            answers[r].push_back(row);
            answers[r].push_back(static_cast<long long>(columns.size()));
            answers[r].insert(answers[r].end(), columns.begin(), columns.end());
          }
      Columns result;
      for (const auto &list : exchange_lists(answers, layout.comm()))
        for (auto at = list.begin(); at != list.end();)
          {
            const long long row = *at++, n = *at++;
            result[row].assign(at, at + n);
            at += n;
          }
      return result;
    }
  }

  OverlappingFactors::OverlappingFactors(const BlockMatrix &matrix, unsigned fill, unsigned layers)
  {
    make_pattern(matrix, layers);
    agree_on_rows_beyond(matrix);
    values.resize(area * column.size());
    work.resize(4 * part.local());
    factors = std::make_unique<BlockFactors<4, float>>(rows(matrix), narrow_order(rows(matrix)), fill);
  }

  void OverlappingFactors::make_pattern(const BlockMatrix &matrix, unsigned layers)
  {
    const Layout &layout = matrix.layout();
    const long long begin = layout.begin(), end = begin + static_cast<long long>(layout.owned());
    Columns known, newest;
    for (long long row = begin; row < end; ++row)
      newest[row] = columns_of(matrix, row);
    std::vector<long long> beyond;
    for (unsigned layer = 0; layer < layers; ++layer)
      {
        std::vector<long long> next;
        known.merge(newest);
        for (const auto &row : known)
          std::copy_if(row.second.begin(), row.second.end(), std::back_inserter(next), [&](long long j) { return known.count(j) == 0; });
        sort_unique(next);
        newest = from_owners(matrix, next);
        beyond.insert(beyond.end(), next.begin(), next.end());
      }
    known.merge(newest);
    sort_unique(beyond);
    part = Layout(layout.comm(), begin, end, beyond);

    row_start.assign(1, 0);
    for (std::size_t i = 0; i < part.local(); ++i)
      {
        const std::size_t first = column.size();
        for (const long long j : known[part.global_of(i)])
          if (part.owns(j) || std::binary_search(beyond.begin(), beyond.end(), j))
            column.push_back(static_cast<unsigned>(part.local_of(j)));
        std::sort(column.begin() + static_cast<std::ptrdiff_t>(first), column.end());
        row_start.push_back(column.size());
      }
  }

  /// Rows beyond lie in the order of their owners, so that each neighbour's blocks arrive in one piece.
  void OverlappingFactors::agree_on_rows_beyond(const BlockMatrix &matrix)
  {
    const Layout &layout = matrix.layout();
    std::vector<std::vector<long long>> wanted(static_cast<std::size_t>(size_of(layout.comm()))); // pairs (row, column)
    for (std::size_t i = part.owned(); i < part.local(); ++i)
      for (std::size_t at = row_start[i]; at < row_start[i + 1]; ++at)
        {
          auto &list = wanted[static_cast<std::size_t>(layout.owner_of(part.global_of(i)))];
          list.push_back(part.global_of(i));
          list.push_back(part.global_of(column[at]));
        }
    const auto asked = exchange_lists(wanted, layout.comm());
    std::size_t first = row_start[part.owned()];
    for (std::size_t r = 0; r < asked.size(); ++r)
      {
        if (wanted[r].empty() && asked[r].empty())
          continue;
        Neighbour neighbour{static_cast<int>(r), {}, first, wanted[r].size() / 2};
        for (std::size_t k = 0; k < asked[r].size(); k += 2)
          neighbour.sent.push_back(matrix.position(layout.local_of(asked[r][k]), layout.local_of(asked[r][k + 1])));
        first += neighbour.received;
        neighbours.push_back(std::move(neighbour));
      }
  }

  void OverlappingFactors::fetch_rows_beyond(const BlockMatrix &matrix)
  {
    std::vector<std::vector<double>> out(neighbours.size());
    std::vector<MPI_Request> requests(2 * neighbours.size());
    for (std::size_t k = 0; k < neighbours.size(); ++k)
      {
        const Neighbour &n = neighbours[k];
        MPI_Irecv(values.data() + area * n.first, static_cast<int>(area * n.received), MPI_DOUBLE, n.rank, 14, part.comm(),
                  &requests[2 * k]);
        for (const std::size_t at : n.sent)
          out[k].insert(out[k].end(), matrix.block(at), matrix.block(at) + area);
        MPI_Isend(out[k].data(), static_cast<int>(out[k].size()), MPI_DOUBLE, n.rank, 14, part.comm(), &requests[2 * k + 1]);
      }
    MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
  }

  BlockRows OverlappingFactors::rows(const BlockMatrix &matrix) const
  {
    return part.local() == part.owned() ? matrix.rows() : BlockRows{part.local(), row_start.data(), column.data(), values.data()};
  }

  double OverlappingFactors::factor(const BlockMatrix &matrix, double last_factor)
  {
    fetch_rows_beyond(matrix);
    if (part.local() > part.owned()) // the layers hold all columns of the owned rows: blocks lie there in the same order
      std::copy_n(matrix.block(0), area * row_start[part.owned()], values.data());
    const BlockRows all = rows(matrix);
    double raised = 1;
    factors->factor(all, last_factor);
    for (const double factor : {1.05, 1.2, 1.8, 4.2})
      {
        if (factors->growth(all) < most_growth)
          break;
        raised = factor;
        factors->factor(all, last_factor, raised);
      }
    return raised;
  }

  void OverlappingFactors::apply(const double *x, double *y) const
  {
    std::copy_n(x, 4 * part.owned(), work.data());
    part.update(work.data(), 4);
    factors->apply(work.data(), work.data());
    std::copy_n(work.data(), 4 * part.owned(), y);
  }
}
