// Giant axon of the squid at 6.3 C.
// Hodgkin and Huxley 1952, J. Physiol. 117:500, doi:10.1113/jphysiol.1952.sp004764, in today's sign of V with the rest
// at -75 mV. Currents in uA/cm^2 at 1 uF/cm^2, i.e. uA/uF; time in ms. Theory: docs/theory/hodgkin_huxley_1952.md.
#include "electrophysiology/ionic_models/kernel.h"
#include "electrophysiology/ionic_models/opening_and_closing.h"

namespace vivicor
{
  namespace
  {
    enum Parameter {
      g_Na,
      g_K,
      g_L,
      n_closing, // 1/mV: slope of ln beta_n
      n_parameters
    };

    struct HodgkinHuxley1952
    {
      enum { m, h, n, n_states };
      static constexpr StateKind kind[n_states] = {StateKind::gate, StateKind::gate, StateKind::gate};

      /// mV; the potentials of the three batteries are given against it.
      static constexpr double E_R = -75.0, E_Na = E_R + 115.0, E_K = E_R - 12.0, E_L = E_R + 10.613;

      static void gates(const Vec V, const Vec *, const double *p, Vec *target, Vec *rate)
      {
        const Vec e10 = exp((V - E_R) * -0.1), e20 = exp((V - E_R) * -0.05);
        from_rates(y_over_exp_minus_1((E_R + 25.0 - V) * 0.1, e10 * __builtin_exp(2.5)), 4.0 * exp((V - E_R) * (-1.0 / 18)), target[m],
                   rate[m]);
        from_rates(0.07 * e20, 1.0 / (1.0 + __builtin_exp(3.0) * e10), target[h], rate[h]);
        from_rates(0.1 * y_over_exp_minus_1((E_R + 10.0 - V) * 0.1, e10 * __builtin_exp(1.0)), 0.125 * exp((V - E_R) * p[n_closing]),
                   target[n], rate[n]);
      }

      static void currents(const Vec V, const Vec *y, const Vec stimulus, const double *p, Vec *, Vec *, Vec &dV, Vec &conductance)
      {
        const Vec G_Na = p[g_Na] * cube(y[m]) * y[h], G_K = p[g_K] * square(square(y[n]));
        conductance = G_Na + G_K + p[g_L];
        dV = stimulus - G_Na * (V - E_Na) - G_K * (V - E_K) - p[g_L] * (V - E_L);
      }
    };
  }

  VIVICOR_KERNEL(hodgkin_huxley_1952, HodgkinHuxley1952)
}

#if VIVICOR_ISA == 2
#include "electrophysiology/ionic_models/kernel_model.h"

namespace vivicor
{
  namespace
  {
    void declare(Schema &schema)
    {
      declare_scale(schema, "g_Na_scale", "sodium conductance");
      declare_scale(schema, "g_K_scale", "potassium conductance");
      declare_scale(schema, "g_L_scale", "leak conductance");
      schema.choice("beta_n", "paper", {"paper", "cellml"},
                    "Closing rate of the potassium gate: as printed in 1952, falling with V; or with the sign of V reversed, as in "
                    "the CellML file that other programs read, to compare with them.");
    }

    std::unique_ptr<IonicModel> create(const Parameters &deck)
    {
      std::vector<double> p(n_parameters); // mS/cm^2
      p[g_Na] = 120.0 * deck.quantity("g_Na_scale");
      p[g_K] = 36.0 * deck.quantity("g_K_scale");
      p[g_L] = 0.3 * deck.quantity("g_L_scale");
      p[n_closing] = (deck.text("beta_n") == "paper" ? -1.0 : 1.0) / 80.0;
      const CellTraits traits{.stimulus_amplitude = 20.0, .stimulus_duration = 0.5, .cycle_length = 50.0, .longest_step = 0.02};
      return std::make_unique<KernelModel>(VIVICOR_BEST_KERNEL(hodgkin_huxley_1952),
                                           std::vector<RestingState>{{"m", 0.05}, {"h", 0.6}, {"n", 0.325}}, HodgkinHuxley1952::kind,
                                           HodgkinHuxley1952::E_R, IonicModel::no_calcium, 0.0, std::move(p), traits);
    }

    const Register<IonicModel> registered{{"hodgkin_huxley_1952",
                                           "Squid giant axon of 1952, 4 equations; no heart cell: for tests and teaching.",
                                           "Hodgkin and Huxley 1952, doi:10.1113/jphysiol.1952.sp004764", declare, create}};
  }
}
#endif
