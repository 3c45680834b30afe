#include "core/cluster/launch.h"

#include <cstdlib>

namespace vivicor
{
  namespace
  {
    int number(const Environment &environment, const char *name)
    {
      const char *text = environment(name);
      return text ? std::atoi(text) : 0;
    }

    /// The first of the tasks speaks for all.
    Launch refused(const Environment &environment, const std::string &line)
    {
      return {true, number(environment, "SLURM_PROCID") == 0 && number(environment, "PMI_RANK") == 0 ? line : ""};
    }
  }

  Launch launch_before_mpi(const Environment &environment)
  {
    const int tasks = number(environment, "SLURM_STEP_NUM_TASKS");
    for (const char *acquainted : {"PMIX_RANK", "PMI_RANK", "OMPI_COMM_WORLD_RANK"})
      if (tasks <= 1 || environment(acquainted))
        return {};
    return refused(environment, "srun started " + std::to_string(tasks)
                                  + " tasks that do not know of each other; start them with 'srun --mpi=pmix' or with mpirun");
  }

  Launch launch_with_mpi(int ranks, const Environment &environment)
  {
    if (ranks != 1)
      return {};
    // Nearest to the program first: a launcher knows better than the job around it what was meant.
    struct
    {
      const char *variable, *who;
    } const askers[] = {{"OMPI_COMM_WORLD_SIZE", "mpirun"},
                        {"PMI_SIZE", "the launcher"},
                        {"SLURM_STEP_NUM_TASKS", "srun"},
                        {"SLURM_NTASKS", "the SLURM job"}};
    for (const auto &[variable, who] : askers)
      if (const int asked = number(environment, variable); asked > 1)
        return refused(environment, std::string(who) + " asks for " + std::to_string(asked) + " ranks but MPI has 1 (" + variable + "="
                                      + std::to_string(asked)
                                      + "); start it with 'srun --mpi=pmix' or the mpirun of the MPI it is linked "
                                        "with, or on one rank with 'mpirun -n 1'");
      else if (asked == 1)
        return {};
    return {};
  }
}
