#include "apps/commands.h"
#include "apps/examples.h"
#include "core/mpi.h"
#include "core/parameters/reference.h"
#include "coupling/deck.h"

#include <iostream>

namespace vivicor
{
  void add_explain(CLI::App &app, Action &action)
  {
    CLI::App *command = app.add_subcommand("explain", "meaning, unit, default, range and source of a key or a section");
    add_examples(*command, {"vivicor explain time.cycle_length", "vivicor explain mechanics"});
    auto key = std::make_shared<std::string>();
    auto markdown = std::make_shared<bool>(false);
    command->add_option("KEY", *key, "dotted key, such as time.cycle_length; none: everything");
    command->add_flag("--markdown", *markdown, "the whole reference as Markdown (docs/parameters.md)");
    command->callback([&action, key, markdown] {
      action = [key, markdown] {
        const Schema deck = deck_schema();
        const std::string text = *markdown ? reference_markdown(deck) : explain(deck, *key);
        if (rank_of(MPI_COMM_WORLD) == 0)
          std::cout << text << std::flush;
        return 0;
      };
    });
  }
}
