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
  /// What a model says about itself, so that tools and tests need not guess.
  struct CellTraits
  {
    double stimulus_amplitude = 52.0; ///< uA/uF: with the duration, fires the cell from rest, well above threshold
    double stimulus_duration = 1.0;   ///< ms
    double cycle_length = 1000.0;     ///< ms: a rhythm that the cell follows beat by beat, also at half this length
    double longest_step = 0.05;       ///< ms: up to it step() keeps APD90 and peak within 1 % of the exact solution
    bool self_firing = false;         ///< fires without a stimulus; rest() is then a state of its cycle
    std::vector<double> jumps = {};   ///< mV: where the published rates are not smooth in V
  };

  class IonicModel
  {
  public:
    virtual ~IonicModel() = default;
    virtual CellTraits traits() const { return {}; }

    virtual std::vector<std::string> state_names() const = 0;
    /// Published resting state, in the order of state_names(), and resting potential (mV).
    virtual std::vector<double> rest() const = 0;
    virtual double rest_potential() const = 0;
    /// Which states are gates (in [0,1], Rush-Larsen); and which one is the free intracellular calcium, with its factor to uM:
    /// no_calcium and 0 where the model has none.
    static constexpr std::size_t no_calcium = static_cast<std::size_t>(-1);
    virtual std::vector<bool> is_gate() const = 0;
    virtual std::size_t calcium_index() const = 0;
    virtual double calcium_to_uM() const = 0;
    bool has_calcium() const { return calcium_index() != no_calcium; }

    /// One Rush-Larsen step of n nodes: gates exponentially at fixed V, the other states and V forward (or better) in dt.
    /// To first order V gains -dt (I_ion - I_stim).
    /// @param stimulus n values, uA/uF (depolarising positive), or null
    /// @param gate_V n potentials that the gates relax at, or null for V. In tissue it is V less half of what diffusion added
    ///   since the last step: gates, diffusion and currents then alternate symmetrically (docs/theory/monodomain.md)
    virtual void step(std::size_t n, std::size_t stride, double dt, double *V, double *states, const double *stimulus,
                      const double *gate_V = nullptr) const = 0;

    /// One step of a generalised Rush-Larsen scheme (kernel.h) of order 1 or 2; arguments as above. @throws UserError where
    /// the model has none
    virtual void grl_step(int order, std::size_t n, std::size_t stride, double dt, double *V, double *states, const double *stimulus) const
    {
      (void)order, (void)n, (void)stride, (void)dt, (void)V, (void)states, (void)stimulus;
      throw UserError({"a membrane model has no generalised Rush-Larsen scheme", "", "it is not made of kernels", "rush_larsen",
                       "choose another reaction scheme"});
    }

    /// Right-hand side of the same equations, for the reference integrator: dV/dt and ds/dt of n nodes.
    virtual void rates(std::size_t n, std::size_t stride, const double *V, const double *states, const double *stimulus, double *dV,
                       double *dstates) const = 0;
  };
}
