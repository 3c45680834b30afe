#include "apps/commands.h"
#include "apps/examples.h"
#include "core/cluster/run_state.h"
#include "core/collective.h"

#include <iostream>

namespace vivicor
{
  namespace
  {
    void print_status(std::vector<std::string> places)
    {
      if (places.empty())
        places = {"results"};
      const auto jobs = queue();
      std::vector<RunState> states;
      for (std::string place : places)
        {
          while (place.size() > 1 && place.back() == '/')
            place.pop_back();
          for (const std::string &folder : run_folders(place))
            for (RunState &run : run_states(folder, jobs))
              states.push_back(std::move(run));
        }
      if (states.empty())
        std::cout << "no runs in";
      for (std::size_t k = 0; states.empty() && k < places.size(); ++k)
        std::cout << " " << places[k];
      std::cout << (states.empty() ? "\n" : table(states)) << std::flush;
    }
  }

  void add_status(CLI::App &app, Action &action)
  {
    auto places = std::make_shared<std::vector<std::string>>();
    CLI::App *command = app.add_subcommand("status", "where runs stand, here and in SLURM's queue");
    add_examples(*command, {"vivicor status", "vivicor status results/whole_heart results/sweep"});
    command->add_option("FOLDER", *places, "folders of results, or folders that hold such (default: results)");
    command->callback([&action, places] {
      action = [places] {
        on_rank_0(MPI_COMM_WORLD, [&] { print_status(*places); });
        return 0;
      };
    });
  }
}
