// Human atrial myocyte.
// Courtemanche, Ramirez and Nattel 1998, Am. J. Physiol. Heart Circ. Physiol. 275:H301,
// doi:10.1152/ajpheart.1998.275.1.H301. Currents in pA/pF, concentrations in mM, time in ms, V in mV. Theory:
// docs/theory/courtemanche_1998.md.
#include "electrophysiology/ionic_models/kernel.h"
#include "electrophysiology/ionic_models/luo_rudy_sodium.h"

namespace vivicor
{
  namespace
  {
    /// Places in the parameter array of the kernel: conductances and maximal currents with every factor that no state
    /// changes.
    enum Parameter {
      g_Na,
      g_K1,
      g_to,
      g_Kur,
      g_Kr,
      g_Ks,
      g_CaL,
      I_NaK,
      I_NaCa,
      I_pCa,
      g_bNa,
      g_bCa,
      I_up,
      I_leak,
      K_rel,
      Na_o,
      K_o,
      Ca_o,
      sigma,
      n_parameters
    };

    struct Courtemanche1998
    {
      enum { m, h, j, oa, oi, ua, ui, xr, xs, d, f, f_Ca, u, v, w, Na_i, K_i, Ca_i, Ca_up, Ca_rel, n_states };
      static constexpr StateKind gate = StateKind::gate, late = StateKind::late_gate, plain = StateKind::plain;
      static constexpr StateKind kind[n_states] = {gate, gate, gate, gate, gate, gate,  gate,  gate,  gate,  gate,
                                                   gate, gate, late, late, gate, plain, plain, plain, plain, plain};

      static constexpr double R = 8.3143, T = 310.0, F = 96.4867;                                      // J/(mol K), K, C/mmol
      static constexpr double RT_F = R * T / F;                                                        // mV
      static constexpr double capacitance = 100.0;                                                     // pF
      static constexpr double V_i = 0.68 * 20100.0, V_up = 0.0552 * 20100.0, V_rel = 0.0048 * 20100.0; // um^3

      static void gates(const Vec V, const Vec *y, const double *, Vec *target, Vec *rate)
      {
        luo_rudy_sodium_gates(V, m, h, j, target, rate);
        potassium_gates(V, target, rate);
        calcium_gates(V, y, target, rate);
      }

      static void potassium_gates(const Vec V, Vec *target, Vec *rate)
      {
        constexpr double Q10 = 3.0;
        const Vec e17 = exp(V * (1.0 / 17)), e8_5 = square(e17);

        target[oa] = 1.0 / (1.0 + exp((V + 20.47) * (-1 / 17.54)));
        target[ua] = 1.0 / (1.0 + exp((V + 30.3) * (-1 / 9.6)));
        rate[oa] = rate[ua] = Q10 * 0.65 / (__builtin_exp(-10 / 8.5) / e8_5 + exp((V - 30.0) * (-1.0 / 59)))
                              + Q10 * 0.65 / (2.5 + __builtin_exp(82.0 / 17) * e17);

        target[oi] = 1.0 / (1.0 + exp((V + 43.1) * (1 / 5.3)));
        rate[oi] = Q10 / (18.53 + exp((V + 113.7) * (1 / 10.95))) + Q10 / (35.56 + exp((V + 1.26) * (-1 / 7.44)));

        target[ui] = 1.0 / (1.0 + exp((V - 99.45) * (1 / 27.48)));
        rate[ui] = Q10 / (21.0 + exp((V - 185.0) * (-1.0 / 28))) + Q10 * exp((V - 158.0) * (1.0 / 16));

        const Vec y_open = (V + 14.1) * (-1.0 / 5), y_shut = (V - 3.3328) * (1 / 5.1237);
        target[xr] = 1.0 / (1.0 + exp((V + 14.1) * (-1 / 6.5)));
        rate[xr] = 0.0003 * 5.0 * y_over_exp_minus_1(y_open, exp(y_open)) + 0.000073898 * 5.1237 * y_over_exp_minus_1(y_shut, exp(y_shut));

        const Vec x = V - 19.9;
        target[xs] = 1.0 / sqrt(1.0 + exp(x * (-1 / 12.7)));
        rate[xs] = 2.0
                   * (0.00004 * 17.0 * y_over_exp_minus_1(x * (-1.0 / 17), __builtin_exp(19.9 / 17) / e17)
                      + 0.000035 * 9.0 * y_over_exp_minus_1(x * (1.0 / 9), exp(x * (1.0 / 9))));
      }

