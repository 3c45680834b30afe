// Chambers of time-varying elastance in place of the 3D heart: closes any Circulation for tests, for tuning its
// defaults and for finding the limit cycle from which a 3D heart starts.
#pragma once

#include "circulation/circulation.h"
#include "circulation/elastance.h"

namespace vivicor
{
  /// Extremes over one beat, chamber by chamber, and what flowed.
  struct ElastanceBeat
  {
    Chambers volume_max, volume_min;                                     ///< mm^3
    Chambers pressure_max, pressure_min;                                 ///< kPa
    double arterial_max = 0., arterial_min = 0.;                         ///< kPa, the report "aortic_pressure"
    double pulmonary_max = 0., pulmonary_min = 0.;                       ///< kPa, the report "pulmonary_arterial_pressure"
    Chambers volume_at_ventricular_onset, pressure_at_ventricular_onset; ///< end of diastole
    Chambers pressure_mean;                                              ///< kPa
    double period = 0.;                                                  ///< ms
  };

  class ElastanceHeart
  {
  public:
    struct State
    {
      double t = 0.; ///< ms
      std::vector<double> circulation;
      Chambers volume, pressure;
    };

    /// @param chambers in the order of the circulation's chambers @param period ms
    ElastanceHeart(std::vector<ElastanceChamber> chambers, double period);

    /// The four chambers of a healthy adult at 75 bpm, t = 0 when the sinus node fires: the heart with which the default circulation was
    /// tuned.
    static ElastanceHeart healthy_adult();

    /// At t = 0 with the circulation's initial state and the volumes that its initial pressures give at rest: whatever the
    /// cycle, it begins with the same blood.
    State start(const Circulation &circulation) const;
    /// The same with given volumes.
    State start(const Circulation &circulation, const Chambers &volume) const;

    /// One backward Euler step: chambers, valves and vessels together, by Newton's method on the four pressures.
    /// First order in dt. @throws StepFailed, `state` is then untouched
    void advance(const Circulation &circulation, double dt, State &state) const;

    /// Advances by one period in `steps` equal steps.
    ElastanceBeat beat(const Circulation &circulation, unsigned steps, State &state) const;

    /// Beats until every chamber's volume returns to within `tolerance` (mm^3) of where the beat began.
    /// @throws SolverError after `max_beats`
    ElastanceBeat limit_cycle(const Circulation &circulation, unsigned steps, double tolerance, unsigned max_beats, State &state) const;

    const std::vector<ElastanceChamber> &chambers() const { return heart; }
    double cycle_length() const { return period; } ///< ms

    /// Chamber pressures (kPa) of given volumes (mm^3) at t (ms).
    Chambers pressures(double t, const Chambers &volume) const;

  private:
    const std::vector<ElastanceChamber> heart;
    const double period;
  };
}
