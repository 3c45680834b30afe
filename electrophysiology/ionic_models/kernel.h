// The loops of a membrane model over nodes, stated once for all models. Compiled for every instruction set level: read
// simd.h on what that forbids.
//
// A model is a struct with
//   static constexpr int n_states;
//   static constexpr StateKind kind[n_states];
//   static void gates(Vec V, const Vec *s, const double *p, Vec *target, Vec *rate);
//   static void currents(Vec V, const Vec *s, Vec stimulus, const double *p, Vec *target, Vec *rate, Vec &dV,
//                        Vec &conductance);
// gates() states the equations of the states of kind gate; currents() those of the others and of V. A gate's equation
// is its steady state, in target, and 1/tau (1/ms), in rate; any other state's is its derivative, in rate; V's is dV
// (mV/ms), and in conductance how fast -dV grows with V (1/ms; an estimate >= 0 of the large parts is enough). p are
// the model's parameters, the same for all nodes.
#pragma once

#include "electrophysiology/ionic_models/simd.h"

#include <cstddef>

namespace vivicor
{
  /// A model's loops at one instruction set level; arguments as in IonicModel.
  struct Kernel
  {
    void (*step)(std::size_t n, std::size_t stride, double dt, double *V, double *states, const double *stimulus, const double *gate_V,
                 const double *parameters);
    void (*rates)(std::size_t n, std::size_t stride, const double *V, const double *states, const double *stimulus, double *dV,
                  double *dstates, const double *parameters);
    /// Generalised Rush-Larsen schemes of first and second order.
    void (*grl1)(std::size_t n, std::size_t stride, double dt, double *V, double *states, const double *stimulus, const double *parameters);
    decltype(grl1) grl2;
  };

  namespace
  {
    /// How step() advances a state: gates exponentially, before the currents if they depend on V and concentrations
    /// alone, after them if they depend on a current; the rest by Euler's rule. A flux is advanced as a gate, but may
    /// leave [0, 1]. A curved state's equation is its derivative, in rate, as a plain one's, but the model also states
    /// how fast that grows with the state itself (1/ms), in target: it is advanced by the exponential Euler rule.
    enum class StateKind { gate, late_gate, flux, plain, curved };
    constexpr bool has_derivative(const StateKind kind)
    {
      return kind == StateKind::plain || kind == StateKind::curved;
    }

    /// One vector of nodes on its way through a model. `lanes` < width only for the last nodes of a batch: the lanes
    /// beyond repeat the last node, so that they cost nothing and raise nothing, and are not written back.
    template <class Model>
    struct Nodes
    {
      Vec V, stimulus, s[Model::n_states];

      void read(const std::size_t i, const int lanes, const std::size_t stride, const double *all_V, const double *states,
                const double *all_stimulus)
      {
        V = gather(all_V + i, lanes);
        stimulus = all_stimulus ? gather(all_stimulus + i, lanes) : Vec{};
        for (int k = 0; k < Model::n_states; ++k)
          s[k] = gather(states + k * stride + i, lanes);
      }

      void write(const std::size_t i, const int lanes, const std::size_t stride, double *all_V, double *states) const
      {
        scatter(all_V + i, lanes, V);
        for (int k = 0; k < Model::n_states; ++k)
          scatter(states + k * stride + i, lanes, s[k]);
      }

      static Vec gather(const double *from, const int lanes)
      {
        if (lanes == width)
          return load(from);
        Vec v;
        for (int lane = 0; lane < width; ++lane)
          v[lane] = from[lane < lanes ? lane : lanes - 1];
        return v;
      }

      static void scatter(double *to, const int lanes, const Vec v)
      {
        if (lanes == width)
          store(to, v);
        else
          for (int lane = 0; lane < lanes; ++lane)
            to[lane] = v[lane];
      }
    };

    template <class Model>
    void relax(Nodes<Model> &nodes, const StateKind kind, const double dt, const Vec *target, const Vec *rate)
    {
      for (int k = 0; k < Model::n_states; ++k)
        if (Model::kind[k] == kind)
          nodes.s[k] = target[k] + (nodes.s[k] - target[k]) * exp(-dt * rate[k]);
    }

    /// Solves y' = f + a (y - y_at) exactly: the change of y in dt.
    inline Vec exponential_change(const Vec f, const Vec a, const double dt, const Vec from_at)
    {
      const Vec z = dt * a;
      return dt * (f - a * from_at) / y_over_exp_minus_1(z, exp(z));
    }