      static void calcium_gates(const Vec V, const Vec *y, Vec *target, Vec *rate)
      {
        const Vec y_d = (V + 10.0) * (-1 / 6.24), e_d = exp(y_d);
        target[d] = 1.0 / (1.0 + exp((V + 10.0) * (-1.0 / 8)));
        rate[d] = 0.035 * 6.24 * y_over_exp_minus_1(y_d, e_d) * (1.0 + e_d);

        target[f] = 1.0 / (1.0 + exp((V + 28.0) * (1 / 6.9)));
        rate[f] = (0.0197 * exp(square(V + 10.0) * (-0.0337 * 0.0337)) + 0.02) * (1.0 / 9);

        target[f_Ca] = 0.00035 / (0.00035 + y[Ca_i]);
        rate[f_Ca] = Vec{} + 1.0 / 2;

        const Vec y_w = (V - 7.9) * (-1.0 / 5), e_w = exp(y_w);
        target[w] = falling(exp(V * (1.0 / 17)), __builtin_exp(40.0 / 17));
        rate[w] = (5.0 / 6) * y_over_exp_minus_1(y_w, e_w) * (1.0 + 0.3 * e_w);
      }

      /// Currents, concentrations and dV/dt.
      static void currents(const Vec V, const Vec *y, const Vec stimulus, const double *p, Vec *target, Vec *rate, Vec &dV,
                           Vec &conductance)
      {
        const Vec E_Na = RT_F * log(p[Na_o] / y[Na_i]), E_K = RT_F * log(p[K_o] / y[K_i]);
        const Vec E_Ca = 0.5 * RT_F * log(p[Ca_o] / y[Ca_i]);

        const Vec G_Na = p[g_Na] * cube(y[m]) * y[h] * y[j], G_to = p[g_to] * cube(y[oa]) * y[oi];
        conductance = G_Na + G_to;
        const Vec i_Na = G_Na * (V - E_Na);
        const Vec i_bNa = p[g_bNa] * (V - E_Na);
        const Vec i_K1 = p[g_K1] * (V - E_K) / (1.0 + exp(0.07 * (V + 80.0)));
        const Vec i_to = G_to * (V - E_K);
        const Vec i_Kur = p[g_Kur] * (0.005 + 0.05 / (1.0 + exp((V - 15.0) * (-1.0 / 13)))) * cube(y[ua]) * y[ui] * (V - E_K);
        const Vec i_Kr = p[g_Kr] * y[xr] * (V - E_K) / (1.0 + exp((V + 15.0) * (1 / 22.4)));
        const Vec i_Ks = p[g_Ks] * square(y[xs]) * (V - E_K);
        const Vec i_CaL = p[g_CaL] * y[d] * y[f] * y[f_Ca] * (V - 65.0);
        const Vec i_bCa = p[g_bCa] * (V - E_Ca);
        const Vec i_pCa = p[I_pCa] * y[Ca_i] / (0.0005 + y[Ca_i]);

        const Vec x = V * (1 / RT_F);
        const Vec e_minus = exp(-x), e_gamma = exp(0.35 * x), e_gamma_1 = e_gamma * e_minus;
        const Vec Na_32 = y[Na_i] * sqrt(y[Na_i]);
        constexpr double Km_32 = 31.622776601683793; // (10 mM)^1.5
        const Vec i_NaK = p[I_NaK] * Na_32 / ((Na_32 + Km_32) * (1.0 + 0.1245 * exp(-0.1 * x) + p[sigma] * e_minus));
        constexpr double Km_Na3 = 87.5 * 87.5 * 87.5;
        const double Na_o3 = p[Na_o] * p[Na_o] * p[Na_o];
        const Vec i_NaCa = p[I_NaCa] * (e_gamma * cube(y[Na_i]) * p[Ca_o] - e_gamma_1 * Na_o3 * y[Ca_i])
                           / ((Km_Na3 + Na_o3) * (1.38 + p[Ca_o]) * (1.0 + 0.1 * e_gamma_1));

        const Vec i_sodium = i_Na + i_bNa + 3.0 * (i_NaK + i_NaCa);
        const Vec i_potassium = i_K1 + i_to + i_Kur + i_Kr + i_Ks - 2.0 * i_NaK;
        const Vec i_calcium = i_CaL + i_bCa + i_pCa - 2.0 * i_NaCa;
        dV = stimulus - (i_sodium + i_potassium + i_calcium);

        constexpr double to_concentration = capacitance / (V_i * F);
        rate[Na_i] = -to_concentration * i_sodium;
        rate[K_i] = -to_concentration * i_potassium;
        calcium(y, i_calcium, i_CaL, i_NaCa, p, target, rate);
      }

