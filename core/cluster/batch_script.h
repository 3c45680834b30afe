// The script that sbatch runs.
#pragma once

#include "core/cluster/site.h"
#include "core/cluster/submission.h"

#include <string>
#include <vector>

namespace vivicor
{
  struct BatchJob
  {
    std::string name;
    std::vector<std::string> program; ///< the command with its arguments but folder and task settings: {"/.../vivicor", "run", DECK, ...}
    std::vector<unsigned> tasks;      ///< those to run, ascending
    unsigned at_most = 0;             ///< tasks at the same time; 0: as many as the cluster lets
  };

  /// A text as the value of an option on a line #SBATCH, which no shell reads: in double quotes where it needs them.
  std::string sbatch_value(const std::string &text);

  /// SLURM's form of a list of array indices: {0,1,2,5} is "0-2,5".
  std::string index_list(const std::vector<unsigned> &indices);

  /// SLURM's form of a duration (ms), to the second, rounded up: "1-02:03:04".
  std::string slurm_time(double duration);

  /// The whole script. Each task may be started any number of times: what is done stays, what was begun goes on from
  /// its checkpoint. At exit code 85 the job is put back into the queue, unless it was cancelled or got no further.
  /// @throws UserError for a folder or an entry of the site that a line of such a script cannot hold
  std::string batch_script(const Site &site, const Submission &submission, const BatchJob &job);
}
