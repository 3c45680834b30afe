// Guinea pig ventricular myocyte, first phase.
// Luo and Rudy 1991, Circ. Res. 68:1501, doi:10.1161/01.RES.68.6.1501. Currents in uA/cm^2 at 1 uF/cm^2, i.e. uA/uF;
// calcium in mM, time in ms, V in mV. Theory: docs/theory/luo_rudy_1991.md.
#include "electrophysiology/ionic_models/kernel.h"
#include "electrophysiology/ionic_models/luo_rudy_sodium.h"

namespace vivicor
{
  namespace
  {
    /// Places in the parameter array of the kernel: conductances (mS/cm^2) and reversal potentials (mV).
    enum Parameter { g_Na, g_CaL, g_K, g_K1, g_Kp, g_b, E_Na, E_K, E_K1, n_parameters };

    struct LuoRudy1991
    {
      enum { m, h, j, d, f, X, Ca_i, n_states };
      static constexpr StateKind gate = StateKind::gate;
      static constexpr StateKind kind[n_states] = {gate, gate, gate, gate, gate, gate, StateKind::plain};

      static void gates(const Vec V, const Vec *, const double *, Vec *target, Vec *rate)
      {
        luo_rudy_sodium_gates(V, m, h, j, target, rate);
        const Vec e20 = exp(V * 0.05);
        from_rates(0.095 * exp((V - 5.0) * -0.01) / (1.0 + exp((V - 5.0) * -0.072)),
                   0.07 * exp((V + 44.0) * -0.017) / (1.0 + __builtin_exp(2.2) * e20), target[d], rate[d]);
        from_rates(0.012 * exp((V + 28.0) * -0.008) / (1.0 + __builtin_exp(4.2) * cube(e20)),
                   0.0065 * exp((V + 30.0) * -0.02) / (1.0 + exp((V + 30.0) * -0.2)), target[f], rate[f]);
        from_rates(0.0005 * exp((V + 50.0) * 0.083) / (1.0 + exp((V + 50.0) * 0.057)),
                   0.0013 * exp((V + 20.0) * -0.06) / (1.0 + exp((V + 20.0) * -0.04)), target[X], rate[X]);
      }

      static void currents(const Vec V, const Vec *y, const Vec stimulus, const double *p, Vec *, Vec *rate, Vec &dV, Vec &conductance)
      {
        const Vec G_Na = p[g_Na] * cube(y[m]) * y[h] * y[j], G_si = p[g_CaL] * y[d] * y[f];
        const Vec G_K = p[g_K] * y[X] * potassium_rectification(V), G_K1 = p[g_K1] * inward_rectification(V - p[E_K1]);
        const Vec G_Kp = p[g_Kp] / (1.0 + exp((7.488 - V) * (1 / 5.98)));
        const Vec i_si = G_si * (V - 7.7 + 13.0287 * log(y[Ca_i]));
        conductance = G_Na + G_si + G_K + p[g_b];
        dV = stimulus - G_Na * (V - p[E_Na]) - i_si - G_K * (V - p[E_K]) - (G_K1 + G_Kp) * (V - p[E_K1]) - p[g_b] * (V + 59.87);
        rate[Ca_i] = -1e-4 * i_si + 0.07 * (1e-4 - y[Ca_i]);
      }

    private:
      /// X_i: 2.837 (e^(0.04 (V + 77)) - 1) / ((V + 77) e^(0.04 (V + 35))) above -100 mV, 1 below.
      static Vec potassium_rectification(const Vec V)
      {
        const Vec x = (V + 77.0) * 0.04, e = exp(x);
        const Vec open = 2.837 * 0.04 * __builtin_exp(0.04 * 42.0) / (y_over_exp_minus_1(x, e) * e);
        return V > -100.0 ? open : Vec{} + 1.0;
      }