      /// Release, uptake, transfer and leak of the reticulum; instantaneous buffers; free concentrations are the
      /// states.
      static void calcium(const Vec *y, const Vec i_calcium, const Vec i_CaL, const Vec i_NaCa, const double *p, Vec *target, Vec *rate)
      {
        const Vec i_rel = p[K_rel] * square(y[u]) * y[v] * y[w] * (y[Ca_rel] - y[Ca_i]);
        release_gates(1e-12 * V_rel * i_rel - (5e-13 * capacitance / F) * (0.5 * i_CaL - 0.2 * i_NaCa), target, rate);

        const Vec i_tr = (y[Ca_up] - y[Ca_rel]) * (1.0 / 180);
        const Vec i_up = p[I_up] * y[Ca_i] / (y[Ca_i] + 0.00092);
        const Vec i_leak = p[I_leak] * y[Ca_up];
        const Vec inflow = (V_up / V_i) * (i_leak - i_up) + (V_rel / V_i) * i_rel - i_calcium * (capacitance / (2.0 * V_i * F));
        rate[Ca_i] = inflow / (1.0 + (0.07 * 0.0005) / square(y[Ca_i] + 0.0005) + (0.05 * 0.00238) / square(y[Ca_i] + 0.00238));
        rate[Ca_up] = i_up - i_leak - (V_rel / V_up) * i_tr;
        rate[Ca_rel] = (i_tr - i_rel) / (1.0 + (10.0 * 0.8) / square(y[Ca_rel] + 0.8));
      }

      /// @param flux calcium flux into the release site, Fn of the paper
      static void release_gates(const Vec flux, Vec *target, Vec *rate)
      {
        const Vec open = 1.0 / (1.0 + exp((flux - 3.4175e-13) * (-1 / 13.67e-16)));
        target[u] = open;
        rate[u] = Vec{} + 1.0 / 8;
        target[v] = 1.0 / (1.0 + exp((flux - 6.835e-14) * (1 / 13.67e-16)));
        rate[v] = 1.0 / (1.91 + 2.09 * open);
      }
    };
  }

  VIVICOR_KERNEL(courtemanche_1998, Courtemanche1998)
}

#if VIVICOR_ISA == 2
#include "electrophysiology/ionic_models/kernel_model.h"

#include <cmath>

namespace vivicor
{
  namespace
  {
    const std::string source = "Courtemanche, Ramirez and Nattel 1998, doi:10.1152/ajpheart.1998.275.1.H301";

