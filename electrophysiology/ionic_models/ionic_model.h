// Cell membrane models, batch by batch. How to add one: docs/howto/ionic_model.md.
//
//   dV/dt = -(I_ion(V, s) - I_stim),  ds/dt = f(V, s);  currents in uA/uF = pA/pF = mV/ms, concentrations in the paper's units.
//
// States are structures of arrays: state s of node i is at [s * stride + i]; stride is a multiple of 8 and the arrays are
// aligned to 64 bytes, so that kernels may work on whole vectors. V is not among the states.
#pragma once

#include "core/registry.h"

#include <cstddef>
#include <string>
#include <vector>

namespace vivicor
{
  class IonicModel
  {
  public:
    virtual ~IonicModel() = default;

    virtual std::vector<std::string> state_names() const = 0;
    /// Published resting state, in the order of state_names(), and resting potential (mV).
    virtual std::vector<double> rest() const = 0;
    virtual double rest_potential() const = 0;
    /// Which states are gates (in [0,1], Rush-Larsen); and which one is the free intracellular calcium, with its factor to uM.
    virtual std::vector<bool> is_gate() const = 0;
    virtual std::size_t calcium_index() const = 0;
    virtual double calcium_to_uM() const = 0;

    /// One Rush-Larsen step of n nodes: gates exponentially at fixed V, the other states and V forward (or better) in dt.
    /// To first order V gains -dt (I_ion - I_stim).
    /// @param stimulus n values, uA/uF (depolarising positive), or null
    virtual void step(std::size_t n, std::size_t stride, double dt, double *V, double *states, const double *stimulus) const = 0;

    /// Right-hand side of the same equations, for the reference integrator: dV/dt and ds/dt of n nodes.
    virtual void rates(std::size_t n, std::size_t stride, const double *V, const double *states, const double *stimulus,
                       double *dV, double *dstates) const = 0;
  };
}
