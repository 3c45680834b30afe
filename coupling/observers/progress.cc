// The progress line and progress.json.
#include "core/output/progress.h"

#include "core/collective.h"
#include "core/units.h"
#include "coupling/observer.h"
#include "report/phase.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    double aortic_pressure(const SimulationView &simulation)
    {
      const Blood &blood = simulation.blood();
      for (const auto &quantity : simulation.circulation().report(simulation.time(), blood.state, blood.pressure))
        if (quantity.name == "aortic_pressure")
          return quantity.value * units::mmHg;
      return 0;
    }

    class ProgressObserver : public Observer
    {
    public:
      ProgressObserver(std::string folder, bool quiet) : folder(std::move(folder)), quiet(quiet) {}

      void start(const SimulationView &simulation) override
      {
        on_rank_0(simulation.comm(), [&] {
          progress = std::make_unique<Progress>(folder.empty() ? "" : folder + "/progress.json", quiet ? nullptr : stdout);
        });
      }

      void resume(const SimulationView &simulation) override { start(simulation); }

      void after_step(const SimulationView &simulation) override
      {
        const auto pressure = [&](const char *chamber) { return simulation.of_chamber(simulation.blood().pressure, chamber); };
        const double before = last_LV_pressure, LV = last_LV_pressure = pressure("LV").value_or(0.);
        ProgressState state;
        state.beats = static_cast<unsigned>(std::ceil(simulation.end() / simulation.cycle_length() - 1e-9));
        state.beat = std::min(state.beats, 1u + static_cast<unsigned>(simulation.time() / simulation.cycle_length()));
        phase = phase_of(phase, LV, pressure("LA").value_or(0.), aortic_pressure(simulation), LV - before);
        state.phase = pressure("LV") ? name_of(phase) : "beat";
        state.time_ms = simulation.time();
        state.end_ms = simulation.end();
        state.LV_pressure_mmHg = pressure("LV").value_or(std::nan("")) / units::mmHg;
        state.LV_volume_mL = simulation.of_chamber(simulation.blood().volume, "LV").value_or(std::nan("")) / units::mL;
        on_rank_0(simulation.comm(), [&] { progress->update(state); });
      }

      void finish(const SimulationView &simulation) override
      {
        on_rank_0(simulation.comm(), [&] {
          if (progress)
            progress->finish();
        });
      }

      void pause(const SimulationView &simulation) override { finish(simulation); }
      void archive(Archive &archive) override
      {
        archive_number(archive, "progress/LV_pressure", last_LV_pressure);
        auto number = static_cast<int>(phase);
        archive_number(archive, "progress/phase", number);
        phase = static_cast<Phase>(number);
      }
      int order() const override { return 20; }

    private:
      std::string folder;
      bool quiet;
      double last_LV_pressure = 0; ///< kPa
      Phase phase = Phase::filling;
      std::unique_ptr<Progress> progress; ///< rank 0
    };

    std::unique_ptr<Observer> create(const Parameters &, const Observer::Context &context)
    {
      if (context.folder.empty() && context.quiet)
        return nullptr;
      return std::make_unique<ProgressObserver>(context.folder, context.quiet);
    }

    const Register<Observer> registered{
      {"progress", "Where the run stands: a line on the terminal, progress.json.", "this project", {}, create}};
  }
}
