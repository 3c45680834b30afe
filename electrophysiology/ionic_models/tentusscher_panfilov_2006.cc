// Human ventricular myocyte, epicardial, endocardial and midmyocardial.
// ten Tusscher and Panfilov 2006, Am. J. Physiol. Heart Circ. Physiol. 291:H1088, doi:10.1152/ajpheart.00109.2006.
// Currents in pA/pF, concentrations in mM, time in ms, V in mV. Theory: docs/theory/tentusscher_panfilov_2006.md.
#include "electrophysiology/ionic_models/kernel.h"

namespace vivicor
{
  namespace
  {
    /// Places in the parameter array of the kernel: conductances and permeabilities with every factor that no state
    /// changes.
    enum Parameter
    {
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
      s_half, // exp(-V_half / 5 mV)
      tau_s_amplitude,
      tau_s_centre,
      tau_s_width, // -1 / mV^2
      tau_s_late,
      tau_s_base,
      n_parameters
    };

    struct TenTusscherPanfilov2006
    {
      enum
      {
        Xr1,
        Xr2,
        Xs,
        m,
        h,
        j,
        d,
        f,
        f2,
        fCass,
        s,
        r,
        Ca_i,
        Ca_SR,
        Ca_ss,
        R_prime,
        Na_i,
        K_i,
        n_states
      };
      static constexpr StateKind gate = StateKind::gate, plain = StateKind::plain;
      static constexpr StateKind kind[n_states] = {gate, gate, gate, gate,  gate,  gate,  gate, gate,  gate,
                                                   gate, gate, gate, plain, plain, plain, gate, plain, plain};

      static constexpr double R = 8314.472, T = 310.0, F = 96485.3415;            // mJ/(mol K), K, C/mol
      static constexpr double RT_F = R * T / F;                                   // mV
      static constexpr double capacitance = 0.185;                                // uF
      static constexpr double V_c = 0.016404, V_sr = 0.001094, V_ss = 0.00005468; // cytosol, reticulum, subspace; nL

      static void gates(const Vec V, const Vec *y, const double *p, Vec *target, Vec *rate)
      {
        potassium_gates(V, p, target, rate);
        sodium_gates(V, target, rate);
        calcium_gates(V, y, target, rate);
      }

      static void potassium_gates(const Vec V, const double *p, Vec *target, Vec *rate)
      {
        const Vec e10 = exp(V * 0.1), e20 = exp(V * 0.05), e5 = e10 * e10;
        const Vec e6 = exp(V * (-1.0 / 6));

        target[Xr1] = 1.0 / (1.0 + exp((V + 26.0) * (-1.0 / 7)));
        // 1/tau of a product of two sigmoids needs no division.
        rate[Xr1] = (1.0 + __builtin_exp(-4.5) / e10) * (1.0 + exp((V + 30.0) * (1 / 11.5))) * (1.0 / (450.0 * 6.0));

        target[Xr2] = 1.0 / (1.0 + exp((V + 88.0) * (1.0 / 24)));
        rate[Xr2] = (1.0 + __builtin_exp(-3.0) / e20) * (1.0 + __builtin_exp(-3.0) * e20) * (1.0 / (3.0 * 1.12));

        target[Xs] = 1.0 / (1.0 + exp((V + 5.0) * (-1.0 / 14)));
        const Vec q = sqrt(1.0 + __builtin_exp(5.0 / 6) * e6) * (1.0 + exp((V - 35.0) * (1.0 / 15)));
        rate[Xs] = q / (1400.0 + 80.0 * q);

        target[r] = 1.0 / (1.0 + __builtin_exp(20.0 / 6) * e6);
        rate[r] = 1.0 / (9.5 * exp(square(V + 40.0) * (-1.0 / 1800)) + 0.8);

        target[s] = 1.0 / (1.0 + p[s_half] * e5);
        rate[s] = 1.0
                  / (p[tau_s_amplitude] * exp(square(V + p[tau_s_centre]) * p[tau_s_width])
                     + p[tau_s_late] / (1.0 + __builtin_exp(-4.0) * e5) + p[tau_s_base]);
      }

