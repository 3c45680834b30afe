#include "core/linear/block_matrix.h"

#include "core/mpi.h"
#include "core/sort_unique.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace vivicor
{
  namespace
  {
    typedef double Four __attribute__((vector_size(32), aligned(8)));
  }

  BlockMatrix::BlockMatrix(MPI_Comm comm, long long begin, long long end, const std::vector<std::array<long long, 4>> &cells)
  {
    const int ranks = size_of(comm);
    std::map<long long, std::vector<long long>> rows;
    for (const auto &cell : cells)
      for (const long long i : cell)
        rows[i].insert(rows[i].end(), cell.begin(), cell.end());

    // Rows of other ranks are announced to their owners as pairs (row, column).
    const Layout ranges(comm, begin, end, {});
    std::vector<std::vector<long long>> announced(ranks);
    std::vector<long long> ghosts;
    for (auto &[i, columns] : rows)
      {
        sort_unique(columns);
        if (ranges.owns(i))
          continue;
        ghosts.push_back(i);
        auto &list = announced[ranges.owner_of(i)];
        for (const long long j : columns)
          {
            list.push_back(i);
            list.push_back(j);
          }
      }
    const auto heard = exchange_lists(announced, comm);
    for (const auto &list : heard)
      for (std::size_t k = 0; k < list.size(); k += 2)
        rows[list[k]].push_back(list[k + 1]);
    for (auto &[i, columns] : rows)
      {
        sort_unique(columns);
        for (const long long j : columns)
          if (!ranges.owns(j))
            ghosts.push_back(j);
      }
    sort_unique(ghosts);
    blocks = Layout(comm, begin, end, ghosts);

    row_start.assign(1, 0);
    for (std::size_t i = 0; i < blocks.local(); ++i)
      {
        if (const auto row = rows.find(blocks.global_of(i)); row != rows.end())
          {
            const std::size_t first = column.size();
            for (const long long j : row->second)
              column.push_back(static_cast<unsigned>(blocks.local_of(j)));
            std::sort(column.begin() + first, column.end());
          }
        row_start.push_back(column.size());
      }
    values.assign(16 * column.size(), 0.0);

    const auto positions = [this](const std::vector<long long> &pairs) {
      std::vector<std::size_t> result;
      for (std::size_t k = 0; k < pairs.size(); k += 2)
        result.push_back(position(blocks.local_of(pairs[k]), blocks.local_of(pairs[k + 1])));
      return result;
    };
    for (int r = 0; r < ranks; ++r)
      if (!announced[r].empty() || !heard[r].empty())
        neighbours.push_back({r, positions(announced[r]), positions(heard[r])});
  }

  std::size_t BlockMatrix::position(std::size_t row, std::size_t wanted) const
  {
    const auto first = column.begin() + row_start[row], last = column.begin() + row_start[row + 1];
    const auto found = std::lower_bound(first, last, wanted);
    if (found == last || *found != wanted)
      throw std::logic_error("BlockMatrix::position: these two blocks share no cell of this rank");
    return static_cast<std::size_t>(found - column.begin());
  }

  void BlockMatrix::zero()
  {
    std::fill(values.begin(), values.end(), 0.0);
  }

  void BlockMatrix::compress()
  {
    std::vector<std::vector<double>> out(neighbours.size()), in(neighbours.size());
    std::vector<MPI_Request> requests(2 * neighbours.size());
    for (std::size_t k = 0; k < neighbours.size(); ++k)
      {
        const auto &n = neighbours[k];
        in[k].resize(16 * n.received.size());
        MPI_Irecv(in[k].data(), static_cast<int>(in[k].size()), MPI_DOUBLE, n.rank, 13, blocks.comm(), &requests[2 * k]);
        for (const std::size_t at : n.sent)
          out[k].insert(out[k].end(), block(at), block(at) + 16);
        MPI_Isend(out[k].data(), static_cast<int>(out[k].size()), MPI_DOUBLE, n.rank, 13, blocks.comm(), &requests[2 * k + 1]);
      }
    MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
    for (std::size_t k = 0; k < neighbours.size(); ++k)
      for (std::size_t b = 0; b < neighbours[k].received.size(); ++b)
        {
          double *const to = block(neighbours[k].received[b]);
          for (unsigned e = 0; e < 16; ++e)
            to[e] += in[k][16 * b + e];
        }
  }

  void BlockMatrix::vmult(double *x, double *y) const
  {
    blocks.update(x, width);
    for (std::size_t i = 0; i < blocks.owned(); ++i)
      {
        Four total{};
        for (std::size_t at = row_start[i]; at < row_start[i + 1]; ++at)
          {
            const Four *const a = reinterpret_cast<const Four *>(values.data() + 16 * at);
            const double *const b = x + 4 * std::size_t{column[at]};
            total += a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
          }
        *reinterpret_cast<Four *>(y + 4 * i) = total;
      }
  }
}