    void declare(Schema &schema)
    {
      for (const auto &[key, what] : std::initializer_list<std::pair<const char *, const char *>>{
             {"g_Na_scale", "fast sodium conductance"},
             {"g_K1_scale", "inward rectifier potassium conductance"},
             {"g_to_scale", "transient outward potassium conductance"},
             {"g_Kur_scale", "ultrarapid delayed rectifier potassium conductance"},
             {"g_Kr_scale", "rapid delayed rectifier potassium conductance"},
             {"g_Ks_scale", "slow delayed rectifier potassium conductance"},
             {"g_CaL_scale", "L-type calcium conductance"},
             {"I_NaK_scale", "sodium-potassium pump current"},
             {"I_NaCa_scale", "sodium-calcium exchanger current"},
             {"I_pCa_scale", "sarcolemmal calcium pump current"},
             {"g_bNa_scale", "background sodium conductance"},
             {"g_bCa_scale", "background calcium conductance"},
             {"I_up_scale", "uptake rate of the sarcoplasmic reticulum (SERCA); its leak stays"},
             {"I_leak_scale", "leak rate of the sarcoplasmic reticulum"},
             {"K_rel_scale", "release rate of the sarcoplasmic reticulum"}})
        declare_scale(schema, key, what);
      schema.quantity("Na_o", "140 mM", 50.0, 200.0, "Extracellular sodium concentration.", source);
      schema.quantity("K_o", "5.4 mM", 1.0, 20.0, "Extracellular potassium concentration.", source);
      schema.quantity("Ca_o", "1.8 mM", 0.1, 10.0, "Extracellular calcium concentration.", source);
    }

    std::vector<double> kernel_parameters(const Parameters &deck)
    {
      const auto scaled = [&deck](const char *key, const double published) { return published * deck.quantity(key); };
      const double sodium = 1e-3 * deck.quantity("Na_o"), potassium = 1e-3 * deck.quantity("K_o"),
                   calcium = 1e-3 * deck.quantity("Ca_o"); // mM

      std::vector<double> p(n_parameters);
      p[g_Na] = scaled("g_Na_scale", 7.8);
      p[g_K1] = scaled("g_K1_scale", 0.09);
      p[g_to] = scaled("g_to_scale", 0.1652);
      p[g_Kur] = scaled("g_Kur_scale", 1.0);
      p[g_Kr] = scaled("g_Kr_scale", 0.029411765);
      p[g_Ks] = scaled("g_Ks_scale", 0.12941176);
      p[g_CaL] = scaled("g_CaL_scale", 0.12375);
      p[I_NaK] = scaled("I_NaK_scale", 0.59933874) * potassium / (potassium + 1.5);
      p[I_NaCa] = scaled("I_NaCa_scale", 1600.0);
      p[I_pCa] = scaled("I_pCa_scale", 0.275);
      p[g_bNa] = scaled("g_bNa_scale", 0.0006744375);
      p[g_bCa] = scaled("g_bCa_scale", 0.001131);
      p[I_up] = scaled("I_up_scale", 0.005);
      p[I_leak] = scaled("I_leak_scale", 0.005 / 15.0);
      p[K_rel] = scaled("K_rel_scale", 30.0);
      p[Na_o] = sodium;
      p[K_o] = potassium;
      p[Ca_o] = calcium;
      p[sigma] = 0.0365 * (std::exp(sodium / 67.3) - 1.0) / 7.0;
      return p;
    }

    std::unique_ptr<IonicModel> create(const Parameters &deck)
    {
      using Cell = Courtemanche1998;
      // Published resting state (CellML).
      const std::vector<RestingState> states = {
        {"m", 2.908e-3},  {"h", 9.649e-1},  {"j", 9.775e-1}, {"oa", 3.043e-2},   {"oi", 9.992e-1},   {"ua", 4.966e-3}, {"ui", 9.986e-1},
        {"xr", 3.296e-5}, {"xs", 1.869e-2}, {"d", 1.367e-4}, {"f", 9.996e-1},    {"f_Ca", 7.755e-1}, {"u", 2.35e-112}, {"v", 1.0},
        {"w", 0.9992},    {"Na_i", 11.17},  {"K_i", 139.0},  {"Ca_i", 1.013e-4}, {"Ca_up", 1.488},   {"Ca_rel", 1.488}};
      return std::make_unique<KernelModel>(VIVICOR_BEST_KERNEL(courtemanche_1998), states, Cell::kind, -81.18, Cell::Ca_i, 1000.0,
                                           kernel_parameters(deck),
                                           CellTraits{.stimulus_amplitude = 20.0, .stimulus_duration = 2.0, .jumps = {-40.0}});
    }

    const Register<IonicModel> registered{{"courtemanche_1998", "Human atrial myocyte of 1998, 21 equations.", source, declare, create}};
  }
}
#endif
