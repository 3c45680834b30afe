// Shows the beating heart to the deck's scripts while it runs.
#include "core/broadcast.h"
#include "core/collective.h"
#include "core/error.h"
#include "core/output/in_situ_scripts.h"
#include "coupling/fields/heart_channels.h"
#include "coupling/observer.h"
#include "coupling/script_files.h"

#include <cmath>

namespace vivicor
{

  namespace
  {
    class InSituObserver : public Observer
    {
    public:
      /// @param every ms between two looks
      InSituObserver(InSituOptions options, double every) : options(std::move(options)), every(every) {}

      void start(const SimulationView &simulation) override
      {
        open(simulation);
        show(simulation);
      }

      void resume(const SimulationView &simulation) override
      {
        open(simulation);
        shown = interval(simulation);
      }

      void after_step(const SimulationView &simulation) override { show(simulation); }

      void finish(const SimulationView &simulation) override
      {
        show(simulation);
        close(simulation);
      }

      void pause(const SimulationView &simulation) override { close(simulation); }

      int order() const override { return 10; } // scripts see what others have recorded

    private:
      void open(const SimulationView &simulation)
      {
        const auto scope = simulation.timers().scope("in_situ");
        channels = std::make_unique<HeartChannels>(simulation);
        scripts = std::make_unique<InSituScripts>(simulation.comm(), options, HeartChannels::list());
      }

      void close(const SimulationView &simulation)
      {
        const auto scope = simulation.timers().scope("in_situ");
        scripts.reset();
      }

      /// How many intervals have begun: scripts know it as the time step, the same in a resumed run.
      long interval(const SimulationView &simulation) const
      {
        if (every <= 0)
          return simulation.counts().steps;
        return static_cast<long>(std::floor(simulation.time() / every + 1e-9));
      }

      void show(const SimulationView &simulation)
      {
        const long now = interval(simulation);
        if (!scripts || now == shown)
          return;
        shown = now;
        const auto scope = simulation.timers().scope("in_situ");
        scripts->process(simulation.time(), now, [&](const InSituWish &wish) { return channels->provide(wish); });
      }

      InSituOptions options;
      double every;    ///< ms
      long shown = -1; ///< the last interval's number
      std::unique_ptr<HeartChannels> channels;
      std::unique_ptr<InSituScripts> scripts; ///< goes before the channels, to which its views refer
    };

    void declare(Schema &deck)
    {
      Schema in_situ = deck.section("in_situ", "Scripts of ParaView that watch the run while it runs (docs/howto/in_situ.md).");
      in_situ.list("scripts", {}, "Python files as ParaView exports them (Catalyst, version 2); they write into in_situ/ of the results.");
      in_situ.quantity("every", "10 ms", 0, 1e6,
                       "Time between two looks of the scripts, a multiple of time.mechanics_step; 0: every step.");
      in_situ.text("live", "", "HOST:PORT where a ParaView waits for this run (Catalyst > Connect); empty: nowhere.");
      in_situ.text("back_end", "paraview", "What runs the scripts; `vivicor about` lists those of this build.");
    }

    std::unique_ptr<Observer> create(const Parameters &deck, const Observer::Context &context)
    {
      const Parameters in_situ = deck.section("in_situ");
      std::vector<std::string> scripts;
      on_rank_0(context.comm, [&] { scripts = script_files(in_situ, context.data_folders); });
      broadcast(context.comm, scripts);
      if (context.folder.empty() || (scripts.empty() && in_situ.text("live").empty()))
        return nullptr;
      return std::make_unique<InSituObserver>(
        InSituOptions{in_situ.text("back_end"), std::move(scripts), in_situ.text("live"), context.folder + "/in_situ"},
        in_situ.quantity("every"));
    }

    const Register<Observer> registered{
      {"in_situ", "Scripts of ParaView that see the heart while it beats: in_situ/.", "this project", declare, create}};
  }
}
