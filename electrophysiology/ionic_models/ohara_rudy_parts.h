// What the O'Hara-Rudy cell and its descendants (CiPA v1, ToR-ORd) have in common, in the papers' units: pA/pF, mM, ms,
// mV. Sources: O'Hara, Virag, Varro and Rudy 2011, PLoS Comput. Biol. 7:e1002061, doi:10.1371/journal.pcbi.1002061;
// what a descendant changed is an argument. Compiled for every instruction set level: read simd.h on what that forbids.
#pragma once

#include "electrophysiology/ionic_models/kernel.h"

namespace vivicor
{
  namespace
  {
    namespace ohara_rudy
    {
      constexpr double R = 8314.0, T = 310.0, F = 96485.0; // mJ/(mol K), K, C/mol
      constexpr double RT_F = R * T / F;                   // mV

      // A cylinder of 100 um by 22 um; its compartments in uL, its membrane, twice the geometric one, in cm^2.
      constexpr double length = 0.01, radius = 0.0011, volume = 1000.0 * 3.14 * radius * radius * length;
      constexpr double membrane = 2.0 * (2.0 * 3.14 * radius * radius + 2.0 * 3.14 * radius * length);
      constexpr double v_myo = 0.68 * volume, v_nsr = 0.0552 * volume, v_jsr = 0.0048 * volume, v_ss = 0.02 * volume;
      /// Current of monovalent ions (uA/uF) to change of concentration (mM/ms) in the cytosol and in the subspace.
      constexpr double to_myo = membrane / (F * v_myo), to_ss = membrane / (F * v_ss);

      /// First places in the parameter array of each of these models: what lies outside, with what follows from it.
      enum Outside {
        Na_o, // mM
        K_o,
        Ca_o,
        exchanger_calcium, // k1
        exchanger_sodium,  // h11
        pump_potassium,    // ((1 + K_o / K_Ko)^2 - 1)
        pump_a3,           // k3p (K_o / K_Ko)^2
        n_outside
      };

      /// Next: conductances, permeabilities and maximal currents with every factor that no state changes.
      enum Strength {
        g_Na = n_outside,
        g_NaL,
        g_to,
        P_CaL,
        g_Kr,
        g_Ks,
        g_K1,
        K_NaCa,
        P_NaK,
        g_Kb,
        P_bNa,
        P_bCa,
        g_pCa,
        V_up,
        V_rel,
        V_leak,
        release, // factor on the steady release
        calmodulin,
        epicardial, // see outward_gates
        n_common
      };

      constexpr double kna1 = 15.0, kna2 = 5.0, kna3 = 88.12;                             // mM: sodium at the exchanger
      constexpr double kcaon = 1.5e6, kcaoff = 5e3, wna = 6e4, wca = 6e4, wnaca = 5e3;    // 1/(mM ms), 1/ms
      constexpr double Kko = 0.3582, Kki = 0.5, Knai0 = 9.073, Knao0 = 27.78, k3p = 1899; // mM, 1/ms: the pump

      /// Functions of V that several currents need. u = V F / (RT).
      struct Potential
      {
        Vec u, e_third, e; // u, exp(u/3), exp(u)
        Vec ghk1, ghk2;    // y / (exp(y) - 1) at y = u and y = 2 u

        explicit Potential(const Vec V) : u(V * (1.0 / RT_F)), e_third(exp(u * (1.0 / 3))), e(cube(e_third))
        {
          ghk1 = y_over_exp_minus_1(u, e);
          ghk2 = 2.0 * ghk1 / (e + 1.0);
        }
      };

      /// Goldman, Hodgkin and Katz's flux times charge, per permeability: of a monovalent cation and of calcium, from
      /// the activities within and outside.
      inline Vec ghk_monovalent(const Potential &V, const Vec inside, const double outside)
      {
        return F * V.ghk1 * (inside * V.e - outside);
      }
      inline Vec ghk_calcium(const Potential &V, const Vec inside, const double outside)
      {
        return 2.0 * F * V.ghk2 * (inside * square(V.e) - outside);
      }

