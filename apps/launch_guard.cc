#include "apps/launch_guard.h"

#include <algorithm>
#include <vector>

namespace vivicor
{
  namespace
  {
    const std::vector<std::string> parallel{"run", "activate", "unload", "verify"}, telling{"about", "explain", "list", "status"};

    bool contains(const std::vector<std::string> &commands, const std::string &command)
    {
      return std::find(commands.begin(), commands.end(), command) != commands.end();
    }
  }

  Launch launch_of(const std::string &command, int ranks, const Environment &environment)
  {
    if (contains(telling, command))
      return {};
    if (contains(parallel, command))
      return launch_with_mpi(ranks, environment);
    const std::string of_the_job = "SLURM_NTASKS"; // a shell in an allocation has it too
    return launch_with_mpi(ranks, [&](const char *name) { return name == of_the_job ? nullptr : environment(name); });
  }
}
