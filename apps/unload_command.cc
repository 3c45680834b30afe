#include "apps/commands.h"
#include "apps/deck_options.h"
#include "coupling/unload_heart.h"

#include <mpi.h>

namespace vivicor
{
  void add_unload(CLI::App &app, Action &action)
  {
    auto options = std::make_shared<RunOptions>();
    CLI::App *command = app.add_subcommand("unload", "the unloaded shape of an imaged heart, and its passive filling against Klotz' curve");
    add_deck_options(*command, *options);
    command->add_option("-o,--output", options->output, "folder of the results (default: results/NAME_OF_THE_DECK_unloaded)");
    command->add_flag("--overwrite", options->overwrite, "allow a folder with results; they are kept as FOLDER.previous");
    command->callback([&action, options] {
      action = [options] {
        unload_heart(MPI_COMM_WORLD, with_environment(*options));
        return 0;
      };
    });
  }
}
