#include "apps/commands.h"
#include "apps/deck_options.h"
#include "apps/examples.h"
#include "coupling/tasks/run.h"

#include <mpi.h>

namespace vivicor
{
  void add_run(CLI::App &app, Action &action)
  {
    auto options = std::make_shared<RunOptions>();
    CLI::App *command = app.add_subcommand("run", "simulate a deck");
    add_examples(*command, {"vivicor run parameters/minimal/heart.json --set time.beats=2 --output results/two_beats",
                            "mpirun -n 2 vivicor run parameters/whole_heart/heart.json --set \"time.cycle_length=900 ms\""});
    add_deck_options(*command, *options);
    auto *const overwrite = add_result_options(*command, *options);
    command->add_flag("--resume", options->resume, "go on from the newest checkpoint in the folder of the results, on any number of ranks")
      ->excludes(overwrite);
    command->add_flag("-q,--quiet", options->quiet, "no progress line");
    command->callback([&action, options] {
      action = [options] {
        constexpr int done = 0, resume_me = 85; // what SLURM's requeueing scripts look for
        return run(MPI_COMM_WORLD, with_environment(*options)) == RunEnd::done ? done : resume_me;
      };
    });
  }
}
