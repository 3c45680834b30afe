// The blood outside the heart's chambers: a closed loop of vessels and valves around chambers known by name only.
// How to add one: docs/howto/circulation.md.
#pragma once

#include "circulation/amendments.h"
#include "core/registry.h"

#include <array>
#include <string>
#include <vector>

namespace vivicor
{
  /// The chambers of a heart, in the order of reports. A circulation joins any of them: Circulation::chambers().
  inline const std::array<std::string, 4> chamber_names{"LV", "RV", "LA", "RA"};
  /// One value by chamber, in the order of Circulation::chambers().
  using Chambers = std::vector<double>;

  class Circulation
  {
  public:
    virtual ~Circulation() = default;

    /// What a circulation is made from beside its parameters.
    struct Context
    {
      double cycle_length;                   ///< ms
      CirculationAmendments amendments = {}; ///< of devices; where they cannot be made the model refuses them
    };

    /// The chambers whose pressures it is given and whose volumes it answers: some of chamber_names, in their order.
    virtual const std::vector<std::string> &chambers() const = 0;

    /// Names of the internal states (pressures in kPa, flows in mm^3/ms, volumes in mm^3), chamber volumes not among them.
    virtual std::vector<std::string> state_names() const = 0;
    virtual std::vector<double> initial() const = 0;
    /// Size of a state that matters, for the tolerances of integrators: 1 for pressures and flows, 1000 for volumes.
    virtual std::vector<double> state_scales() const { return std::vector<double>(state_names().size(), 1.); }
    /// Chamber pressures (kPa) from which the deck wants the heart to start.
    virtual Chambers initial_pressures() const = 0;

    struct Step
    {
      std::vector<double> state;   ///< at the end of the step
      Chambers volume;             ///< mm^3 at the end of the step, as the flows make them
      std::vector<Chambers> dV_dp; ///< mm^3/kPa: dV_k/dp_l
    };
    /// One implicit step of dt for given chamber pressures at its end.
    /// @throws StepFailed when its own Newton method does not converge.
    virtual Step advance(double t, double dt, const std::vector<double> &state, const Chambers &volume, const Chambers &pressure) const = 0;

    /// The same equations in continuous time, for integrators with error control: derivatives of the states and of the
    /// chamber volumes (mm^3/ms).
    /// @throws UserError for parameters with which a state has no derivative (no inertance)
    struct Rate
    {
      std::vector<double> state;
      Chambers volume;
    };
    virtual Rate rate(double t, const std::vector<double> &state, const Chambers &pressure) const = 0;

    /// Blood outside the chambers, mm^3, up to a constant: conserved together with the chamber volumes.
    virtual double stored_volume(const std::vector<double> &state) const = 0;

    /// Reported quantities: flows through valves and vessels (mL/s), vessel pressures (mmHg). Observers look for the
    /// names mitral_flow, aortic_flow, tricuspid_flow, pulmonary_flow (forward positive), aortic_pressure and
    /// pulmonary_arterial_pressure; a model may report more.
    struct Report
    {
      std::string name, unit; ///< "mmHg", "mL/s", "1"
      double value;           ///< in that unit
    };
    virtual std::vector<Report> report(double t, const std::vector<double> &state, const Chambers &pressure) const = 0;
  };
}
