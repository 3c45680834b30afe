#include "coupling/observers/in_situ.h"

#include "core/broadcast.h"
#include "core/collective.h"
#include "core/error.h"

#include <cmath>
#include <filesystem>

namespace vivicor
{
  namespace fs = std::filesystem;

  void declare_in_situ(Schema &deck)
  {
    Schema in_situ = deck.section("in_situ", "Scripts of ParaView that watch the run while it runs (docs/howto/in_situ.md).");
    in_situ.list("scripts", {}, "Python files as ParaView exports them (Catalyst, version 2); they write into in_situ/ of the results.");
    in_situ.quantity("every", "10 ms", 0, 1e6, "Time between two looks of the scripts, a multiple of time.mechanics_step; 0: every step.");
    in_situ.text("live", "", "HOST:PORT where a ParaView waits for this run (Catalyst > Connect); empty: nowhere.");
    in_situ.text("back_end", "paraview", "What runs the scripts; `vivicor about` lists those of this build.");
  }

  std::vector<std::string> in_situ_scripts(const Parameters &deck, const std::vector<std::string> &folders)
  {
    const Parameters in_situ = deck.section("in_situ");
    const auto is_there = [](const std::string &file) {
      std::error_code unknown;
      return fs::is_regular_file(file, unknown);
    };
    std::vector<std::string> found;
    for (const std::string &script : in_situ.list("scripts"))
      {
        std::string file = script;
        for (auto folder = folders.begin(); folder != folders.end() && !is_there(file); ++folder)
          file = (fs::path(*folder) / script).string();
        if (!is_there(file))
          throw UserError({"no script '" + script + "'", in_situ.where("scripts"),
                           "it is neither here nor in the folder of the deck or of --data", "those of cluster/paraview",
                           "give its path from where the program is started"});
        found.push_back(file);
      }
    return found;
  }

  std::vector<std::string> in_situ_scripts(MPI_Comm comm, const Parameters &deck, const std::vector<std::string> &folders)
  {
    std::vector<std::string> found;
    on_rank_0(comm, [&] { found = in_situ_scripts(deck, folders); });
    broadcast(comm, found);
    return found;
  }

  InSituObserver::InSituObserver(const Parameters &deck, std::vector<std::string> files, const std::string &folder,
                                 const Recording &time_series)
    : every(deck.section("in_situ").quantity("every")), time_series(time_series)
  {
    const Parameters in_situ = deck.section("in_situ");
    options = {in_situ.text("back_end"), std::move(files), in_situ.text("live"), folder + "/in_situ"};
  }

  long InSituObserver::interval(const Simulation &simulation) const
  {
    if (every <= 0)
      return simulation.counts.steps;
    return static_cast<long>(std::floor(simulation.clock.time() / every + 1e-9));
  }

  void InSituObserver::open(const Simulation &simulation)
  {
    if (options.scripts.empty() && options.live.empty())
      return;
    const auto scope = simulation.timers.scope("in_situ");
    channels = std::make_unique<HeartChannels>(simulation, time_series);
    scripts = std::make_unique<InSituScripts>(simulation.comm, options, HeartChannels::list());
  }

  void InSituObserver::close(const Simulation &simulation)
  {
    const auto scope = simulation.timers.scope("in_situ");
    scripts.reset();
  }

  void InSituObserver::start(const Simulation &simulation)
  {
    open(simulation);
    show(simulation);
  }

  void InSituObserver::resume(const Simulation &simulation)
  {
    open(simulation);
    shown = interval(simulation);
  }

  void InSituObserver::after_step(const Simulation &simulation)
  {
    show(simulation);
  }

  void InSituObserver::finish(const Simulation &simulation)
  {
    show(simulation);
    close(simulation);
  }

  void InSituObserver::show(const Simulation &simulation)
  {
    const long now = interval(simulation);
    if (!scripts || now == shown)
      return;
    shown = now;
    const auto scope = simulation.timers.scope("in_situ");
    scripts->process(simulation.clock.time(), now, [&](const InSituWish &wish) { return channels->provide(wish); });
  }
}
