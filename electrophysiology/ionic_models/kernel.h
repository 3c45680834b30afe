// The loops of a membrane model over nodes, stated once for all models. Compiled for every instruction set level: read
// simd.h on what that forbids.
//
// A model is a struct with
//   static constexpr int n_states;
//   static constexpr bool is_gate[n_states];
//   static void evaluate(Vec V, const Vec *s, Vec stimulus, const double *p, Vec *target, Vec *rate, Vec &dV);
// evaluate() states the equations: a gate's steady state in target and 1/tau in rate (1/ms), any other state's derivative in
// rate, and dV/dt in dV (mV/ms). p are the model's parameters, the same for all nodes.
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
    /// One vector of nodes on its way through a model. `lanes` < width only for the last nodes of a batch: the lanes beyond
    /// repeat the last node, so that they cost nothing and raise nothing, and are not written back.
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

    /// Rush and Larsen 1978 (IEEE Trans. Biomed. Eng. 25:389, doi:10.1109/TBME.1978.326270): a gate relaxes exponentially to
    /// its target at the old V and concentrations. The other states and V take one explicit Euler step. Every rate is taken
    /// from the old values, so that the order of the updates does not matter.
    template <class Model>
    void step_nodes(Nodes<Model> &nodes, const double dt, const double *parameters)
    {
      Vec target[Model::n_states], rate[Model::n_states], dV, g;
#ifdef VARIANT0
      Model::gates(nodes.V, nodes.s, parameters, target, rate);
      Model::currents(nodes.V, nodes.s, nodes.stimulus, parameters, target, rate, dV, g);
      for (int k = 0; k < Model::n_states; ++k)
        if (Model::is_gate[k])
          nodes.s[k] = target[k] + (nodes.s[k] - target[k]) * exp(-dt * rate[k]);
        else
          nodes.s[k] += dt * rate[k];
#else
      Model::gates(nodes.V, nodes.s, parameters, target, rate);
      Vec old[Model::n_states];
      for (int k = 0; k < Model::n_states; ++k) {
        old[k]=nodes.s[k];
        if (Model::is_gate[k])
          nodes.s[k] = target[k] + (nodes.s[k] - target[k]) * exp(-dt * rate[k]);
      }
      if (Model::n_states==20) for (int k=12;k<14;++k) nodes.s[k]=old[k];
      if (Model::n_states==18) nodes.s[15]=old[15];
      Model::currents(nodes.V, nodes.s, nodes.stimulus, parameters, target, rate, dV, g);
      for (int k = 0; k < Model::n_states; ++k)
        if (!Model::is_gate[k])
          nodes.s[k] += dt * rate[k];
      if (Model::n_states==20) for (int k=12;k<14;++k)
          nodes.s[k] = target[k] + (nodes.s[k] - target[k]) * exp(-dt * rate[k]);
      if (Model::n_states==18) for (int k=15;k<16;++k)
          nodes.s[k] = target[k] + (nodes.s[k] - target[k]) * exp(-dt * rate[k]);
#endif
#ifdef VROS
      nodes.V += dt * dV / (1.0 + (0.5*dt) * g);
#else
      nodes.V += dt * dV;
#endif
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
    void rates(const std::size_t n, const std::size_t stride, const double *V, const double *states, const double *stimulus,
               double *dV, double *dstates, const double *parameters)
    {
      for (std::size_t i = 0; i < n; i += width)
        {
          const int lanes = n - i < width ? static_cast<int>(n - i) : width;
          Nodes<Model> nodes, slope;
          nodes.read(i, lanes, stride, V, states, stimulus);
          Vec target[Model::n_states], rate[Model::n_states];
          Vec conductance;
          Model::gates(nodes.V, nodes.s, parameters, target, rate);
          Model::currents(nodes.V, nodes.s, nodes.stimulus, parameters, target, rate, slope.V, conductance);
          for (int k = 0; k < Model::n_states; ++k)
            slope.s[k] = Model::is_gate[k] ? (target[k] - nodes.s[k]) * rate[k] : rate[k];
          slope.write(i, lanes, stride, dV, dstates);
        }
    }
  }
}

// VIVICOR_KERNEL(name, Model): at namespace vivicor, makes the loops of Model known as kernels::name_v2, _v3 or _v4.
#define VIVICOR_KERNEL_JOIN(name, level) name##_v##level
#define VIVICOR_KERNEL_NAME(name, level) VIVICOR_KERNEL_JOIN(name, level)
#define VIVICOR_KERNEL(name, Model)                                                                                        \
  namespace kernels                                                                                                        \
  {                                                                                                                        \
    extern const Kernel name##_v2, name##_v3, name##_v4;                                                                   \
    constinit const Kernel VIVICOR_KERNEL_NAME(name, VIVICOR_ISA) = {step<Model>, rates<Model>};                           \
  }
