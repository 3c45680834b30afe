#include "apps/commands.h"
#include "apps/examples.h"
#include "core/error.h"
#include "core/mpi.h"
#include "coupling/tasks/in_situ_probe.h"

#include <filesystem>
#include <iostream>

namespace vivicor
{
  namespace
  {
    int report(const ProbeOptions &options, const ProbeResult &result)
    {
      constexpr int works = 0, bad_input = 2;
      std::cout << "back end  " << (result.problem.empty() ? "works" : result.problem) << "\n";
      if (!result.problem.empty())
        return bad_input;
      std::cout << "display   " << (result.display.empty() ? "works" : result.display + "; scripts that draw need xvfb-run -a") << "\n"
                << "script    " << (result.failure.empty() ? "works" : result.failure) << "\n";
      for (const std::string &file : result.written)
        std::cout << "written   " << options.folder << "/" << file << "\n";
      if (result.failure.empty() && result.written.empty())
        std::cout << "written   nothing: no extractor of the script fires in its first looks\n";
      return result.failure.empty() ? works : bad_input;
    }

    int probe(ProbeOptions options)
    {
      if (options.script.empty() && options.live.empty())
        throw UserError({"nothing to probe", "vivicor insitu", "", "--probe SCRIPT or --live HOST:PORT", ""});
      if (!options.script.empty() && !std::filesystem::exists(options.script))
        throw UserError({"no script '" + options.script + "'", "--probe", "the file does not exist", "those of cluster/paraview", ""});
      options.pause_s = options.live.empty() ? 0 : 0.2;
      const ProbeResult result = probe_in_situ(MPI_COMM_WORLD, options);
      return rank_of(MPI_COMM_WORLD) == 0 ? report(options, result) : 0;
    }
  }

  void add_insitu(CLI::App &app, Action &action)
  {
    CLI::App *command = app.add_subcommand("insitu", "try a script of ParaView on a tiny block: display, imports, what it writes");
    add_examples(*command,
                 {"xvfb-run -a vivicor insitu --probe cluster/paraview/slices.py", "vivicor insitu --live localhost:22222 --looks 10"});
    auto options = std::make_shared<ProbeOptions>();
    options->folder = "in_situ_probe";
    command->add_option("--probe", options->script, "the script");
    command->add_option("--live", options->live, "HOST:PORT where a ParaView waits: show it the block");
    command->add_option("--looks", options->looks, "how many moments to show");
    command->add_option("--back-end", options->back_end, "what runs the script; `vivicor about` lists those of this build");
    command->add_option("-o,--output", options->folder, "where the script writes");
    command->callback([&action, options] { action = [options] { return probe(*options); }; });
  }
}