      static void sodium_gates(const Vec V, Vec *target, Vec *rate)
      {
        target[m] = 1.0 / square(1.0 + exp((V + 56.86) * (-1 / 9.03)));
        const Vec e5 = square(exp(V * 0.1));
        const Vec b = 1.0 + __builtin_exp(7.0) * e5, c = 1.0 + exp((V - 50.0) * (1.0 / 200));
        rate[m] = (1.0 + __builtin_exp(-12.0) / e5) * b * c / (0.1 * (b + c));

        target[h] = target[j] = 1.0 / square(1.0 + exp((V + 71.55) * (1 / 7.43)));
        // Most batches lie wholly on one side of -40 mV: the other side's exponentials are then left out. No lane's
        // result depends on its neighbours.
        const Mask low = V < -40.0;
        Vec low_h{}, low_j{}, high_h{}, high_j{};
        if (any(low))
          {
            low_h = 0.057 * exp((V + 80.0) * (-1 / 6.8)) + 2.7 * exp(0.079 * V) + 310000.0 * exp(0.3485 * V);
            low_j = (-25428.0 * exp(0.2444 * V) - 6.948e-6 * exp(-0.04391 * V)) * (V + 37.78)
                      / (1.0 + exp(0.311 * (V + 79.23)))
                    + 0.02424 * exp(-0.01052 * V) / (1.0 + exp(-0.1378 * (V + 40.14)));
          }
        if (any(~low))
          {
            high_h = (0.77 / 0.13) / (1.0 + exp((V + 10.66) * (-1 / 11.1)));
            high_j = 0.6 * exp(0.057 * V) / (1.0 + exp(-0.1 * (V + 32.0)));
          }
        rate[h] = low ? low_h : high_h;
        rate[j] = low ? low_j : high_j;
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

      /// Currents, concentrations and dV/dt.
      static void currents(const Vec V, const Vec *y, const Vec stimulus, const double *p, Vec *, Vec *rate, Vec &dV,
                           Vec &conductance)
      {
        const Vec E_Na = RT_F * log(p[Na_o] / y[Na_i]), E_K = RT_F * log(p[K_o] / y[K_i]);
        const Vec E_Ks = RT_F * log((p[K_o] + 0.03 * p[Na_o]) / (y[K_i] + 0.03 * y[Na_i]));
        const Vec E_Ca = 0.5 * RT_F * log(p[Ca_o] / y[Ca_i]);

        const Vec i_K1 = p[g_K1] * inward_rectification(V - E_K) * (V - E_K);
        const Vec G_to = p[g_to] * y[r] * y[s], G_Kr = p[g_Kr] * y[Xr1] * y[Xr2], G_Ks = p[g_Ks] * square(y[Xs]);
        const Vec i_to = G_to * (V - E_K), i_Kr = G_Kr * (V - E_K), i_Ks = G_Ks * (V - E_Ks);
        const Vec i_pK = p[g_pK] * (V - E_K) / (1.0 + exp((25.0 - V) * (1 / 5.98)));
        const Vec G_Na = p[g_Na] * cube(y[m]) * y[h] * y[j];
        const Vec i_Na = G_Na * (V - E_Na);
        conductance = G_Na + G_to + G_Kr + G_Ks;
        const Vec i_bNa = p[g_bNa] * (V - E_Na);
        const Vec i_bCa = p[g_bCa] * (V - E_Ca);
        const Vec i_pCa = p[g_pCa] * y[Ca_i] / (y[Ca_i] + 0.0005);

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
        const Vec i_CaL = p[g_CaL] * 2.0 * F * y[d] * y[f] * y[f2] * y[fCass] * y_over_exp_minus_1(z, e_z)
                          * (0.25 * y[Ca_ss] * e_z - p[Ca_o]);

        const Vec i_potassium = i_K1 + i_to + i_Kr + i_Ks + i_pK - 2.0 * i_NaK - stimulus;
        const Vec i_sodium = i_Na + i_bNa + 3.0 * (i_NaK + i_NaCa);
        dV = -(i_potassium + i_sodium + i_CaL + i_bCa + i_pCa - 2.0 * i_NaCa);

        constexpr double to_concentration = capacitance / (V_c * F);
        rate[Na_i] = -to_concentration * i_sodium;
        rate[K_i] = -to_concentration * i_potassium;
        calcium(y, i_bCa + i_pCa - 2.0 * i_NaCa, i_CaL, p, rate);
      }

      static Vec inward_rectification(const Vec x)
      {
        const Vec e = exp(0.02 * x), e3 = cube(e), e5 = e3 * e * e; // e^(x/50), e^(0.06 x), e^(0.1 x)
        const Vec half = square(square(e5)) * e5;                   // e^(x/2)
        const Vec open = 0.1 * (1.0 + half);
        const Vec shut = (__builtin_exp(0.02) * 3.0 * exp(0.0002 * x) + __builtin_exp(-1.0) * e5) * half
                         * (1.0 + __builtin_exp(-12.0) * e3);
        return open / (open + shut);
      }

      /// Reticulum, subspace and cytosol with instantaneous buffers; free concentrations are the states.
      static void calcium(const Vec *y, const Vec i_membrane, const Vec i_CaL, const double *p, Vec *rate)
      {
        const Vec kcasr = reticulum_load(y);
        const Vec k1_ss = 0.15 * square(y[Ca_ss]);
        const Vec i_rel = p[V_rel] * k1_ss * y[R_prime] / (0.06 * kcasr + k1_ss) * (y[Ca_SR] - y[Ca_ss]);
        const Vec i_up = p[Vmax_up] * square(y[Ca_i]) / (square(y[Ca_i]) + 0.00025 * 0.00025);
        const Vec i_leak = p[V_leak] * (y[Ca_SR] - y[Ca_i]);
        const Vec i_xfer = 0.0038 * (y[Ca_ss] - y[Ca_i]);

        rate[Ca_i] = unbuffered(y[Ca_i], 0.2, 0.001)
                     * ((i_leak - i_up) * (V_sr / V_c) + i_xfer - i_membrane * (capacitance / (2.0 * V_c * F)));
        rate[Ca_SR] = unbuffered(y[Ca_SR], 10.0, 0.3) * (i_up - i_rel - i_leak);
        rate[Ca_ss] = unbuffered(y[Ca_ss], 0.4, 0.00025)
                      * (i_rel * (V_sr / V_ss) - i_xfer * (V_c / V_ss) - i_CaL * (capacitance / (2.0 * V_ss * F)));
      }

      /// d[free]/d[total] beside a buffer of concentration B and half-saturation K: 1 / (1 + B K / (c + K)^2).
      static Vec unbuffered(const Vec c, const double B, const double K)
      {
        const Vec q = square(c + K);
        return q / (q + B * K);
      }
    };
  }

