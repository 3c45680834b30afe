// Two equations: one inward and one outward current, one gate.
// Mitchell and Schaeffer 2003, Bull. Math. Biol. 65:767, doi:10.1016/S0092-8240(03)00041-7. Theory:
// docs/theory/mitchell_schaeffer_2003.md.
#include "electrophysiology/ionic_models/kernel.h"

namespace vivicor
{
  namespace
  {
    enum Parameter {
      g_in,  // 1/ms
      g_out, // 1/ms
      open,  // 1/ms
      close, // 1/ms
      v_gate,
      unit_V, // mV
      rest_V, // mV
      n_parameters
    };

    ///   dv/dt = h v^2 (1 - v) / tau_in - v / tau_out,  dh/dt = (1 - h) / tau_open below v_gate, -h / tau_close above
    struct MitchellSchaeffer2003
    {
      enum { h, n_states };
      static constexpr StateKind kind[n_states] = {StateKind::gate};

      static void gates(const Vec V, const Vec *, const double *p, Vec *target, Vec *rate)
      {
        const Mask low = V < p[rest_V] + p[unit_V] * p[v_gate];
        target[h] = low ? Vec{} + 1.0 : Vec{};
        rate[h] = low ? Vec{} + p[open] : Vec{} + p[close];
      }

      static void currents(const Vec V, const Vec *y, const Vec stimulus, const double *p, Vec *, Vec *, Vec &dV, Vec &conductance)
      {
        const Vec v = (V - p[rest_V]) * (1.0 / p[unit_V]);
        const Vec slope = p[g_in] * y[h] * v * (3.0 * v - 2.0) + p[g_out];
        conductance = slope > 0.0 ? slope : Vec{};
        dV = stimulus + p[unit_V] * v * (p[g_in] * y[h] * v * (1.0 - v) - p[g_out]);
      }
    };
  }

  VIVICOR_KERNEL(mitchell_schaeffer_2003, MitchellSchaeffer2003)
}

#if VIVICOR_ISA == 2
#include "electrophysiology/ionic_models/kernel_model.h"

namespace vivicor
{
  namespace
  {
    const std::string source = "Mitchell and Schaeffer 2003, doi:10.1016/S0092-8240(03)00041-7";

    void declare(Schema &schema)
    {
      schema.quantity("tau_in", "0.3 ms", 0.01, 10.0, "Time constant of the inward current: the upstroke.", source);
      schema.quantity("tau_out", "6 ms", 0.1, 100.0, "Time constant of the outward current: the plateau's decay.", source);
      schema.quantity("tau_open", "120 ms", 1.0, 1000.0, "Time constant of the gate's recovery.", source);
      schema.quantity("tau_close", "150 ms", 1.0, 1000.0, "Time constant of the gate's closing: the duration.", source);
      schema.quantity("v_gate", "0.13", 0.01, 0.9, "Fraction of the amplitude above which the gate closes.", source);
      schema.quantity("V_unit", "100 mV", 1.0, 200.0, "Potential of v = 1 above rest.", "chosen here");
      schema.quantity("V_rest", "-80 mV", -100.0, 0.0, "Resting potential.", "chosen here");
      declare_scale(schema, "g_in_scale", "inward current");
      declare_scale(schema, "g_out_scale", "outward current");
    }

    std::unique_ptr<IonicModel> create(const Parameters &deck)
    {
      std::vector<double> p(n_parameters);
      p[g_in] = deck.quantity("g_in_scale") / deck.quantity("tau_in");
      p[g_out] = deck.quantity("g_out_scale") / deck.quantity("tau_out");
      p[open] = 1.0 / deck.quantity("tau_open");
      p[close] = 1.0 / deck.quantity("tau_close");
      p[v_gate] = deck.quantity("v_gate");
      p[unit_V] = deck.quantity("V_unit");
      p[rest_V] = deck.quantity("V_rest");
      const double V = p[rest_V];
      const CellTraits traits{.stimulus_amplitude = 0.4 * p[unit_V], .jumps = {V + p[unit_V] * p[v_gate]}};
      return std::make_unique<KernelModel>(VIVICOR_BEST_KERNEL(mitchell_schaeffer_2003), std::vector<RestingState>{{"h", 1.0}},
                                           MitchellSchaeffer2003::kind, V, IonicModel::no_calcium, 0.0, std::move(p), traits);
    }

    const Register<IonicModel> registered{
      {"mitchell_schaeffer_2003", "Two equations whose restitution is known in closed form.", source, declare, create}};
  }
}
#endif
