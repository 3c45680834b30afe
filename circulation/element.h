// What joins two places of the circulation's network and lets blood through: a resistance, a valve, a pump.
// How to add one: docs/howto/circulation.md.
#pragma once

#include "core/registry.h"

#include <string>
#include <vector>

namespace vivicor
{
  class CirculationElement
  {
  public:
    virtual ~CirculationElement() = default;

    /// Its own states, e.g. the flow of an inertance (mm^3/ms); most have none.
    virtual std::vector<std::string> state_names() const { return {}; }
    virtual std::vector<double> initial() const { return {}; }

    /// Pressures (kPa) where it begins and ends.
    struct Ends
    {
      double from = 0., to = 0.;
    };

    /// @param state as many values as state_names(), at the end of the step
    struct Step
    {
      double flow = 0.;                        ///< mm^3/ms, towards its end positive
      double dflow_dfrom = 0., dflow_dto = 0.; ///< mm^3/(ms kPa); blood yields: dflow_dfrom >= 0 >= dflow_dto
    };
    /// One implicit step of dt (ms) for given pressures at its end. @param old states at t @param state gets those at t + dt
    /// @throws StepFailed when its own equations have no answer
    virtual Step advance(double t, double dt, const double *old, const Ends &pressure, double *state) const = 0;

    /// The same equations in continuous time. @param rate gets the derivatives of the states @return the flow, mm^3/ms
    virtual double rate(double t, const double *state, const Ends &pressure, double *rate) const = 0;

    /// What it reports beside its flow, e.g. the opening of a valve.
    struct Channel
    {
      std::string name, unit; ///< "mmHg", "mL/s", "1"
      double value = 0.;      ///< in that unit
    };
    virtual std::vector<Channel> channels(double /*t*/, const double * /*state*/, const Ends &) const { return {}; }
  };
}
