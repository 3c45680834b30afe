// What the ten Tusscher-Panfilov ventricular cell and the Purkinje cell made from it have in common, in the papers'
// units: pA/pF, mM, ms, mV. Source: ten Tusscher and Panfilov 2006, Am. J. Physiol. Heart Circ. Physiol. 291:H1088,
// doi:10.1152/ajpheart.00109.2006. Compiled for every instruction set level: read simd.h on what that forbids.
#pragma once

#include "electrophysiology/ionic_models/kernel.h"
#include "electrophysiology/ionic_models/sodium_inactivation.h"

namespace vivicor
{
  namespace
  {
    namespace ten_tusscher
    {
      /// First places in the parameter array of each of these models: conductances and permeabilities with every factor
      /// that no state changes, and what lies outside.
      enum Parameter {
        g_Na,
        g_K1,
        g_to,
        g_Kr,
        g_Ks,
        g_CaL,
        P_NaK,
        K_NaCa,
        g_pCa,
        g_pK,
        g_bNa,
        g_bCa,
        Vmax_up,
        V_rel,
        V_leak,
        Na_o,
        K_o,
        Ca_o,
        n_shared_parameters
      };

      struct Cell
      {
        enum { Xr1, Xr2, Xs, m, h, j, d, f, f2, fCass, s, r, Ca_i, Ca_SR, Ca_ss, R_prime, Na_i, K_i, n_shared_states };
        static constexpr StateKind gate = StateKind::gate, plain = StateKind::plain;

        static constexpr double R = 8314.472, T = 310.0, F = 96485.3415;            // mJ/(mol K), K, C/mol
        static constexpr double RT_F = R * T / F;                                   // mV
        static constexpr double capacitance = 0.185;                                // uF
        static constexpr double V_c = 0.016404, V_sr = 0.001094, V_ss = 0.00005468; // cytosol, reticulum, subspace; nL

        /// @param e20, e6 exp(V / 20 mV), exp(-V / 6 mV)
        static void rectifier_gates(const Vec V, const Vec e20, const Vec e6, Vec *target, Vec *rate)
        {
          target[Xr1] = 1.0 / (1.0 + exp((V + 26.0) * (-1.0 / 7)));
          // 1/tau of a product of two sigmoids needs no division.
          rate[Xr1] = (1.0 + __builtin_exp(-4.5) / square(e20)) * (1.0 + exp((V + 30.0) * (1 / 11.5))) * (1.0 / (450.0 * 6.0));

          target[Xr2] = 1.0 / (1.0 + exp((V + 88.0) * (1.0 / 24)));
          rate[Xr2] = (1.0 + __builtin_exp(-3.0) / e20) * (1.0 + __builtin_exp(-3.0) * e20) * (1.0 / (3.0 * 1.12));

          target[Xs] = 1.0 / (1.0 + exp((V + 5.0) * (-1.0 / 14)));
          const Vec q = sqrt(1.0 + __builtin_exp(5.0 / 6) * e6) * (1.0 + exp((V - 35.0) * (1.0 / 15)));
          rate[Xs] = q / (1400.0 + 80.0 * q);
        }

        static void sodium_gates(const Vec V, Vec *target, Vec *rate)
        {
          target[m] = 1.0 / square(1.0 + exp((V + 56.86) * (-1 / 9.03)));
          const Vec e5 = square(exp(V * 0.1));
          const Vec b = 1.0 + __builtin_exp(7.0) * e5, c = 1.0 + exp((V - 50.0) * (1.0 / 200));
          rate[m] = (1.0 + __builtin_exp(-12.0) / e5) * b * c / (0.1 * (b + c));

          target[h] = target[j] = 1.0 / square(1.0 + exp((V + 71.55) * (1 / 7.43)));
          sodium_inactivation(V, rate[h], rate[j]);
        }

