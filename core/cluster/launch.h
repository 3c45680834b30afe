// Whether the program was started as many processes that do not know of each other: each would compute the whole heart.
#pragma once

#include <functional>
#include <string>

namespace vivicor
{
  /// A variable of the environment; null where it is not set.
  using Environment = std::function<const char *(const char *)>;

  struct Launch
  {
    bool wrong = false;
    std::string line; ///< what is wrong and how to mend it; empty where another of the tasks says it
  };

  /// Before MPI_Init, which would abort with a page of text: did srun start several tasks without a way to meet?
  Launch launch_before_mpi(const Environment &environment);

  /// After MPI_Init: were more ranks asked for (by SLURM, or by the launcher of another MPI) than the one there is?
  /// `mpirun -n 1` and `srun -n 1` are taken at their word.
  Launch launch_with_mpi(int ranks, const Environment &environment);
}
