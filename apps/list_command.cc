#include "apps/commands.h"
#include "apps/examples.h"
#include "circulation/circulation.h"
#include "circulation/compartment.h"
#include "circulation/element.h"
#include "core/error.h"
#include "core/mpi.h"
#include "electrophysiology/electrical_heart.h"
#include "electrophysiology/ionic_models/ionic_model.h"
#include "mechanics/active_tension/active_tension.h"
#include "mechanics/materials/material.h"
#include "mechanics/pump.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace vivicor
{
  namespace
  {
    template <class Contract>
    void print_models(const std::string &kind)
    {
      std::cout << kind << "\n";
      for (const auto &[name, model] : registry<Contract>())
        std::cout << "  " << name << std::string(name.size() < 34 ? 34 - name.size() : 1, ' ') << model.doc << " [" << model.source
                  << "]\n";
    }

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
        return print_decks(folder);
      print_models<ElectricalHeart>("electrical hearts");
      print_models<IonicModel>("ionic models");
      print_models<Material>("materials");
      print_models<ActiveTension>("active tension");
      print_models<Pump>("pumps");
      print_models<Circulation>("circulation");
      print_models<CirculationElement>("circulation elements");
      print_models<Compartment>("circulation compartments");
    }
  }

  void add_list(CLI::App &app, Action &action)
  {
    CLI::App *command = app.add_subcommand("list", "registered models, or the decks of a folder");
    add_examples(*command, {"vivicor list models", "vivicor list decks --folder parameters"});
    auto what = std::make_shared<std::string>("models");
    auto folder = std::make_shared<std::string>("parameters");
    command->add_option("WHAT", *what, "models or decks")->check(CLI::IsMember({"models", "decks"}));
    command->add_option("--folder", *folder, "where to look for decks");
    command->callback([&action, what, folder] {
      action = [what, folder] {
        if (rank_of(MPI_COMM_WORLD) == 0)
          list(*what, *folder);
        return 0;
      };
    });
  }
}
