#include "core/linear/layout.h"

#include "core/mpi.h"

#include <algorithm>
#include <numeric>

namespace vivicor
{
  std::vector<std::vector<long long>> exchange_lists(const std::vector<std::vector<long long>> &lists, MPI_Comm comm)
  {
    const int ranks = size_of(comm);
    std::vector<int> sent(ranks), received(ranks), sent_at(ranks + 1, 0), received_at(ranks + 1, 0);
    for (int r = 0; r < ranks; ++r)
      sent[r] = static_cast<int>(lists[r].size());
    MPI_Alltoall(sent.data(), 1, MPI_INT, received.data(), 1, MPI_INT, comm);
    std::partial_sum(sent.begin(), sent.end(), sent_at.begin() + 1);
    std::partial_sum(received.begin(), received.end(), received_at.begin() + 1);
    std::vector<long long> out, in(received_at[ranks]);
    for (const auto &list : lists)
      out.insert(out.end(), list.begin(), list.end());
    MPI_Alltoallv(out.data(), sent.data(), sent_at.data(), MPI_LONG_LONG, in.data(), received.data(), received_at.data(),
                  MPI_LONG_LONG, comm);
    std::vector<std::vector<long long>> result(ranks);
    for (int r = 0; r < ranks; ++r)
      result[r].assign(in.begin() + received_at[r], in.begin() + received_at[r + 1]);
    return result;
  }

  Layout::Layout(MPI_Comm comm, long long begin, long long end, std::vector<long long> ghost_blocks)
    : communicator(comm), first(begin), last(end), ghosts(std::move(ghost_blocks))
  {
    const int ranks = size_of(comm);
    starts.resize(ranks + 1);
    MPI_Allgather(&begin, 1, MPI_LONG_LONG, starts.data(), 1, MPI_LONG_LONG, comm);
    MPI_Allreduce(&end, &starts[ranks], 1, MPI_LONG_LONG, MPI_MAX, comm);

    std::vector<std::vector<long long>> wanted(ranks);
    for (const long long block : ghosts)
      wanted[owner_of(block)].push_back(block);
    const auto asked = exchange_lists(wanted, comm);
    std::size_t at = owned();
    for (int r = 0; r < ranks; ++r)
      {
        if (!wanted[r].empty() || !asked[r].empty())
          {
            Neighbour neighbour{r, {}, at, wanted[r].size()};
            for (const long long block : asked[r])
              neighbour.sent.push_back(static_cast<unsigned>(block - first));
            neighbours.push_back(std::move(neighbour));
          }
        at += wanted[r].size();
      }
  }

  int Layout::owner_of(long long global) const
  {
    // Ranks without blocks have empty ranges: the last start not above the block is its owner's.
    return static_cast<int>(std::upper_bound(starts.begin(), starts.end() - 1, global) - starts.begin()) - 1;
  }

  std::size_t Layout::local_of(long long global) const
  {
    if (owns(global))
      return static_cast<std::size_t>(global - first);
    return owned() + static_cast<std::size_t>(std::lower_bound(ghosts.begin(), ghosts.end(), global) - ghosts.begin());
  }

  void Layout::update(double *values, unsigned width) const
  {
    if (neighbours.empty())
      return;
    std::size_t total = 0;
    for (const auto &n : neighbours)
      total += n.sent.size() * width;
    buffer.resize(total);
    std::vector<MPI_Request> requests;
    std::size_t at = 0;
    for (const auto &n : neighbours)
      {
        requests.emplace_back();
        MPI_Irecv(values + n.first_ghost * width, static_cast<int>(n.ghosts * width), MPI_DOUBLE, n.rank, 11, communicator,
                  &requests.back());
        double *const out = buffer.data() + at;
        for (std::size_t i = 0; i < n.sent.size(); ++i)
          std::copy_n(values + std::size_t{n.sent[i]} * width, width, out + i * width);
        requests.emplace_back();
        MPI_Isend(out, static_cast<int>(n.sent.size() * width), MPI_DOUBLE, n.rank, 11, communicator, &requests.back());
        at += n.sent.size() * width;
      }
    MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
  }

  void Layout::add(double *values, unsigned width) const
  {
    if (neighbours.empty())
      return;
    std::size_t total = 0;
    for (const auto &n : neighbours)
      total += n.sent.size() * width;
    buffer.resize(total);
    std::vector<MPI_Request> requests;
    std::size_t at = 0;
    for (const auto &n : neighbours)
      {
        requests.emplace_back();
        MPI_Irecv(buffer.data() + at, static_cast<int>(n.sent.size() * width), MPI_DOUBLE, n.rank, 12, communicator,
                  &requests.back());
        at += n.sent.size() * width;
        requests.emplace_back();
        MPI_Isend(values + n.first_ghost * width, static_cast<int>(n.ghosts * width), MPI_DOUBLE, n.rank, 12, communicator,
                  &requests.back());
      }
    MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
    at = 0;
    for (const auto &n : neighbours)
      {
        for (std::size_t i = 0; i < n.sent.size(); ++i, at += width)
          for (unsigned c = 0; c < width; ++c)
            values[std::size_t{n.sent[i]} * width + c] += buffer[at + c];
        std::fill_n(values + n.first_ghost * width, n.ghosts * width, 0.0);
      }
  }
}
