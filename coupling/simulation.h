// The beating heart: sets the parts up in the order data flows, runs the time loop, tells the observers.
#pragma once

#include "core/checkpoint/archive.h"
#include "core/clock.h"
#include "core/mpi_traffic.h"
#include "core/timers.h"
#include "coupling/devices.h"
#include "coupling/reference.h"
#include "coupling/schemes/staggered.h"

#include <mpi.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  class Simulation;

  /// Watches a run. Calls are collective and come after the step was committed.
  class Observer
  {
  public:
    virtual ~Observer() = default;
    virtual void start(const Simulation &) {}
    /// Instead of start() in a resumed run, after archive() has loaded.
    virtual void resume(const Simulation &) {}
    virtual void after_step(const Simulation &) {}
    virtual void finish(const Simulation &) {}
    /// Instead of finish() when the run stops here and is to be resumed.
    virtual void pause(const Simulation &) {}

    /// What a resumed run must know for this observer's results to be those of an unbroken one.
    virtual void archive(Archive &) {}
  };

  class Simulation
  {
  public:
    /// @param data_folders where relative mesh paths are sought, in order
    /// @throws UserError
    Simulation(MPI_Comm comm, const Parameters &deck, const std::vector<std::string> &data_folders);

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
      const std::vector<Observer *> &observers, const std::function<bool()> &goes_on = [] { return true; });

    // What observers may look at.
    MPI_Comm comm;
    Parameters deck;
    mutable Timers timers;
    Anatomy anatomy;
    Fibres fibres;
    std::vector<unsigned> cell_rank;
    std::optional<Unloading> unloading; ///< where the deck's mesh is a heart under pressure
    std::unique_ptr<Devices> devices;   ///< before the parts, which they outlive
    std::unique_ptr<ElectricalHeart> electrophysiology;
    std::unique_ptr<Pump> mechanics;
    std::unique_ptr<Circulation> circulation;
    std::unique_ptr<Staggered> scheme;
    Clock clock;

    struct Counts
    {
      unsigned steps = 0, newton_iterations = 0, linear_iterations = 0;
    } counts;
    struct Begin
    {
      Traffic traffic;    ///< of this rank before the time loop
      unsigned steps = 0; ///< of earlier parts of a resumed run
    } begin;
    Pump::Step last_step;
    double cycle_length; ///< ms

  private:
    bool try_step();
    bool advance_to_end(const std::vector<Observer *> &observers, const std::function<bool()> &goes_on);

    bool resumed = false;
  };

  /// Cost of each cell for the partition: muscle also carries electrophysiology.
  std::vector<double> cell_weights(const Anatomy &anatomy);
}
