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
    MPI_Alltoallv(out.data(), sent.data(), sent_at.data(), MPI_LONG_LONG, in.data(), received.data(), received_at.data(), MPI_LONG_LONG,
                  comm);
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

  void Layout::exchange(double *values, unsigned width, bool to_ghosts) const
  {
    std::vector<MPI_Request> requests;
    double *at = buffer.data();
    for (const auto &n : neighbours)
      {
        const int owned_values = static_cast<int>(n.sent.size() * width), ghost_values = static_cast<int>(n.ghosts * width);
        double *const ghost_part = values + n.first_ghost * width;
        requests.resize(requests.size() + 2);
        MPI_Request *const two = requests.data() + requests.size() - 2;
        if (to_ghosts)
          {
            MPI_Irecv(ghost_part, ghost_values, MPI_DOUBLE, n.rank, 11, communicator, two);
            MPI_Isend(at, owned_values, MPI_DOUBLE, n.rank, 11, communicator, two + 1);
          }
        else
          {
            MPI_Irecv(at, owned_values, MPI_DOUBLE, n.rank, 12, communicator, two);
            MPI_Isend(ghost_part, ghost_values, MPI_DOUBLE, n.rank, 12, communicator, two + 1);
          }
        at += owned_values;
      }
    MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
  }

  void Layout::update(double *values, unsigned width) const
  {
    buffer.clear();
    for (const auto &n : neighbours)
      for (const unsigned block : n.sent)
        buffer.insert(buffer.end(), values + std::size_t{block} * width, values + (std::size_t{block} + 1) * width);
    exchange(values, width, true);
  }

  void Layout::add(double *values, unsigned width) const
  {
    std::size_t total = 0;
    for (const auto &n : neighbours)
      total += n.sent.size() * width;
    buffer.resize(total);
    exchange(values, width, false);
    std::size_t at = 0;
    for (const auto &n : neighbours)
      {
        for (const unsigned block : n.sent)
          for (unsigned c = 0; c < width; ++c)
            values[std::size_t{block} * width + c] += buffer[at++];
        std::fill_n(values + n.first_ghost * width, n.ghosts * width, 0.0);
      }
  }
}
