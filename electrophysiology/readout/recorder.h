// Potentials sampled between the caller's steps: kept when a step is committed, dropped when it is rolled back.
#pragma once

#include "core/checkpoint/archive.h"

#include <mpi.h>

#include <utility>
#include <vector>

namespace vivicor
{
  class Recorder
  {
  public:
    struct Sample
    {
      double t; ///< ms
      std::vector<double> values;
    };

    /// A sample at every multiple of `every` (ms), whatever the steps; 0: none.
    void start(double every);
    /// The multiples of the interval after `before` and up to t, ms.
    std::vector<double> due_times(double before, double t) const;
    /// @param parts of the values: this rank's terms of their sums
    void add(double t, std::vector<double> parts) { samples.push_back({t, std::move(parts)}); }

    void commit() { committed = samples.size(); }
    void rollback() { samples.resize(committed); }

    /// Collective: one sum for all. The samples since the last call, all of which must have been committed.
    std::vector<Sample> take(MPI_Comm comm);

    /// Collective. Committed samples that nobody took yet; loaded ones are rank 0's.
    void archive(Archive &archive, MPI_Comm comm);

  private:
    double interval = 0;
    std::vector<Sample> samples;
    std::size_t committed = 0;
  };
}
