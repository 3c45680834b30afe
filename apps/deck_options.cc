#include "apps/deck_options.h"

#include <cstdlib>
#include <sstream>

namespace vivicor
{
  void add_deck_options(CLI::App &command, RunOptions &options)
  {
    command.add_option("DECK", options.deck_file, "parameter file (.json or .prm)")->required();
    command.add_option("-s,--set", options.settings, "KEY=VALUE: overrides an entry of the deck; may be given several times")
      ->take_all()
      ->allow_extra_args(false);
    command
      .add_option("--data", options.data_folders,
                  "folder in which relative mesh paths are sought after the deck's own; may be given several times")
      ->allow_extra_args(false);
  }

  CLI::Option *add_result_options(CLI::App &command, RunOptions &options, const std::string &study)
  {
    command.add_option("-o,--output", options.output, "folder of the results (default: results/NAME_OF_THE_DECK" + study + ")");
    return command.add_flag("--overwrite", options.overwrite, "allow a folder with results; they are kept as FOLDER.previous");
  }

  RunOptions with_environment(RunOptions options)
  {
    if (const char *folders = std::getenv("VIVICOR_DATA"))
      {
        std::istringstream list(folders);
        for (std::string folder; std::getline(list, folder, ':');)
          if (!folder.empty())
            options.data_folders.push_back(folder);
      }
    return options;
  }
}
