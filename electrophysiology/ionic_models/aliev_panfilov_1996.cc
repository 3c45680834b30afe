// Two equations with the shape and the restitution of a cardiac action potential.
// Aliev and Panfilov 1996, Chaos Solitons Fractals 7:293, doi:10.1016/0960-0779(95)00089-5: V = 100 u - 80 mV, one unit
// of time is 12.9 ms. Theory: docs/theory/aliev_panfilov_1996.md.
#include "electrophysiology/ionic_models/kernel.h"

namespace vivicor
{
  namespace
  {
    enum Parameter {
      k,
      a,
      epsilon_0,
      mu_1,
      mu_2,
      unit_V,     // mV
      rest_V,     // mV
      per_unit_t, // 1/ms
      n_parameters
    };

    ///   du/dt = -k u (u - a) (u - 1) - u v,  dv/dt = (epsilon_0 + mu_1 v / (u + mu_2)) (-v - k u (u - a - 1))
    struct AlievPanfilov1996
    {
      enum { v, n_states };
      static constexpr StateKind kind[n_states] = {StateKind::plain};

      static void gates(const Vec, const Vec *, const double *, Vec *, Vec *) {}

      static void currents(const Vec V, const Vec *y, const Vec stimulus, const double *p, Vec *, Vec *rate, Vec &dV, Vec &conductance)
      {
        const Vec u = (V - p[rest_V]) * (1.0 / p[unit_V]);
        const Vec slope = p[k] * (u * (3.0 * u - 2.0 * (1.0 + p[a])) + p[a]) + y[v];
        conductance = p[per_unit_t] * (slope > 0.0 ? slope : Vec{});
        dV = stimulus - p[unit_V] * p[per_unit_t] * u * (p[k] * (u - p[a]) * (u - 1.0) + y[v]);
        const Vec epsilon = p[epsilon_0] + p[mu_1] * y[v] / (u + p[mu_2]);
        rate[v] = p[per_unit_t] * epsilon * (-y[v] - p[k] * u * (u - p[a] - 1.0));
      }
    };
  }

  VIVICOR_KERNEL(aliev_panfilov_1996, AlievPanfilov1996)
}

#if VIVICOR_ISA == 2
#include "electrophysiology/ionic_models/kernel_model.h"

namespace vivicor
{
  namespace
  {
    const std::string source = "Aliev and Panfilov 1996, doi:10.1016/0960-0779(95)00089-5";

    void declare(Schema &schema)
    {
      schema.quantity("k", "8", 0.1, 100.0, "Height of the excitation's cubic.", source);
      schema.quantity("a", "0.15", 0.01, 0.5, "Threshold of excitation, as a fraction of the amplitude.", source);
      schema.quantity("epsilon_0", "0.002", 1e-5, 1.0, "Rate of recovery at rest.", source);
      schema.quantity("mu_1", "0.2", 0.0, 2.0, "Sets the restitution of duration.", source);
      schema.quantity("mu_2", "0.3", 0.2, 2.0, "Sets the restitution of duration.", source);
      schema.quantity("V_unit", "100 mV", 1.0, 200.0, "Amplitude of the action potential.", source);
      schema.quantity("V_rest", "-80 mV", -100.0, 0.0, "Resting potential.", source);
      schema.quantity("t_unit", "12.9 ms", 0.1, 100.0, "Milliseconds of one unit of time.", source);
    }

    std::unique_ptr<IonicModel> create(const Parameters &deck)
    {
      std::vector<double> p(n_parameters);
      p[k] = deck.quantity("k");
      p[a] = deck.quantity("a");
      p[epsilon_0] = deck.quantity("epsilon_0");
      p[mu_1] = deck.quantity("mu_1");
      p[mu_2] = deck.quantity("mu_2");
      p[unit_V] = deck.quantity("V_unit");
      p[rest_V] = deck.quantity("V_rest");
      p[per_unit_t] = 1.0 / deck.quantity("t_unit");
      const double V = p[rest_V];
      const CellTraits traits{.stimulus_amplitude = 0.4 * p[unit_V]};
      return std::make_unique<KernelModel>(VIVICOR_BEST_KERNEL(aliev_panfilov_1996), std::vector<RestingState>{{"v", 0.0}},
                                           AlievPanfilov1996::kind, V, IonicModel::no_calcium, 0.0, std::move(p), traits);
    }

    const Register<IonicModel> registered{
      {"aliev_panfilov_1996", "Two equations with cardiac shape and restitution; no currents to block.", source, declare, create}};
  }
}
#endif
