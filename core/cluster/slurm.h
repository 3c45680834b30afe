// Asking SLURM: through its commands, as its libraries differ from site to site.
#pragma once

#include <map>
#include <string>

namespace vivicor
{
  /// The user's commands of SLURM are there.
  bool has_slurm();

  /// Hands a script to sbatch. @return the job's number @throws UserError with what sbatch said
  std::string submit_script(const std::string &file);

  struct QueueState
  {
    std::string state;  ///< "PENDING", "RUNNING", ...
    std::string reason; ///< why it waits, e.g. "Resources"
  };

  /// The user's jobs that wait or run, by number; a task of an array by "JOB_TASK". Empty where there is no SLURM or it
  /// is silent.
  std::map<std::string, QueueState> queue();
}