        static void calcium_gates(const Vec V, const Vec *y, Vec *target, Vec *rate)
        {
          const Vec e7 = exp(V * (1.0 / 7)), e10 = exp(V * 0.1);

          target[d] = 1.0 / (1.0 + exp((V + 8.0) * (-1 / 7.5)));
          // tau_d = (1.4 / a + 0.25) 1.4 / b + 1 / g; likewise the sums below: over one common divisor.
          const Vec a_d = 1.0 + exp((V + 35.0) * (-1.0 / 13)), b_d = 1.0 + __builtin_exp(1.0) * e10 * e10,
                    g_d = 1.0 + exp((50.0 - V) * 0.05), ab_d = a_d * b_d;
          rate[d] = ab_d * g_d / ((1.4 + 0.25 * a_d) * 1.4 * g_d + ab_d);

          const Vec i10 = 1.0 / e10;
          const Vec square_27 = square(V + 27.0);
          const Vec a = 1.0 + __builtin_exp(1.3) * i10, b = 1.0 + __builtin_exp(3.0) * e10, ab = a * b;
          target[f] = falling(e7, __builtin_exp(-20.0 / 7));
          rate[f] = ab / ((1102.5 * exp(square_27 * (-1.0 / 225)) + 20.0) * ab + 200.0 * b + 180.0 * a);

          const Vec a2 = 1.0 + __builtin_exp(2.5) * i10, a2b = a2 * b;
          target[f2] = 0.67 * falling(e7, __builtin_exp(-35.0 / 7)) + 0.33;
          rate[f2] = a2b / (562.0 * exp(square_27 * (-1.0 / 240)) * a2b + 31.0 * b + 80.0 * a2);

          const Vec binding = 1.0 / (1.0 + square(y[Ca_ss] * (1 / 0.05)));
          target[fCass] = 0.6 * binding + 0.4;
          rate[fCass] = 1.0 / (80.0 * binding + 2.0);

          rate[R_prime] = 0.045 * reticulum_load(y) * y[Ca_ss] + 0.005;
          target[R_prime] = 0.005 / rate[R_prime];
        }

        /// k_casr: how the calcium stored in the reticulum drives its release.
        static Vec reticulum_load(const Vec *y) { return 2.5 - 1.5 * square(y[Ca_SR]) / (square(y[Ca_SR]) + 1.5 * 1.5); }

        /// Currents that all these cells have; each adds its own to the sums, then states the concentrations with them.
        struct Currents
        {
          Vec E_Na, E_K, conductance;
          Vec sodium, potassium; // carried by Na+ and by K+
          Vec calcium, i_CaL;    // carried by Ca2+ into the cytosol and into the subspace

