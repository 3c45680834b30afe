// A site: how jobs are asked for on one cluster. A JSON file (cluster/sites), read and checked like a deck.
#pragma once

#include "core/parameters/parameters.h"

#include <string>
#include <vector>

namespace vivicor
{
  /// What may stand in a site's file.
  Schema site_schema();

  struct Site
  {
    std::string name;
    std::vector<std::string> modules;                     ///< for `module load`
    std::vector<std::string> setup;                       ///< shell commands before the program
    std::vector<std::string> options;                     ///< more of sbatch's, as typed
    std::string partition, account, qos, memory_per_task; ///< empty: the cluster's default
    long nodes, tasks;                                    ///< nodes 0: as many as the tasks take
    double time, stop_before;                             ///< ms: the limit; how long before it the run is asked to stop
    std::string launcher;                                 ///< what starts the ranks, e.g. "srun --mpi=pmix"
  };

  /// @param name of a file NAME.json in one of `folders`, or its path
  /// @param settings KEY=VALUE over the file's entries
  /// @throws UserError
  Site read_site(const std::string &name, const std::vector<std::string> &folders, const std::vector<std::string> &settings);

  /// Where sites are kept: the variable VIVICOR_SITES (folders separated by colons), cluster/sites of the present
  /// folder and of the program's own tree.
  std::vector<std::string> site_folders();
}