      /// Gates of the late sodium current m, h, hp; late activation is as fast as that of the fast current.
      constexpr int late_m = 0, late_h = 1, late_hp = 2, n_late_sodium = 3;
      inline void late_sodium_gates(const Vec V, const Vec rate_m, Vec *target, Vec *rate)
      {
        target[late_m] = 1.0 / (1.0 + exp((V + 42.85) * (-1 / 5.264)));
        rate[late_m] = rate_m;
        const Vec e = exp((V + 87.61) * (1 / 7.488));
        target[late_h] = 1.0 / (1.0 + e);
        target[late_hp] = 1.0 / (1.0 + __builtin_exp((93.81 - 87.61) / 7.488) * e);
        rate[late_h] = Vec{} + 1.0 / 200;
        rate[late_hp] = Vec{} + 1.0 / 600;
      }

      /// Gates of the transient outward current; p for the channels that CaMKII has phosphorylated.
      constexpr int to_a = 0, to_iF = 1, to_iS = 2, to_ap = 3, to_iFp = 4, to_iSp = 5, n_outward = 6;
      /// @param e20 exp(V / 20 mV) @param epicardial 0.95 on the epicardium, where recovery is faster, else 0
      inline void outward_gates(const Vec V, const Vec e20, const double epicardial, Vec *target, Vec *rate)
      {
        const Vec e15 = exp((V - 14.34) * (-1 / 14.82)), e29 = exp(V * (1 / 29.3814));
        target[to_a] = 1.0 / (1.0 + e15);
        target[to_ap] = 1.0 / (1.0 + __builtin_exp(10.0 / 14.82) * e15);
        rate[to_a] = rate[to_ap] = (e29 / (1.2089 * (e29 + __builtin_exp(18.4099 / 29.3814)))
                                    + 3.5 / (1.0 + __builtin_exp(100 / 29.3814) * e29))
                                   * (1 / 1.0515);

        const Vec i = 1.0 / (1.0 + exp((V + 43.94) * (1 / 5.711)));
        target[to_iF] = target[to_iS] = target[to_iFp] = target[to_iSp] = i;

        const Vec epi = 1.0 - epicardial / (1.0 + __builtin_exp(14.0) * square(square(e20)));
        const Vec fast = 0.3933 * exp((V + 100.0) * -0.01) + 0.08004 * exp((V + 50.0) * (1 / 16.59));
        const Vec slow = 0.001416 * exp((V + 96.52) * (-1 / 59.05)) + 1.78e-8 * exp((V + 114.1) * (1 / 8.079));
        rate[to_iF] = fast / ((4.562 * fast + 1.0) * epi);
        rate[to_iS] = slow / ((23.62 * slow + 1.0) * epi);

        // Below 4 mV the develop term is less than half a unit in the last place of 1.354.
        Vec develop = Vec{} + 1.354;
        const Mask high = V > 4.0;
        if (any(high))
          {
            const Vec more = 1e-4 / (exp((V - 167.4) * (1 / 15.89)) + exp((V - 12.23) * (-1 / 0.2154)));
            develop = high ? 1.354 + more : develop;
          }
        const Vec recover = 1.0 - 0.5 / (1.0 + __builtin_exp(3.5) * e20);
        const Vec phosphorylated = 1.0 / (develop * recover);
        rate[to_iFp] = rate[to_iF] * phosphorylated;
        rate[to_iSp] = rate[to_iS] * phosphorylated;
      }

      /// Conductance of the transient outward current over its maximum; p: fraction of phosphorylated channels.
      inline Vec outward_open(const Vec V, const Vec *y, const Vec p)
      {
        const Vec fast = 1.0 / (1.0 + exp((V - 213.6) * (1 / 151.2))), slow = 1.0 - fast;
        return (1.0 - p) * y[to_a] * (fast * y[to_iF] + slow * y[to_iS]) + p * y[to_ap] * (fast * y[to_iFp] + slow * y[to_iSp]);
      }

