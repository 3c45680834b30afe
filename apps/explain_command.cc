#include "apps/commands.h"
#include "apps/examples.h"
#include "core/error.h"
#include "core/mpi.h"
#include "core/parameters/reference.h"
#include "core/registries.h"
#include "coupling/deck.h"

#include <iostream>

namespace vivicor
{
  namespace
  {
    /// A name may be a key, what is registered under it, or both.
    std::string explained(const Schema &deck, const std::string &key)
    {
      const std::string registered = explain_registered(key);
      try
        {
          return explain(deck, key) + registered;
        }
      catch (const UserError &)
        {
          if (registered.empty())
            throw;
          return registered;
        }
    }
  }

  void add_explain(CLI::App &app, Action &action)
  {
    CLI::App *command = app.add_subcommand("explain", "meaning, unit, default, range and source of a key, a section or a model");
    add_examples(*command, {"vivicor explain time.cycle_length", "vivicor explain mechanics", "vivicor explain land_2017"});
    auto key = std::make_shared<std::string>();
    auto markdown = std::make_shared<bool>(false);
    command->add_option("KEY", *key, "dotted key, such as time.cycle_length, or a name of: vivicor list models; none: everything");
    command->add_flag("--markdown", *markdown, "the whole reference as Markdown (docs/parameters.md)");
    command->callback([&action, key, markdown] {
      action = [key, markdown] {
        const Schema deck = deck_schema();
        const std::string text = *markdown ? reference_markdown(deck) + registries_markdown() : explained(deck, *key);
        if (rank_of(MPI_COMM_WORLD) == 0)
          std::cout << text << std::flush;
        return 0;
      };
    });
  }
}
