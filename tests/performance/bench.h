// What the files of vivicor_bench share.
#pragma once

#include <mpi.h>

#include <cstdlib>

namespace vivicor::bench
{
  /// MPI from the first case that needs it to the end of the program.
  inline void start_mpi()
  {
    int started = 0;
    MPI_Initialized(&started);
    if (!started)
      {
        MPI_Init(nullptr, nullptr);
        std::atexit([] { MPI_Finalize(); });
      }
  }

  // Cases of every registered model: the registries are full only when the program runs.
  void add_membranes();
  void add_assembly();
}