      /// Inactivation gates of the L-type calcium current by potential (f) and by calcium (fca).
      constexpr int Ca_ff = 0, Ca_fs = 1, Ca_fcaf = 2, Ca_fcas = 3, Ca_ffp = 4, Ca_fcafp = 5, n_calcium_channel = 6;
      /// @param e20 exp(V / 20 mV)
      inline void calcium_inactivation(const Vec V, const Vec e20, Vec *target, Vec *rate)
      {
        const Vec f = 1.0 / (1.0 + exp((V + 19.58) * (1 / 3.696)));
        for (int k = 0; k < n_calcium_channel; ++k)
          target[k] = f;

        const Vec e6 = exp(V * (1.0 / 6)), e7 = exp(V * (1.0 / 7)), e10 = square(e20), e4 = square(e10) * e20;
        // 1/tau = a / (1 + tau_0 a), with a the sum of the published exponentials.
        const Vec ff = 0.0045 * (__builtin_exp(-2.0) / e10 + __builtin_exp(2.0) * e10);
        const Vec fs = 0.000035 * (__builtin_exp(-1.25) / e4 + __builtin_exp(5.0 / 6) * e6);
        const Vec fcaf = 0.04 * (__builtin_exp(4.0 / 7) / e7 + __builtin_exp(-4.0 / 7) * e7);
        const Vec fcas = 0.00012 * (1.0 / square(e6) + e7);
        rate[Ca_ff] = ff / (1.0 + 7.0 * ff);
        rate[Ca_fs] = fs / (1.0 + 1000.0 * fs);
        rate[Ca_fcaf] = fcaf / (1.0 + 7.0 * fcaf);
        rate[Ca_fcas] = fcas / (1.0 + 100.0 * fcas);
        rate[Ca_ffp] = rate[Ca_ff] * (1 / 2.5);
        rate[Ca_fcafp] = rate[Ca_fcaf] * (1 / 2.5);
      }

      /// 1/tau of the L-type channel's activation.
      inline Vec calcium_activation_rate(const Vec V, const Vec e20)
      {
        const Vec a = __builtin_exp(-0.3) / e20 + exp(0.09 * (V + 14.0));
        return a / (1.0 + 0.6 * a);
      }

      /// Gate n: the share of channels in the calcium-bound mode, from the calcium at their mouth. Its 1/tau is jca.
      inline Vec calcium_bound_mode(const Vec calcium, const Vec jca, const double k2n)
      {
        const Vec c = calcium * (1 / 0.002), c4 = square(square(c)), q = square(square(1.0 + c));
        return k2n * c4 / (k2n * c4 + jca * q);
      }

      /// Voltage- and calcium-dependent inactivation, blended over the modes: the open probability without d.
      struct Inactivation
      {
        Vec f, fca, fp, fcap; // f by potential, j_ca f_ca by calcium; p: phosphorylated

        Inactivation(const Vec e20, const Vec *y, const Vec jca)
        {
          const Vec slow = 0.7 - 0.6 / (1.0 + __builtin_exp(-1.0) * square(e20)); // 1 - A_fcaf
          f = 0.6 * y[Ca_ff] + 0.4 * y[Ca_fs];
          fp = 0.6 * y[Ca_ffp] + 0.4 * y[Ca_fs];
          fca = jca * (y[Ca_fcaf] + slow * (y[Ca_fcas] - y[Ca_fcaf]));
          fcap = jca * (y[Ca_fcafp] + slow * (y[Ca_fcas] - y[Ca_fcafp]));
        }

        /// @param n mode gate @param p fraction of phosphorylated channels, of 1.1 times the permeability
        Vec open(const Vec n, const Vec p) const { return (1.0 - p) * (f + n * (fca - f)) + 1.1 * p * (fp + n * (fcap - fp)); }
      };

      /// Gates of the slow delayed rectifier.
      constexpr int xs1 = 0, xs2 = 1, n_slow_rectifier = 2;
      inline void slow_rectifier_gates(const Vec V, const Vec e20, Vec *target, Vec *rate)
      {
        target[xs1] = target[xs2] = 1.0 / (1.0 + exp((V + 11.6) * (-1 / 8.932)));
        const Vec a = 2.326e-4 * exp((V + 48.28) * (1 / 17.8)) + 0.001292 * exp((V + 210.0) * (-1.0 / 230));
        rate[xs1] = a / (1.0 + 817.3 * a);
        rate[xs2] = 0.01 * __builtin_exp(-2.5) * e20 + 0.0193 * exp((V + 66.54) * (-1.0 / 31));
      }
      /// Factor of the slow delayed rectifier's conductance: calcium opens it.
      inline Vec slow_rectifier_calcium(const Vec calcium)
      {
        const Vec x = exp(1.4 * log(calcium * (1 / 3.8e-5)));
        return 1.0 + 0.6 * x / (1.0 + x);
      }

      /// Sodium-calcium exchanger: a cycle of four states (O'Hara 2011, supplement), per maximal current.
      struct Exchanger
      {
        Vec hna, inv_hca, k3p, k3pp, k8;
        double k1;

