// An IonicModel made of compiled kernels: picks the widest level that this processor has. Level 2 only.
#pragma once

#include "electrophysiology/ionic_models/ionic_model.h"
#include "electrophysiology/ionic_models/kernel.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#if VIVICOR_ISA != 2
#error "kernel_model.h belongs between '#if VIVICOR_ISA == 2' and '#endif': see simd.h"
#endif

namespace vivicor
{
  namespace
  {
    /// One state of a model: its name and its published resting value, in the paper's unit.
    struct RestingState
    {
      const char *name;
      double rest;
    };

    /// Highest x86-64 level (2, 3 or 4) of this processor; the environment variable VIVICOR_ISA may lower it, to 1 too
    /// (scalar) in a program that has that.
    inline int instruction_set_level()
    {
      const int best = __builtin_cpu_supports("x86-64-v4") ? 4 : __builtin_cpu_supports("x86-64-v3") ? 3 : 2;
      const char *wish = std::getenv("VIVICOR_ISA");
      return wish ? std::clamp(std::atoi(wish), 1, best) : best;
    }

    class KernelModel final : public IonicModel
    {
    public:
      /// @param kernel see VIVICOR_BEST_KERNEL; @param parameters handed to the kernel as they are
      /// @param calcium with calcium_factor: the free intracellular calcium and its factor to uM; no_calcium and 0 for none
      KernelModel(const Kernel &kernel, std::vector<RestingState> states, const StateKind *kinds, const double rest_potential,
                  const std::size_t calcium, const double calcium_factor, std::vector<double> parameters, CellTraits traits = {})
        : kernel(kernel),
          states(std::move(states)),
          V_rest(rest_potential),
          calcium(calcium),
          calcium_factor(calcium_factor),
          parameters(std::move(parameters)),
          own_traits(std::move(traits))
      {
        for (std::size_t k = 0; k < this->states.size(); ++k)
          gates.push_back(kinds[k] == StateKind::gate || kinds[k] == StateKind::late_gate);
      }

      std::vector<std::string> state_names() const override
      {
        std::vector<std::string> names;
        for (const RestingState &state : states)
          names.emplace_back(state.name);
        return names;
      }

      std::vector<double> rest() const override
      {
        std::vector<double> values;
        for (const RestingState &state : states)
          values.push_back(state.rest);
        return values;
      }

      CellTraits traits() const override { return own_traits; }
      double rest_potential() const override { return V_rest; }
      std::vector<bool> is_gate() const override { return gates; }
      std::size_t calcium_index() const override { return calcium; }
      double calcium_to_uM() const override { return calcium_factor; }

      void step(const std::size_t n, const std::size_t stride, const double dt, double *V, double *s, const double *stimulus,
                const double *gate_V) const override
      {
        kernel.step(n, stride, dt, V, s, stimulus, gate_V, parameters.data());
      }

      void grl_step(const int order, const std::size_t n, const std::size_t stride, const double dt, double *V, double *s,
                    const double *stimulus) const override
      {
        (order == 2 ? kernel.grl2 : kernel.grl1)(n, stride, dt, V, s, stimulus, parameters.data());
      }

      void rates(const std::size_t n, const std::size_t stride, const double *V, const double *s, const double *stimulus, double *dV,
                 double *ds) const override
      {
        kernel.rates(n, stride, V, s, stimulus, dV, ds, parameters.data());
      }

    private:
      const Kernel kernel;
      const std::vector<RestingState> states;
      std::vector<bool> gates;
      const double V_rest;
      const std::size_t calcium;
      const double calcium_factor;
      const std::vector<double> parameters;
      const CellTraits own_traits;
    };

    /// Declares `key` as a factor on a published conductance, flux or permeability. Its name makes it a channel: what is
    /// called PREFIX_X_scale is the channel IX of drug blocks and regions (g_Kr_scale, g_NaL_scale: IKr, INaL).
    inline void declare_scale(Schema &schema, const std::string &key, const std::string &what)
    {
      schema.quantity(key, "1", 0.0, 20.0, "Factor on the published " + what + "; 1 is the published cell, 0 blocks it.");
    }
  }
}

/// Of the kernels that VIVICOR_KERNEL(name, ...) made at the three levels, the widest that this processor can run.
#define VIVICOR_BEST_KERNEL(name)                                                                                                          \
  (instruction_set_level() == 4                          ? kernels::name##_v4                                                              \
   : instruction_set_level() == 3                        ? kernels::name##_v3                                                              \
   : instruction_set_level() == 1 && &kernels::name##_v1 ? kernels::name##_v1                                                              \
                                                         : kernels::name##_v2)