    /// Rush and Larsen 1978 (IEEE Trans. Biomed. Eng. 25:389, doi:10.1109/TBME.1978.326270): a gate relaxes
    /// exponentially to its target at the old V and concentrations. Then the currents pass through the new gates: gates
    /// and V leapfrog, which makes their coupling second order at no cost. V takes a linearly implicit midpoint step
    /// with the channels' conductance (Rosenbrock's method of one stage); concentrations take an explicit Euler step.
    /// @param gate_V see IonicModel::step
    template <class Model>
    void step_nodes(Nodes<Model> &nodes, const double dt, const Vec gate_V, const double *parameters)
    {
      Vec target[Model::n_states], rate[Model::n_states], dV, conductance;
      Model::gates(gate_V, nodes.s, parameters, target, rate);
      relax(nodes, StateKind::gate, dt, target, rate);
      relax(nodes, StateKind::flux, dt, target, rate);
      Model::currents(nodes.V, nodes.s, nodes.stimulus, parameters, target, rate, dV, conductance);
      relax(nodes, StateKind::late_gate, dt, target, rate);
      for (int k = 0; k < Model::n_states; ++k)
        if (Model::kind[k] == StateKind::plain)
          nodes.s[k] += dt * rate[k];
        else if (Model::kind[k] == StateKind::curved)
          nodes.s[k] += exponential_change(rate[k], target[k], dt, Vec{});
      nodes.V += dt * dV / (1.0 + 0.5 * dt * conductance);
    }

    template <class Model>
    void step(const std::size_t n, const std::size_t stride, const double dt, double *V, double *states, const double *stimulus,
              const double *gate_V, const double *parameters)
    {
      for (std::size_t i = 0; i < n; i += width)
        {
          const int lanes = n - i < width ? static_cast<int>(n - i) : width;
          Nodes<Model> nodes;
          nodes.read(i, lanes, stride, V, states, stimulus);
          const Vec at = gate_V ? Nodes<Model>::gather(gate_V + i, lanes) : nodes.V;
          step_nodes<Model>(nodes, dt, at, parameters);
          nodes.write(i, lanes, stride, V, states);
        }
    }

    /// A model's equations at one state, with the diagonal of their Jacobian.
    template <class Model>
    struct Linearised
    {
      Vec target[Model::n_states] = {}, rate[Model::n_states] = {}, dV, slope[Model::n_states], V_slope;

      [[gnu::flatten, gnu::noinline]] Linearised(const Nodes<Model> &at, const double *parameters)
      {
        Vec conductance;
        Model::gates(at.V, at.s, parameters, target, rate);
        Model::currents(at.V, at.s, at.stimulus, parameters, target, rate, dV, conductance);
        Nodes<Model> moved = at;
        moved.V = at.V + 1.5e-8 * (1.0 + magnitude(at.V));
        V_slope = (currents_at(moved, parameters, -1) - dV) / (moved.V - at.V);
        slopes_from<0>(at, parameters);
      }

    private:
      // Gates need none: their equations are linear in themselves, with the slope -rate. Unrolled at compile time, so
      // that what does not depend on the moved state is computed once for all.
      template <int k>
      void slopes_from(const Nodes<Model> &at, const double *parameters)
      {
        if constexpr (k < Model::n_states)
          {
            if constexpr (has_derivative(Model::kind[k]))
              {
                Nodes<Model> moved = at;
                moved.s[k] = at.s[k] + (1.5e-8 * magnitude(at.s[k]) + 1e-14);
                slope[k] = (currents_at(moved, parameters, k) - rate[k]) / (moved.s[k] - at.s[k]);
              }
            slopes_from<k + 1>(at, parameters);
          }
      }

      /// Rate of state k at another state, of V for k = -1.
      Vec currents_at(const Nodes<Model> &at, const double *parameters, const int k) const
      {
        Vec other_target[Model::n_states], other_rate[Model::n_states], other_dV, conductance;
        for (int i = 0; i < Model::n_states; ++i)
          {
            other_target[i] = target[i];
            other_rate[i] = rate[i];
          }
        Model::currents(at.V, at.s, at.stimulus, parameters, other_target, other_rate, other_dV, conductance);
        return k < 0 ? other_dV : other_rate[k < 0 ? 0 : k];
      }

      static Vec magnitude(const Vec v) { return v < 0.0 ? -v : v; }
    };

