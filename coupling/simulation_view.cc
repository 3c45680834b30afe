#include "coupling/simulation_view.h"

#include "coupling/observers.h"
#include "coupling/simulation.h"

#include <algorithm>

namespace vivicor
{
  MPI_Comm SimulationView::comm() const
  {
    return simulation->comm;
  }

  const Parameters &SimulationView::deck() const
  {
    return simulation->deck;
  }

  const Anatomy &SimulationView::anatomy() const
  {
    return simulation->anatomy;
  }

  const Fibres &SimulationView::fibres() const
  {
    return simulation->fibres;
  }

  const std::vector<unsigned> &SimulationView::cell_rank() const
  {
    return simulation->cell_rank;
  }

  const std::optional<Unloading> &SimulationView::unloading() const
  {
    return simulation->unloading;
  }

  const ElectricalHeart &SimulationView::electrical_heart() const
  {
    return *simulation->electrophysiology;
  }

  const Pump &SimulationView::mechanics() const
  {
    return *simulation->mechanics;
  }

  const Circulation &SimulationView::circulation() const
  {
    return *simulation->circulation;
  }

  const Blood &SimulationView::blood() const
  {
    return simulation->scheme->blood();
  }

  const ChamberPort &SimulationView::chambers() const
  {
    return simulation->scheme->port();
  }

  double SimulationView::time() const
  {
    return simulation->clock.time();
  }

  double SimulationView::end() const
  {
    return simulation->clock.end();
  }

  std::vector<Device::Channel> SimulationView::device_channels() const
  {
    return simulation->devices->channels();
  }

  double SimulationView::step() const
  {
    return simulation->clock.step();
  }

  std::optional<double> SimulationView::of_chamber(const Chambers &values, const std::string &name) const
  {
    const auto &names = circulation().chambers();
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? std::nullopt : std::optional(values[static_cast<std::size_t>(found - names.begin())]);
  }

  bool SimulationView::finished() const
  {
    return simulation->clock.finished();
  }

  unsigned SimulationView::failed_steps() const
  {
    return simulation->clock.failed_steps();
  }

  double SimulationView::cycle_length() const
  {
    return simulation->cycle_length;
  }

  const SimulationCounts &SimulationView::counts() const
  {
    return simulation->counts;
  }

  const SimulationBegin &SimulationView::begin() const
  {
    return simulation->begin;
  }

  const std::vector<ElectricalHeart::Sample> &SimulationView::samples() const
  {
    return simulation->samples;
  }

  const Recording *SimulationView::recording(const std::string &observer) const
  {
    return simulation->watched_by ? simulation->watched_by->recording(observer) : nullptr;
  }

  Timers &SimulationView::timers() const
  {
    return simulation->timers;
  }
}
