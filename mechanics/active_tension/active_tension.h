// Active tension along the fibre, point by point. How to add one: docs/howto/active_tension.md.
#pragma once

#include "core/registry.h"

#include <cstddef>
#include <string>
#include <vector>

namespace vivicor
{
  class ActiveTension
  {
  public:
    virtual ~ActiveTension() = default;

    virtual std::vector<std::string> state_names() const = 0;
    /// Rest state of one point (low calcium, stretch 1), in the order of state_names().
    virtual std::vector<double> rest() const = 0;
    /// The calcium (uM) at which rest() is steady; at rest the wall is loaded with this value.
    virtual double rest_calcium() const { return 0.1; }

    /// Advances n points by dt implicitly in the stretch. State s of point i is at [s * n + i].
    /// @param dt ms
    /// @param calcium n values, uM, at the end of the step
    /// @param stretch_old, stretch fibre stretch at the start and the end of the step; its rate is (stretch -
    /// stretch_old)/dt
    /// @param state_old, state_new trial: state_old is not changed, so a step may be repeated with another stretch
    /// @param tension n values, kPa, at the end of the step
    /// @param stiffness n values, kPa: total derivative dT/dstretch at fixed stretch_old, rate terms included
    virtual void advance(std::size_t n, double dt, const double *calcium, const double *stretch_old, const double *stretch,
                         const double *state_old, double *state_new, double *tension, double *stiffness) const = 0;
  };
}