          Currents(const Vec V, const Vec *y, const double *p)
          {
            E_Na = RT_F * log(p[Na_o] / y[Na_i]);
            E_K = RT_F * log(p[K_o] / y[K_i]);
            const Vec E_Ks = RT_F * log((p[K_o] + 0.03 * p[Na_o]) / (y[K_i] + 0.03 * y[Na_i]));
            const Vec E_Ca = 0.5 * RT_F * log(p[Ca_o] / y[Ca_i]);
            const Vec G_to = p[g_to] * y[r] * y[s], G_Kr = p[g_Kr] * y[Xr1] * y[Xr2], G_Ks = p[g_Ks] * square(y[Xs]);
            const Vec G_Na = p[g_Na] * cube(y[m]) * y[h] * y[j];
            conductance = G_Na + G_to + G_Kr + G_Ks;

            const Vec u = V * (1 / RT_F);
            const Vec e_minus = exp(-u), e_gamma = exp(0.35 * u), e_gamma_1 = e_gamma * e_minus;
            const Vec i_NaK = p[P_NaK] * y[Na_i] / ((y[Na_i] + 40.0) * (1.0 + 0.1245 * exp(-0.1 * u) + 0.0353 * e_minus));
            constexpr double Km_Na3 = 87.5 * 87.5 * 87.5;
            const double Na_o3 = p[Na_o] * p[Na_o] * p[Na_o];
            const Vec i_NaCa = p[K_NaCa] * (e_gamma * cube(y[Na_i]) * p[Ca_o] - e_gamma_1 * Na_o3 * y[Ca_i] * 2.5)
                               / ((Km_Na3 + Na_o3) * (1.38 + p[Ca_o]) * (1.0 + 0.1 * e_gamma_1));

            // Goldman-Hodgkin-Katz with z = 2 (V - 15 mV) F / (RT): its removable singularity lies at V = 15 mV.
            const Vec z = 2.0 * u - 30.0 / RT_F;
            const Vec e_z = __builtin_exp(-30.0 / RT_F) / square(e_minus);
            i_CaL = p[g_CaL] * 2.0 * F * y[d] * y[f] * y[f2] * y[fCass] * y_over_exp_minus_1(z, e_z) * (0.25 * y[Ca_ss] * e_z - p[Ca_o]);

            const Vec i_pK = p[g_pK] * (V - E_K) / (1.0 + exp((25.0 - V) * (1 / 5.98)));
            sodium = (G_Na + p[g_bNa]) * (V - E_Na) + 3.0 * (i_NaK + i_NaCa);
            potassium = (G_to + G_Kr) * (V - E_K) + G_Ks * (V - E_Ks) + i_pK - 2.0 * i_NaK;
            calcium = p[g_bCa] * (V - E_Ca) + p[g_pCa] * y[Ca_i] / (y[Ca_i] + 0.0005) - 2.0 * i_NaCa;
          }

          Vec total() const { return sodium + potassium + calcium + i_CaL; }
        };

        /// Derivatives of the concentrations. Reticulum, subspace and cytosol have instantaneous buffers; free
        /// concentrations are the states.
        static void concentrations(const Vec *y, const Currents &i, const double *p, Vec *rate)
        {
          constexpr double to_concentration = capacitance / (V_c * F);
          rate[Na_i] = -to_concentration * i.sodium;
          rate[K_i] = -to_concentration * i.potassium;

          const Vec kcasr = reticulum_load(y);
          const Vec k1_ss = 0.15 * square(y[Ca_ss]);
          const Vec i_rel = p[V_rel] * k1_ss * y[R_prime] / (0.06 * kcasr + k1_ss) * (y[Ca_SR] - y[Ca_ss]);
          const Vec i_up = p[Vmax_up] * square(y[Ca_i]) / (square(y[Ca_i]) + 0.00025 * 0.00025);
          const Vec i_leak = p[V_leak] * (y[Ca_SR] - y[Ca_i]);
          const Vec i_xfer = 0.0038 * (y[Ca_ss] - y[Ca_i]);

          rate[Ca_i] = unbuffered(y[Ca_i], 0.2, 0.001) * ((i_leak - i_up) * (V_sr / V_c) + i_xfer - 0.5 * to_concentration * i.calcium);
          rate[Ca_SR] = unbuffered(y[Ca_SR], 10.0, 0.3) * (i_up - i_rel - i_leak);
          rate[Ca_ss] = unbuffered(y[Ca_ss], 0.4, 0.00025)
                        * (i_rel * (V_sr / V_ss) - i_xfer * (V_c / V_ss) - i.i_CaL * (capacitance / (2.0 * V_ss * F)));
        }

        /// d[free]/d[total] beside a buffer of concentration B and half-saturation K: 1 / (1 + B K / (c + K)^2).
        static Vec unbuffered(const Vec c, const double B, const double K)
        {
          const Vec q = square(c + K);
          return q / (q + B * K);
        }
      };
    }
  }
}

#if VIVICOR_ISA == 2
#include "electrophysiology/ionic_models/kernel_model.h"

#include <cmath>