  VIVICOR_KERNEL(tentusscher_panfilov_2006, TenTusscherPanfilov2006)
}

#if VIVICOR_ISA == 2
#include "electrophysiology/ionic_models/kernel_model.h"

#include <cmath>

namespace vivicor
{
  namespace
  {
    const std::string source = "ten Tusscher and Panfilov 2006, doi:10.1152/ajpheart.00109.2006";

    /// What tells the three cells apart.
    struct Variant
    {
      double g_to, g_Ks; // nS/pF
      double s_half;     // mV
      double tau_s[5];   // ms, mV, mV^2, ms, ms
      double V;          // mV, at rest
      std::vector<double> rest;
    };

    void declare(Schema &schema)
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

    std::vector<double> kernel_parameters(const Variant &variant, const Parameters &deck)
    {
      const auto scaled = [&deck](const char *key, const double published) { return published * deck.quantity(key); };
      const double sodium = 1e-3 * deck.quantity("Na_o"), potassium = 1e-3 * deck.quantity("K_o"),
                   calcium = 1e-3 * deck.quantity("Ca_o"); // mM
      const double root = std::sqrt(potassium / 5.4);

      std::vector<double> p(n_parameters);
      p[g_Na] = scaled("g_Na_scale", 14.838);
      p[g_K1] = scaled("g_K1_scale", 5.405) * root;
      p[g_to] = scaled("g_to_scale", variant.g_to);
      p[g_Kr] = scaled("g_Kr_scale", 0.153) * root;
      p[g_Ks] = scaled("g_Ks_scale", variant.g_Ks);
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
      p[s_half] = std::exp(-variant.s_half / 5.0);
      p[tau_s_amplitude] = variant.tau_s[0];
      p[tau_s_centre] = variant.tau_s[1];
      p[tau_s_width] = -1.0 / variant.tau_s[2];
      p[tau_s_late] = variant.tau_s[3];
      p[tau_s_base] = variant.tau_s[4];
      return p;
    }

