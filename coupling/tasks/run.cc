#include "coupling/tasks/run.h"

#include "core/shell_words.h"
#include "coupling/deck.h"
#include "coupling/folder/stop_request.h"
#include "coupling/tasks/run_folders.h"

namespace vivicor
{
  namespace
  {
    std::string command_of(const RunOptions &options)
    {
      std::vector<std::string> command{"vivicor", "run", options.deck_file};
      for (const auto &setting : options.settings)
        command.insert(command.end(), {"--set", setting});
      if (options.resume)
        command.push_back("--resume");
      return quoted(command);
    }
  }

  RunEnd run(MPI_Comm comm, const RunOptions &options)
  {
    const Deck deck = read_deck(options.deck_file, deck_schema(), options.settings);
    const StopSignals signals; // a stop during the setup comes as soon as there is something to save
    SimulateOptions how;
    how.data_folders = mesh_folders(deck, options);
    how.folder = output_folder(options);
    how.overwrite = options.overwrite;
    how.resume = options.resume;
    how.quiet = options.quiet;
    how.deck_file = deck.file;
    how.command = command_of(options);
    return simulate(comm, deck.parameters, how).end;
  }
}
