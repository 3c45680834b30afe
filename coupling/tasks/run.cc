#include "coupling/tasks/run.h"

#include "core/cluster/command_line.h"
#include "core/mpi.h"
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

  namespace
  {
    /// What a stop during set-up, unloading or preload says: nothing is computed yet, or nothing more than before.
    StopSignals::Early before_the_first_step(MPI_Comm comm, bool resume)
    {
      constexpr int resume_me = 85;
      const StartedBy start = started_by(size_of(comm));
      const std::string advice = resume ? "its checkpoint stays as it was; go on with: " + command_to_resume(start)
                                        : "nothing was computed that could be resumed; start again with: " + command_again(start);
      return {rank_of(comm) == 0 ? advice : "", resume ? resume_me : 0};
    }
  }

  RunEnd run(MPI_Comm comm, const RunOptions &options)
  {
    const Deck deck = read_deck(comm, options.deck_file, options.settings);
    StopSignals signals(before_the_first_step(comm, options.resume));
    SimulateOptions how;
    how.data_folders = mesh_folders(deck, options);
    how.folder = output_folder(options);
    how.overwrite = options.overwrite;
    how.resume = options.resume;
    how.quiet = options.quiet;
    how.deck_file = deck.file;
    how.command = command_of(options);
    how.before_first_step = [&signals] { signals.note_from_now_on(); };
    return simulate(comm, deck.parameters, how).end;
  }
}
