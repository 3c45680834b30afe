// Who owns which entries of a distributed vector of small blocks, and how copies on other ranks are kept up to date.
#pragma once

#include <mpi.h>

#include <cstddef>
#include <vector>

namespace vivicor
{
  /// A contiguous range of global blocks per rank, plus copies ("ghosts") of blocks of other ranks. Local numbers: owned
  /// blocks first, in global order, then ghosts in global order. Vectors hold `width` values a block.
  class Layout
  {
  public:
    Layout() = default;
    /// Collective. @param begin, end this rank's range; @param ghosts global numbers outside it, sorted, unique
    Layout(MPI_Comm comm, long long begin, long long end, std::vector<long long> ghosts);

    MPI_Comm comm() const { return communicator; }
    std::size_t owned() const { return static_cast<std::size_t>(last - first); }
    std::size_t local() const { return owned() + ghosts.size(); }
    long long begin() const { return first; }
    bool owns(long long global) const { return global >= first && global < last; }
    /// Local number of an owned or ghost block.
    std::size_t local_of(long long global) const;
    long long global_of(std::size_t local) const
    {
      return local < owned() ? first + static_cast<long long>(local) : ghosts[local - owned()];
    }
    int owner_of(long long global) const;

    /// Collective. Owners' values into the ghosts.
    void update(double *values, unsigned width) const;
    /// Collective. Adds the ghosts' values to the owners' and clears the ghosts.
    void add(double *values, unsigned width) const;

  private:
    struct Neighbour
    {
      int rank;
      std::vector<unsigned> sent;      ///< owned local blocks that the neighbour copies
      std::size_t first_ghost, ghosts; ///< range of local blocks copied from it
    };
    /// Between this rank's ghosts in `values` and the buffer, which holds what the neighbours see of the owned blocks.
    void exchange(double *values, unsigned width, bool to_ghosts) const;

    MPI_Comm communicator = MPI_COMM_NULL;
    long long first = 0, last = 0;
    std::vector<long long> starts, ghosts;
    std::vector<Neighbour> neighbours;
    mutable std::vector<double> buffer;
  };

  /// Collective. Sends lists[r] to rank r and returns what each rank sent.
  std::vector<std::vector<long long>> exchange_lists(const std::vector<std::vector<long long>> &lists, MPI_Comm comm);
}
