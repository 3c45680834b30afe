#include "apps/commands.h"
#include "apps/deck_options.h"
#include "core/error.h"
#include "core/units.h"
#include "coupling/tasks/activate.h"
#include "coupling/tasks/run_folders.h"

#include <mpi.h>

namespace vivicor
{
  void add_activate(CLI::App &app, Action &action)
  {
    auto options = std::make_shared<RunOptions>();
    auto until = std::make_shared<std::string>("400 ms");
    CLI::App *command = app.add_subcommand("activate", "the electrical heart of a deck alone: activation map, ECG, conduction system");
    add_deck_options(*command, *options);
    command->add_option("--until", *until, "time at which to stop, with its unit (default: 400 ms)");
    add_result_options(*command, *options, "_activation");
    command->callback([&action, options, until] {
      action = [options, until] {
        const Quantity end = parse_quantity(*until, "--until");
        if (end.dimension != Dimension::time || end.value <= 0)
          throw UserError(
            {"an end of '" + *until + "'", "--until", "it must be a time after 0 ms", "400 ms", "write a number and a unit of time"});
        activate(MPI_COMM_WORLD, with_environment(*options), end.value);
        return 0;
      };
    });
  }
}