      /// K1's instantaneous gate, of V - E_K1.
      static Vec inward_rectification(const Vec x)
      {
        const Vec open = 1.02 / (1.0 + exp(0.2385 * (x - 59.215)));
        const Vec shut = (0.49124 * exp(0.08032 * (x + 5.476)) + exp(0.06175 * (x - 594.31))) / (1.0 + exp(-0.5143 * (x + 4.753)));
        return open / (open + shut);
      }
    };
  }

  VIVICOR_KERNEL(luo_rudy_1991, LuoRudy1991)
}

#if VIVICOR_ISA == 2
#include "electrophysiology/ionic_models/kernel_model.h"

#include <cmath>

namespace vivicor
{
  namespace
  {
    const std::string source = "Luo and Rudy 1991, doi:10.1161/01.RES.68.6.1501";

    void declare(Schema &schema)
    {
      for (const auto &[key, what] :
           std::initializer_list<std::pair<const char *, const char *>>{{"g_Na_scale", "fast sodium conductance"},
                                                                        {"g_CaL_scale", "slow inward (L-type calcium) conductance, g_si"},
                                                                        {"g_K_scale", "time-dependent potassium conductance"},
                                                                        {"g_K1_scale", "inward rectifier potassium conductance"},
                                                                        {"g_Kp_scale", "plateau potassium conductance"},
                                                                        {"g_b_scale", "background conductance"}})
        declare_scale(schema, key, what);
      schema.quantity("Na_o", "140 mM", 50.0, 200.0, "Extracellular sodium concentration.", source);
      schema.quantity("Na_i", "18 mM", 1.0, 50.0, "Intracellular sodium concentration, constant.", source);
      schema.quantity("K_o", "5.4 mM", 1.0, 20.0, "Extracellular potassium concentration.", source);
      schema.quantity("K_i", "145 mM", 50.0, 200.0, "Intracellular potassium concentration, constant.", source);
    }

    std::unique_ptr<IonicModel> create(const Parameters &deck)
    {
      constexpr double RT_F = 8314.0 * 310.0 / 96484.6; // mV
      constexpr double sodium_passing = 0.01833;        // P_Na / P_K of the time-dependent potassium channel
      const double Na_o = deck.quantity("Na_o"), Na_i = deck.quantity("Na_i"), K_o = deck.quantity("K_o"), K_i = deck.quantity("K_i");
      const double root = std::sqrt(K_o / 5400.0); // uM
      std::vector<double> p(n_parameters);
      p[g_Na] = 23.0 * deck.quantity("g_Na_scale");
      p[g_CaL] = 0.09 * deck.quantity("g_CaL_scale");
      p[g_K] = 0.282 * root * deck.quantity("g_K_scale");
      p[g_K1] = 0.6047 * root * deck.quantity("g_K1_scale");
      p[g_Kp] = 0.0183 * deck.quantity("g_Kp_scale");
      p[g_b] = 0.03921 * deck.quantity("g_b_scale");
      p[E_Na] = RT_F * std::log(Na_o / Na_i);
      p[E_K] = RT_F * std::log((K_o + sodium_passing * Na_o) / (K_i + sodium_passing * Na_i));
      p[E_K1] = RT_F * std::log(K_o / K_i);

      using Cell = LuoRudy1991;
      // Resting state of the published cell (CellML).
      const std::vector<RestingState> states = {{"m", 0.00187018}, {"h", 0.9804713},  {"j", 0.98767124}, {"d", 0.00316354},
                                                {"f", 0.99427859}, {"X", 0.16647703}, {"Ca_i", 0.0002}};
      const CellTraits traits{.stimulus_amplitude = 25.5, .stimulus_duration = 2.0, .jumps = {-100.0, -40.0}};
      return std::make_unique<KernelModel>(VIVICOR_BEST_KERNEL(luo_rudy_1991), states, Cell::kind, -83.853, Cell::Ca_i, 1000.0,
                                           std::move(p), traits);
    }

    const Register<IonicModel> registered{
      {"luo_rudy_1991", "Guinea pig ventricular myocyte of 1991, 8 equations.", source, declare, create}};
  }
}
#endif
