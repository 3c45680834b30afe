// unloading.csv: how the unloaded shape of an imaged heart was found.
#include "core/collective.h"
#include "core/output/files.h"
#include "coupling/observer.h"
#include "coupling/reference.h"

namespace vivicor
{
  namespace
  {
    class UnloadingObserver : public Observer
    {
    public:
      explicit UnloadingObserver(std::string folder) : folder(std::move(folder)) {}
      void start(const SimulationView &simulation) override { write(simulation); }
      void resume(const SimulationView &simulation) override { write(simulation); }

    private:
      void write(const SimulationView &simulation)
      {
        if (const auto &unloading = simulation.unloading())
          on_rank_0(simulation.comm(), [&] { write_whole(folder + "/unloading.csv", unloading_csv(*unloading)); });
      }

      std::string folder;
    };

    std::unique_ptr<Observer> create(const Parameters &, const Observer::Context &context)
    {
      return context.folder.empty() ? nullptr : std::make_unique<UnloadingObserver>(context.folder);
    }

    const Register<Observer> registered{
      {"unloading", "How the unloaded shape was found, where it was sought: unloading.csv.", "this project", {}, create}};
  }
}