namespace vivicor
{
  namespace
  {
    namespace ten_tusscher
    {
      /// Entries that all these models have.
      inline void declare_common(Schema &schema, const std::string &source)
      {
        for (const auto &[key, what] : std::initializer_list<std::pair<const char *, const char *>>{
               {"g_Na_scale", "fast sodium conductance"},
               {"g_K1_scale", "inward rectifier potassium conductance"},
               {"g_to_scale", "transient outward potassium conductance"},
               {"g_Kr_scale", "rapid delayed rectifier potassium conductance"},
               {"g_Ks_scale", "slow delayed rectifier potassium conductance"},
               {"g_CaL_scale", "L-type calcium permeability"},
               {"P_NaK_scale", "sodium-potassium pump current"},
               {"K_NaCa_scale", "sodium-calcium exchanger current"},
               {"g_pCa_scale", "sarcolemmal calcium pump current"},
               {"g_pK_scale", "plateau potassium conductance"},
               {"g_bNa_scale", "background sodium conductance"},
               {"g_bCa_scale", "background calcium conductance"},
               {"Vmax_up_scale", "uptake rate of the sarcoplasmic reticulum (SERCA)"},
               {"V_rel_scale", "release rate of the sarcoplasmic reticulum"},
               {"V_leak_scale", "leak rate of the sarcoplasmic reticulum"}})
          declare_scale(schema, key, what);
        schema.quantity("Na_o", "140 mM", 50.0, 200.0, "Extracellular sodium concentration.", source);
        schema.quantity("K_o", "5.4 mM", 1.0, 20.0, "Extracellular potassium concentration.", source);
        schema.quantity("Ca_o", "2 mM", 0.1, 10.0, "Extracellular calcium concentration.", source);
      }

      /// Conductances (nS/pF) in which the cells differ.
      struct Conductances
      {
        double Na, K1, to, Kr, Ks;
      };

      /// Fills the shared places of p.
      inline void set_common(std::vector<double> &p, const Conductances &g, const Parameters &deck)
      {
        const auto scaled = [&deck](const char *key, const double published) { return published * deck.quantity(key); };
        const double sodium = 1e-3 * deck.quantity("Na_o"), potassium = 1e-3 * deck.quantity("K_o"),
                     calcium = 1e-3 * deck.quantity("Ca_o"); // mM
        const double root = std::sqrt(potassium / 5.4);

        p[g_Na] = scaled("g_Na_scale", g.Na);
        p[g_K1] = scaled("g_K1_scale", g.K1);
        p[g_to] = scaled("g_to_scale", g.to);
        p[g_Kr] = scaled("g_Kr_scale", g.Kr) * root;
        p[g_Ks] = scaled("g_Ks_scale", g.Ks);
        p[g_CaL] = scaled("g_CaL_scale", 0.0000398);
        p[P_NaK] = scaled("P_NaK_scale", 2.724) * potassium / (potassium + 1.0);
        p[K_NaCa] = scaled("K_NaCa_scale", 1000.0);
        p[g_pCa] = scaled("g_pCa_scale", 0.1238);
        p[g_pK] = scaled("g_pK_scale", 0.0146);
        p[g_bNa] = scaled("g_bNa_scale", 0.00029);
        p[g_bCa] = scaled("g_bCa_scale", 0.000592);
        p[Vmax_up] = scaled("Vmax_up_scale", 0.006375);
        p[V_rel] = scaled("V_rel_scale", 0.102);
        p[V_leak] = scaled("V_leak_scale", 0.00036);
        p[Na_o] = sodium;
        p[K_o] = potassium;
        p[Ca_o] = calcium;
      }

      /// In the order of Cell's states.
      const std::vector<const char *> shared_names = {"Xr1",   "Xr2", "Xs", "m",    "h",     "j",     "d",       "f",    "f2",
                                                      "fCass", "s",   "r",  "Ca_i", "Ca_SR", "Ca_ss", "R_prime", "Na_i", "K_i"};
    }
  }
}
#endif
