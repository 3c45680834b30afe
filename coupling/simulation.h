// The beating heart: sets the parts up in the order data flows, runs the time loop, tells the observers.
#pragma once

#include "core/checkpoint/archive.h"
#include "core/clock.h"
#include "core/timers.h"
#include "coupling/devices.h"
#include "coupling/reference.h"
#include "coupling/schemes/staggered.h"
#include "coupling/simulation_view.h"

#include <mpi.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  class Observers;

  class Simulation
  {
  public:
    /// @param data_folders where relative mesh paths are sought, in order
    /// @param inspect is shown the anatomy as read, before the costly parts are set up: what refuses it does so then
    /// @throws UserError
    Simulation(
      MPI_Comm comm, const Parameters &deck, const std::vector<std::string> &data_folders,
      const std::function<void(const Anatomy &)> &inspect = [](const Anatomy &) {});

    /// Collective. Fills the unloaded heart to the pressures from which the circulation starts.
    void preload();
    /// Collective. The state of all parts, for a checkpoint.
    void archive(Archive &archive);
    /// Collective; instead of preload(). The observers' archive() is the caller's business.
    void resume(Archive &archive);

    /// Collective. From the present time to the deck's end.
    /// @param goes_on asked before the first step and after each; false stops the run, for it to be resumed later
    /// @return false when it was stopped
    /// @throws SolverError when a step fails at the smallest size; the observers' finish() is called before
    bool run(
      Observers &observers, const std::function<bool()> &goes_on = [] { return true; });

    /// What others may look at.
    SimulationView view() const { return SimulationView(*this); }

  private:
    friend class SimulationView;

    bool try_step();
    bool advance_to_end(Observers &observers, const std::function<bool()> &goes_on);

    MPI_Comm comm;
    Parameters deck;
    mutable Timers timers;
    Anatomy anatomy;
    Fibres fibres;
    std::vector<unsigned> cell_rank;
    std::optional<Unloading> unloading;
    std::unique_ptr<Devices> devices; ///< before the parts, which they outlive
    std::unique_ptr<ElectricalHeart> electrophysiology;
    std::unique_ptr<Pump> mechanics;
    std::unique_ptr<Circulation> circulation;
    std::unique_ptr<Staggered> scheme;
    Clock clock;
    double cycle_length; ///< ms

    SimulationCounts counts;
    SimulationBegin begin;
    Pump::Step last_step;
    std::vector<ElectricalHeart::Sample> samples; ///< since the step before
    const Observers *watched_by = nullptr;
    bool resumed = false;
  };

  /// Cost of each cell for the partition: muscle also carries electrophysiology.
  std::vector<double> cell_weights(const Anatomy &anatomy);
}
