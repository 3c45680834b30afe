#include "coupling/observers/progress.h"

#include "core/collective.h"
#include "core/units.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vivicor
{
  const std::string &name_of(Phase phase)
  {
    static const std::array<std::string, 4> names{"filling", "isovolumic contraction", "ejection", "isovolumic relaxation"};
    return names.at(static_cast<std::size_t>(phase));
  }

  Phase phase_of(Phase before, double p_LV, double p_LA, double p_aorta, double dp_LV)
  {
    constexpr double hardly = 0.1; // of the pressure between atrium and aorta
    if (p_LV > p_aorta)
      return Phase::ejection;
    if (p_LV < p_LA)
      return Phase::filling;
    const bool near_atrium = p_LV < p_LA + hardly * (p_aorta - p_LA);
    const bool still_contracts = before == Phase::isovolumic_contraction && dp_LV > 0;
    const bool still_relaxes = (before == Phase::ejection || before == Phase::isovolumic_relaxation) && dp_LV <= 0;
    if (near_atrium && !still_contracts && !still_relaxes)
      return Phase::filling;
    return dp_LV > 0 ? Phase::isovolumic_contraction : Phase::isovolumic_relaxation;
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
    phase = phase_of(phase, p[0], p[2], aortic_pressure(simulation), p[0] - before);
    state.phase = name_of(phase);
    state.time_ms = simulation.clock.time();
    state.end_ms = simulation.clock.end();
    state.LV_pressure_mmHg = p[0] / units::mmHg;
    state.LV_volume_mL = simulation.scheme->blood().volume[0] / units::mL;
    on_rank_0(simulation.comm, [&] { progress->update(state); });
  }

  void ProgressObserver::archive(Archive &archive)
  {
    auto number = static_cast<unsigned>(phase);
    archive_number(archive, "progress/LV_pressure", last_LV_pressure);
    archive_number(archive, "progress/phase", number);
    phase = static_cast<Phase>(number);
  }

  void ProgressObserver::finish(const Simulation &simulation)
  {
    on_rank_0(simulation.comm, [&] {
      if (progress)
        progress->finish();
    });
  }
}