    /// Advances `nodes` by dt with every equation linearised in its own state alone, at the state `at`.
    template <class Model>
    void advance_linearised(Nodes<Model> &nodes, const Nodes<Model> &at, const Linearised<Model> &f, const double dt)
    {
      relax(nodes, StateKind::gate, dt, f.target, f.rate);
      relax(nodes, StateKind::flux, dt, f.target, f.rate);
      relax(nodes, StateKind::late_gate, dt, f.target, f.rate);
      for (int k = 0; k < Model::n_states; ++k)
        if (has_derivative(Model::kind[k]))
          nodes.s[k] += exponential_change(f.rate[k], f.slope[k], dt, at.s[k] - nodes.s[k]);
      nodes.V += exponential_change(f.dV, f.V_slope, dt, at.V - nodes.V);
    }

    /// Generalised Rush-Larsen scheme of first order (Sundnes et al. 2009, IEEE Trans. Biomed. Eng. 56:2546,
    /// doi:10.1109/TBME.2009.2014739): every state, not only gates, relaxes exponentially, with the diagonal of the
    /// Jacobian. All from the old state, as published.
    template <class Model>
    void grl1_nodes(Nodes<Model> &nodes, const double dt, const double *parameters)
    {
      const Linearised<Model> f(nodes, parameters);
      advance_linearised(nodes, nodes, f, dt);
    }

    /// The second-order scheme of the same paper: half a step of the first, then a whole one with the equations
    /// linearised there. There the paper takes each equation at its own old state; here it is extrapolated to it along
    /// the slope, which differs by O(dt^3) a step and saves an evaluation for every state.
    template <class Model>
    void grl2_nodes(Nodes<Model> &nodes, const double dt, const double *parameters)
    {
      Nodes<Model> middle = nodes;
      grl1_nodes(middle, 0.5 * dt, parameters);
      const Linearised<Model> f(middle, parameters);
      advance_linearised(nodes, middle, f, dt);
    }

    template <class Model, void (*scheme)(Nodes<Model> &, double, const double *)>
    void generalised_step(const std::size_t n, const std::size_t stride, const double dt, double *V, double *states, const double *stimulus,
                          const double *parameters)
    {
      for (std::size_t i = 0; i < n; i += width)
        {
          const int lanes = n - i < width ? static_cast<int>(n - i) : width;
          Nodes<Model> nodes;
          nodes.read(i, lanes, stride, V, states, stimulus);
          scheme(nodes, dt, parameters);
          nodes.write(i, lanes, stride, V, states);
        }
    }

    template <class Model>
    void rates(const std::size_t n, const std::size_t stride, const double *V, const double *states, const double *stimulus, double *dV,
               double *dstates, const double *parameters)
    {
      for (std::size_t i = 0; i < n; i += width)
        {
          const int lanes = n - i < width ? static_cast<int>(n - i) : width;
          Nodes<Model> nodes, slope;
          nodes.read(i, lanes, stride, V, states, stimulus);
          Vec target[Model::n_states], rate[Model::n_states], conductance;
          Model::gates(nodes.V, nodes.s, parameters, target, rate);
          Model::currents(nodes.V, nodes.s, nodes.stimulus, parameters, target, rate, slope.V, conductance);
          for (int k = 0; k < Model::n_states; ++k)
            slope.s[k] = has_derivative(Model::kind[k]) ? rate[k] : (target[k] - nodes.s[k]) * rate[k];
          slope.write(i, lanes, stride, dV, dstates);
        }
    }
  }
}

// VIVICOR_KERNEL(name, Model): at namespace vivicor, makes the loops of Model known as kernels::name_v2, _v3 or _v4
// (_v1, weak, exists in the benchmark alone: see simd.h).
#define VIVICOR_KERNEL_JOIN(name, level) name##_v##level
#define VIVICOR_KERNEL_NAME(name, level) VIVICOR_KERNEL_JOIN(name, level)
#define VIVICOR_KERNEL(name, Model)                                                                                                        \
  namespace kernels                                                                                                                        \
  {                                                                                                                                        \
    extern const Kernel name##_v1 __attribute__((weak));                                                                                   \
    extern const Kernel name##_v2, name##_v3, name##_v4;                                                                                   \
    constinit const Kernel VIVICOR_KERNEL_NAME(name, VIVICOR_ISA) = {                                                                      \
      step<Model>, rates<Model>, generalised_step<Model, grl1_nodes<Model>>, generalised_step<Model, grl2_nodes<Model>>};                  \
  }
