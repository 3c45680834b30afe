#include "coupling/observers/progress.h"

#include "core/collective.h"
#include "core/units.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  std::string phase_of(double p_LV, double p_LA, double p_aorta, double dp_LV)
  {
    if (p_LV > p_aorta)
      return "ejection";
    if (p_LV < p_LA)
      return "filling";
    return dp_LV > 0 ? "isovolumic contraction" : "isovolumic relaxation";
  }

  namespace
  {
    double aortic_pressure(const Simulation &simulation)
    {
      const Blood &blood = simulation.scheme->blood();
      for (const auto &quantity : simulation.circulation->report(simulation.clock.time(), blood.state, blood.pressure))
        if (quantity.name == "aortic_pressure")
          return quantity.value * units::mmHg;
      return 0;
    }
  }

  void ProgressObserver::start(const Simulation &simulation)
  {
    on_rank_0(simulation.comm, [&] { progress = std::make_unique<Progress>(folder + "/progress.json", quiet ? nullptr : stdout); });
  }

  void ProgressObserver::after_step(const Simulation &simulation)
  {
    const Chambers p = simulation.scheme->blood().pressure;
    const double before = last_LV_pressure;
    last_LV_pressure = p[0];
    ProgressState state;
    state.beats = static_cast<unsigned>(std::ceil(simulation.clock.end() / simulation.cycle_length - 1e-9));
    state.beat = std::min(state.beats, 1u + static_cast<unsigned>(simulation.clock.time() / simulation.cycle_length));
    state.phase = phase_of(p[0], p[2], aortic_pressure(simulation), p[0] - before);
    state.time_ms = simulation.clock.time();
    state.end_ms = simulation.clock.end();
    state.LV_pressure_mmHg = p[0] / units::mmHg;
    state.LV_volume_mL = simulation.scheme->blood().volume[0] / units::mL;
    on_rank_0(simulation.comm, [&] { progress->update(state); });
  }

  void ProgressObserver::finish(const Simulation &simulation)
  {
    on_rank_0(simulation.comm, [&] {
      if (progress)
        progress->finish();
    });
  }
}