        Exchanger(const Potential &V, const double *p)
        {
          hna = exp(0.5224 * V.u);
          inv_hca = exp(-0.167 * V.u);
          const double o = p[Na_o] / kna3;
          const Vec inv = 1.0 / (hna + o * (hna + 1.0)), h8 = o * inv, h9 = hna * inv;
          k3p = wca * h9;
          k3pp = wnaca * h8;
          k8 = wna * p[exchanger_sodium] * h8;
          k1 = p[exchanger_calcium];
        }

        Vec current(const Vec sodium, const Vec calcium) const
        {
          const Vec h3 = 1.0 / (1.0 + sodium * (1 / kna3) * (1.0 + hna)), h2 = sodium * (1 / kna3) * hna * h3;
          const Vec h6 = 1.0 / (1.0 + sodium * (1 / kna1) * (1.0 + sodium * (1 / kna2)));
          const Vec k3 = k3p + k3pp, k4p = wca * inv_hca * h3, k4pp = wnaca * h2, k4 = k4p + k4pp;
          const Vec k6 = kcaon * calcium * h6, k7 = wna / (kna1 * kna2) * square(sodium) * h6 * h2;
          constexpr double k2 = kcaoff, k5 = kcaoff;
          const Vec x1 = k2 * k4 * (k7 + k6) + k5 * k7 * (k2 + k3);
          const Vec x2 = k1 * k7 * (k4 + k5) + k4 * k6 * (k1 + k8);
          const Vec x3 = k1 * k3 * (k7 + k6) + k8 * k6 * (k2 + k3);
          const Vec x4 = k2 * k8 * (k4 + k5) + k3 * k5 * (k1 + k8);
          const Vec charge = 3.0 * (x4 * k7 - x1 * k8) + x3 * k4pp - x2 * k3pp + 2.0 * (x2 * k2 - x1 * k1);
          // Calcium switches the exchanger on, half at 150 nM.
          return square(calcium) * charge / ((square(calcium) + 150e-6 * 150e-6) * (x1 + x2 + x3 + x4));
        }
      };

      /// Sodium-potassium pump: a cycle of four states (O'Hara 2011, supplement), per maximal current.
      inline Vec pump(const Potential &V, const Vec sodium, const Vec potassium, const double *p)
      {
        constexpr double delta = -0.155, MgADP = 0.05, ATP = 9.8 / 1.698e-7;
        constexpr double b1 = 182.4 * MgADP, a2 = 687.2, a4 = 639.0 * ATP / (1.0 + ATP);
        const Vec s = exp(delta / 3 * V.u);
        const Vec na = sodium / (Knai0 * s), k = potassium * (1 / Kki), o = p[Na_o] / Knao0 * s / V.e_third;
        const Vec inside = 1.0 / (cube(1.0 + na) + square(1.0 + k) - 1.0);
        const Vec outside = 1.0 / (cube(1.0 + o) + p[pump_potassium]);
        const Vec a1 = 949.5 * cube(na) * inside, b4 = 40.0 * square(k) * inside;
        const Vec b2 = 39.4 * cube(o) * outside, a3 = p[pump_a3] * outside;
        constexpr double H = 1e-7;
        const Vec b3 = 79300.0 * 4.2 * H / (1.0 + ATP) / (1.0 + H / 1.698e-7 + sodium * (1.0 / 224) + potassium * (1.0 / 292));
        const Vec x1 = a2 * a1 * (a4 + b3) + b4 * b3 * (b2 + a2);
        const Vec x2 = b4 * (b2 * b1 + a3 * (b1 + a2)) + a1 * a2 * a3;
        const Vec x3 = a3 * a4 * (a2 + b1) + b2 * b1 * (b3 + a4);
        const Vec x4 = b2 * b3 * (b4 + a1) + a1 * a4 * (a3 + b2);
        return (3.0 * (x1 * a3 - x2 * b3) + 2.0 * (x4 * b1 - x3 * a1)) / (x1 + x2 + x3 + x4);
      }

      /// CaMKII: what is trapped is a state; what is active phosphorylates a fraction of every target.
      struct Kinase
      {
        Vec rate, phosphorylated;

        Kinase(const Vec trapped, const Vec subspace_calcium)
        {
          const Vec bound = 0.05 * (1.0 - trapped) * subspace_calcium / (subspace_calcium + 0.0015);
          const Vec active = bound + trapped;
          rate = 0.05 * bound * active - 0.00068 * trapped;
          phosphorylated = active / (active + 0.15);
        }
      };

