// One coupled step: electrophysiology first, then pump and circulation together (Regazzoni et al. 2022,
// 10.1016/j.jcp.2022.111083, with the volume-pressure constraint inside the pump's Newton method).
#pragma once

#include "core/checkpoint/archive.h"
#include "coupling/chambers.h"
#include "electrophysiology/electrical_heart.h"
#include "mechanics/pump.h"

#include <mpi.h>

namespace vivicor
{
  /// Blood at one instant.
  struct Blood
  {
    std::vector<double> state; ///< the circulation's own states
    Chambers volume;           ///< mm^3, as the flows made them
    Chambers pressure;         ///< kPa
  };

  class Staggered
  {
  public:
    /// The parts must outlive the scheme. Starts from the pump's committed volumes and pressures.
    Staggered(MPI_Comm comm, ElectricalHeart &electrophysiology, Pump &mechanics, const Circulation &circulation, Timers &timers);

    /// Collective. A trial step from t to t + dt (ms).
    /// @throws StepFailed, agreed by all ranks: then call rollback()
    Pump::Step advance(double t, double dt);
    void commit();
    void rollback();

    const Blood &blood() const { return committed; }
    /// The committed blood; the wall and the electrical heart have their own.
    void archive(Archive &archive);
    const ChamberPort &port() const { return chambers; }

  private:
    CavityResponse cavity_response(double t, double dt, const std::vector<double> &pressure) const;

    /// Collective. The circulation's step for given chamber pressures (kPa).
    Circulation::Step loop(double t, double dt, const Chambers &pressure) const;

    MPI_Comm comm;
    ElectricalHeart &electrophysiology;
    Pump &mechanics;
    const Circulation &circulation;
    Timers &timers;
    ChamberPort chambers;
    Blood committed, trial;
  };
}