    std::unique_ptr<IonicModel> create(const Variant &variant, const Parameters &deck)
    {
      using Cell = TenTusscherPanfilov2006;
      static const char *const names[Cell::n_states]
        = {"Xr1",   "Xr2", "Xs", "m",    "h",     "j",     "d",       "f",    "f2",
           "fCass", "s",   "r",  "Ca_i", "Ca_SR", "Ca_ss", "R_prime", "Na_i", "K_i"};
      std::vector<RestingState> states;
      for (int k = 0; k < Cell::n_states; ++k)
        states.push_back({names[k], variant.rest[k]});
      return std::make_unique<KernelModel>(VIVICOR_BEST_KERNEL(tentusscher_panfilov_2006), states, Cell::kind,
                                           variant.V, Cell::Ca_i, 1000.0, kernel_parameters(variant, deck));
    }

    Registered<IonicModel> entry(const std::string &wall, const Variant &variant)
    {
      return {"tentusscher_panfilov_2006_" + wall,
              "Human ventricular myocyte of 2006, 19 equations, " + wall + "cardial variant.", source, declare,
              [variant](const Parameters &deck) { return create(variant, deck); }};
    }

    // Resting states in the order of the names above: those of the published cells (CellML).
    const Register<IonicModel> epi{
      entry("epi", {0.294,
                    0.392,
                    -20.0,
                    {85.0, 45.0, 320.0, 5.0, 3.0},
                    -85.23,
                    {0.00621, 0.4712, 0.0095, 0.00172, 0.7444, 0.7045, 3.373e-5, 0.7888, 0.9755, 0.9953, 0.999998,
                     2.42e-8, 0.000126, 3.64, 0.00036, 0.9073, 8.604, 136.89}})};
    const Register<IonicModel> endo{
      entry("endo", {0.073,
                     0.392,
                     -28.0,
                     {1000.0, 67.0, 1000.0, 0.0, 8.0},
                     -86.709,
                     {0.00448, 0.476, 0.0087, 0.00155, 0.7573, 0.7225, 3.164e-5, 0.8009, 0.9778, 0.9953, 0.3212,
                      2.235e-8, 0.00013, 3.715, 0.00036, 0.9068, 10.355, 138.4}})};
    const Register<IonicModel> mid{
      entry("mid", {0.294,
                    0.098,
                    -20.0,
                    {85.0, 45.0, 320.0, 5.0, 3.0},
                    -85.423,
                    {0.0165, 0.473, 0.0174, 0.00165, 0.749, 0.6788, 3.288e-5, 0.7026, 0.9526, 0.9942, 0.999998,
                     2.347e-8, 0.000153, 4.272, 0.00042, 0.8978, 10.132, 138.52}})};
  }
}
#endif
