#include "apps/commands.h"
#include "apps/deck_options.h"
#include "apps/examples.h"

namespace vivicor
{
  void add_check(CLI::App &app, Action &action)
  {
    auto options = std::make_shared<RunOptions>();
    CLI::App *command = app.add_subcommand("check", "check a deck and its mesh, estimate memory and time; run nothing");
    add_examples(*command,
                 {"vivicor check parameters/minimal/heart.json", "vivicor check my_heart.json --data meshes --set mesh.length_unit=cm"});
    add_deck_options(*command, *options);
    command->callback([&action, options] {
      action = [options] {
        check(MPI_COMM_WORLD, with_environment(*options));
        return 0;
      };
    });
  }
}