      /// Steady release of calcium from the reticulum, per -I_CaL at its mouth: (half / c)^8 closes it.
      inline Vec release_gain(const Vec junctional, const double half)
      {
        const Vec c8 = square(square(square(junctional * (1.0 / half))));
        return 0.5 * 4.75 * c8 / (1.0 + c8);
      }
      /// 1/tau of release; that of phosphorylated channels is 1.25 times longer. An emptied reticulum shuts within a
      /// us.
      inline Vec release_rate(const Vec junctional)
      {
        const Vec least = Vec{} + 2.6e-6;
        return (1.0 + 0.0123 / (junctional > least ? junctional : least)) * (1 / 4.75);
      }

      /// Uptake of calcium into the network reticulum, per maximal rate; p: phosphorylated fraction.
      inline Vec uptake(const Vec calcium, const Vec p)
      {
        return calcium * ((1.0 - p) / (calcium + 0.00092) + 2.75 * p / (calcium + 0.00092 - 0.00017));
      }

      /// d[free]/d[total] beside two buffers of products B K and half-saturations K.
      inline Vec unbuffered(const Vec c, const double B1, const double K1, const double B2, const double K2)
      {
        const Vec q1 = square(c + K1), q2 = square(c + K2), q = q1 * q2;
        return q / (q + B1 * K1 * q2 + B2 * K2 * q1);
      }
      inline Vec unbuffered(const Vec c, const double B, const double K)
      {
        const Vec q = square(c + K);
        return q / (q + B * K);
      }

      /// The same for the subspace, whose buffers saturate during release, with its derivative.
      inline Vec subspace_free(const Vec c)
      {
        return unbuffered(c, 0.047, 0.00087, 1.124, 0.0087);
      }
      inline Vec subspace_free_slope(const Vec c)
      {
        const Vec free = subspace_free(c);
        return square(free) * (2.0 * 0.047 * 0.00087 / cube(c + 0.00087) + 2.0 * 1.124 * 0.0087 / cube(c + 0.0087));
      }
    }
  }
}

#if VIVICOR_ISA == 2
#include "electrophysiology/ionic_models/kernel_model.h"

namespace vivicor
{
  namespace
  {
    namespace ohara_rudy
    {
      /// Factors that all these models have.
      inline void declare_common(Schema &schema)
      {
        for (const auto &[key, what] : std::initializer_list<std::pair<const char *, const char *>>{
               {"g_Na_scale", "fast sodium conductance"},
               {"g_NaL_scale", "late sodium conductance"},
               {"g_to_scale", "transient outward potassium conductance"},
               {"g_CaL_scale", "L-type calcium permeability (with its sodium and potassium)"},
               {"g_Kr_scale", "rapid delayed rectifier potassium conductance"},
               {"g_Ks_scale", "slow delayed rectifier potassium conductance"},
               {"g_K1_scale", "inward rectifier potassium conductance"},
               {"K_NaCa_scale", "sodium-calcium exchanger current"},
               {"P_NaK_scale", "sodium-potassium pump current"},
               {"g_Kb_scale", "background potassium conductance"},
               {"g_bNa_scale", "background sodium permeability"},
               {"g_bCa_scale", "background calcium permeability"},
               {"g_pCa_scale", "sarcolemmal calcium pump current"},
               {"Vmax_up_scale", "uptake rate of the sarcoplasmic reticulum (SERCA)"},
               {"V_rel_scale", "release rate of the sarcoplasmic reticulum"},
               {"V_leak_scale", "leak rate of the sarcoplasmic reticulum"}})
          declare_scale(schema, key, what);
      }

      /// Fills the places of `Outside` from concentrations in mM.
      inline void set_outside(std::vector<double> &p, const double sodium, const double potassium, const double calcium)
      {
        p[Na_o] = sodium;
        p[K_o] = potassium;
        p[Ca_o] = calcium;
        const double h10 = 12.5 + 1.0 + sodium / kna1 * (1.0 + sodium / kna2);
        p[exchanger_calcium] = calcium * kcaon / h10;
        p[exchanger_sodium] = sodium * sodium / (h10 * kna1 * kna2);
        const double k = potassium / Kko;
        p[pump_potassium] = (1.0 + k) * (1.0 + k) - 1.0;
        p[pump_a3] = k3p * k * k;
      }
    }
  }
}
#endif
