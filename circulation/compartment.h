// A place in the circulation's network that holds blood: a vessel, a chamber of time-varying elastance.
// How to add one: docs/howto/circulation.md.
#pragma once

#include "core/registry.h"

namespace vivicor
{
  class Compartment
  {
  public:
    virtual ~Compartment() = default;

    /// What a compartment is made from beside its parameters.
    struct Context
    {
      double cycle_length; ///< ms
    };

    struct Value
    {
      double value = 0., slope = 0.;
    };
    /// Blood (mm^3) held at pressure p (kPa) at time t (ms), and its rising slope dV/dp > 0 (mm^3/kPa).
    virtual Value volume(double t, double p) const = 0;
    /// The inverse: pressure (kPa) of a volume (mm^3).
    virtual double pressure(double t, double V) const = 0;
    /// kPa, from which the deck wants it to start.
    virtual double initial_pressure() const = 0;
  };
}
