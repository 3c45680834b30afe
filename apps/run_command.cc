#include "apps/commands.h"
#include "apps/deck_options.h"
#include "coupling/run.h"

namespace vivicor
{
  void add_run(CLI::App &app, Action &action)
  {
    auto options = std::make_shared<RunOptions>();
    CLI::App *command = app.add_subcommand("run", "simulate a deck");
    add_deck_options(*command, *options);
    command->add_option("-o,--output", options->output, "folder of the results (default: results/NAME_OF_THE_DECK)");
    command->add_flag("--overwrite", options->overwrite, "allow a folder with results; they are kept as FOLDER.previous");
    command->add_flag("-q,--quiet", options->quiet, "no progress line");
    command->callback([&action, options] {
      action = [options] {
        run(MPI_COMM_WORLD, with_environment(*options));
        return 0;
      };
    });
  }
}
