#include "apps/commands.h"
#include "apps/deck_options.h"
#include "apps/examples.h"
#include "coupling/tasks/unload_heart.h"

#include <mpi.h>

namespace vivicor
{
  void add_unload(CLI::App &app, Action &action)
  {
    auto options = std::make_shared<RunOptions>();
    CLI::App *command = app.add_subcommand("unload", "the unloaded shape of an imaged heart, and its passive filling against Klotz' curve");
    add_examples(*command, {"vivicor unload parameters/whole_heart/kit_imaged.json --data data",
                            "vivicor unload my_heart.json --output results/my_heart_unloaded"});
    add_deck_options(*command, *options);
    add_result_options(*command, *options, "_unloaded");
    command->callback([&action, options] {
      action = [options] {
        unload_heart(MPI_COMM_WORLD, with_environment(*options));
        return 0;
      };
    });
  }
}
