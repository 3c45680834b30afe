// What observers and result writers may see of a simulation: all of it, to read and not to change.
#pragma once

#include "core/mpi_traffic.h"
#include "core/timers.h"
#include "coupling/devices/device.h"
#include "coupling/schemes/staggered.h"
#include "mechanics/unloading/unloading.h"
#include "report/recording.h"

#include <mpi.h>

#include <optional>
#include <string>
#include <vector>

namespace vivicor
{
  class Simulation;

  /// Since the beginning, earlier parts of a resumed run included.
  struct SimulationCounts
  {
    unsigned steps = 0, newton_iterations = 0, linear_iterations = 0;
  };

  /// Where the time loop of this process began.
  struct SimulationBegin
  {
    Traffic traffic;    ///< of this rank before the time loop
    unsigned steps = 0; ///< of earlier parts of a resumed run
  };

  /// Cheap to copy. Refers to the simulation, which must live longer.
  class SimulationView
  {
  public:
    explicit SimulationView(const Simulation &simulation) : simulation(&simulation) {}

    MPI_Comm comm() const;
    const Parameters &deck() const;
    const Anatomy &anatomy() const;
    const Fibres &fibres() const;
    const std::vector<unsigned> &cell_rank() const; ///< owner of each cell of the anatomy
    /// How the unloaded heart was found, where the deck's mesh is a heart under pressure.
    const std::optional<Unloading> &unloading() const;

    const ElectricalHeart &electrical_heart() const;
    const Pump &mechanics() const;
    const Circulation &circulation() const;
    const Blood &blood() const; ///< committed
    /// One chamber's of those; nothing where the heart has no chamber of that name.
    std::optional<double> of_chamber(const Chambers &values, const std::string &name) const;
    const ChamberPort &chambers() const; ///< between the cavities of the mechanics and the chambers of the circulation

    /// What devices report of themselves; empty without devices.
    std::vector<Device::Channel> device_channels() const;

    double time() const; ///< ms
    double end() const;  ///< ms
    double step() const; ///< ms, of the next step, unless it fails
    bool finished() const;
    unsigned failed_steps() const;
    double cycle_length() const; ///< ms
    const SimulationCounts &counts() const;
    const SimulationBegin &begin() const;
    /// Of leads and electrograms since the step before, where an observer asked for them (Observer::sampling_interval()).
    const std::vector<ElectricalHeart::Sample> &samples() const;
    /// What another observer has recorded so far; null where there is none of that name.
    const Recording *recording(const std::string &observer) const;
    /// Of this rank; they count what is done, so that even who may change nothing else may run them.
    Timers &timers() const;

  private:
    const Simulation *simulation;
  };
}
