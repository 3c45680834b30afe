#include "apps/commands.h"
#include "apps/examples.h"
#include "core/collective.h"
#include "core/error.h"
#include "core/registries.h"

#include <mpi.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace vivicor
{
  namespace
  {
    void print_decks(const std::string &folder)
    {
      namespace fs = std::filesystem;
      if (!fs::is_directory(folder))
        throw UserError({"no folder '" + folder + "'", fs::current_path().string(), "decks are listed from a folder", "",
                         "run from the project's root or pass --folder"});
      std::vector<std::string> decks;
      for (const auto &entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".json" || entry.path().extension() == ".prm")
          decks.push_back(entry.path().string());
      std::sort(decks.begin(), decks.end());
      for (const auto &deck : decks)
        std::cout << deck << "\n";
    }

    void list(const std::string &what, const std::string &folder)
    {
      if (what == "decks")
        print_decks(folder);
      else
        std::cout << (what == "models" ? list_registries() : what == "kinds" ? list_kinds() : list_registry(what));
    }
  }

  void add_list(CLI::App &app, Action &action)
  {
    CLI::App *command = app.add_subcommand("list", "what can be chosen: models of every kind, or the decks of a folder");
    add_examples(*command, {"vivicor list models", "vivicor list kinds", "vivicor list decks --folder parameters"});
    auto what = std::make_shared<std::string>("models");
    auto folder = std::make_shared<std::string>("parameters");
    command->add_option("WHAT", *what, "models (of all kinds), kinds, the name of a kind, or decks");
    command->add_option("--folder", *folder, "where to look for decks");
    command->callback([&action, what, folder] {
      action = [what, folder] {
        on_rank_0(MPI_COMM_WORLD, [&] { list(*what, *folder); });
        return 0;
      };
    });
  }
}
