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
    void (*step)(std::size_t n, std::size_t stride, double dt, double *V, double *states, const double *stimulus,
                 const double *parameters);
    void (*rates)(std::size_t n, std::size_t stride, const double *V, const double *states, const double *stimulus,
                  double *dV, double *dstates, const double *parameters);
  };

  namespace
  {
    /// How step() advances a state: gates exponentially, before the currents if they depend on V and concentrations
    /// alone, after them if they depend on a current; the rest by Euler's rule.
    enum class StateKind
    {
      gate,
      late_gate,
      plain
    };

    /// One vector of nodes on its way through a model. `lanes` < width only for the last nodes of a batch: the lanes
    /// beyond repeat the last node, so that they cost nothing and raise nothing, and are not written back.
    template <class Model> struct Nodes
    {
      Vec V, stimulus, s[Model::n_states];

      void read(const std::size_t i, const int lanes, const std::size_t stride, const double *all_V,
                const double *states, const double *all_stimulus)
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

    /// Rush and Larsen 1978 (IEEE Trans. Biomed. Eng. 25:389, doi:10.1109/TBME.1978.326270): a gate relaxes
    /// exponentially to its target at the old V and concentrations. Then the currents pass through the new gates: gates
    /// and V leapfrog, which makes their coupling second order at no cost. V takes a linearly implicit midpoint step
    /// with the channels' conductance (Rosenbrock's method of one stage); concentrations take an explicit Euler step.
    template <class Model> void step_nodes(Nodes<Model> &nodes, const double dt, const double *parameters)
    {
      Vec target[Model::n_states], rate[Model::n_states], dV, conductance;
      Model::gates(nodes.V, nodes.s, parameters, target, rate);
      relax(nodes, StateKind::gate, dt, target, rate);
      Model::currents(nodes.V, nodes.s, nodes.stimulus, parameters, target, rate, dV, conductance);
      relax(nodes, StateKind::late_gate, dt, target, rate);
      for (int k = 0; k < Model::n_states; ++k)
        if (Model::kind[k] == StateKind::plain)
          nodes.s[k] += dt * rate[k];
      nodes.V += dt * dV / (1.0 + 0.5 * dt * conductance);
    }

    template <class Model>
    void step(const std::size_t n, const std::size_t stride, const double dt, double *V, double *states,
              const double *stimulus, const double *parameters)
    {
      for (std::size_t i = 0; i < n; i += width)
        {
          const int lanes = n - i < width ? static_cast<int>(n - i) : width;
          Nodes<Model> nodes;
          nodes.read(i, lanes, stride, V, states, stimulus);
          step_nodes<Model>(nodes, dt, parameters);
          nodes.write(i, lanes, stride, V, states);
        }
    }

    template <class Model>
    void rates(const std::size_t n, const std::size_t stride, const double *V, const double *states,
               const double *stimulus, double *dV, double *dstates, const double *parameters)
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
            slope.s[k] = Model::kind[k] == StateKind::plain ? rate[k] : (target[k] - nodes.s[k]) * rate[k];
          slope.write(i, lanes, stride, dV, dstates);
        }
    }
  }
}

// VIVICOR_KERNEL(name, Model): at namespace vivicor, makes the loops of Model known as kernels::name_v2, _v3 or _v4.
#define VIVICOR_KERNEL_JOIN(name, level) name##_v##level
#define VIVICOR_KERNEL_NAME(name, level) VIVICOR_KERNEL_JOIN(name, level)
#define VIVICOR_KERNEL(name, Model)                                                                                    \
  namespace kernels                                                                                                    \
  {                                                                                                                    \
    extern const Kernel name##_v2, name##_v3, name##_v4;                                                               \
    constinit const Kernel VIVICOR_KERNEL_NAME(name, VIVICOR_ISA) = {step<Model>, rates<Model>};                       \
  }
