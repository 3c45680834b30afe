#include "apps/commands.h"
#include "apps/deck_options.h"
#include "apps/examples.h"
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
    add_examples(*command, {"vivicor activate parameters/minimal/heart.json --until \"300 ms\"",
                            "vivicor activate parameters/whole_heart/lbbb.json --output results/lbbb_map --overwrite"});
    add_deck_options(*command, *options);
    command->add_option("--until", *until, "time at which to stop, with its unit (default: 400 ms)");
    add_result_options(*command, *options, "_activation");
    command->add_flag("-q,--quiet", options->quiet, "no progress line");
    command->callback([&action, options, until] {
      action = [options, until] {
        const double end = parse_quantity(*until, "ms", "", "--until");
        if (!(end > 0))
          throw UserError({"an end of '" + *until + "'", "--until", "it must be a time after 0 ms", "400 ms", "choose a later end"});
        activate(MPI_COMM_WORLD, with_environment(*options), end);
        return 0;
      };
    });
  }
}
