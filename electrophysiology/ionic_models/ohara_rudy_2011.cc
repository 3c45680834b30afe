// Human ventricular myocyte of O'Hara and Rudy, endocardial, epicardial and midmyocardial, and its variant for drug
// safety, CiPA v1, whose hERG channel is a Markov chain that a drug can bind.
// O'Hara, Virag, Varro and Rudy 2011, PLoS Comput. Biol. 7:e1002061, doi:10.1371/journal.pcbi.1002061.
// CiPA v1: Li et al. 2017, Circ. Arrhythm. Electrophysiol. 10:e004628, doi:10.1161/CIRCEP.116.004628; Dutta et al.
// 2017, Front. Physiol. 8:616, doi:10.3389/fphys.2017.00616. Currents in pA/pF, concentrations in mM, time in ms, V in
// mV. Theory: docs/theory/ohara_rudy_2011.md.
#include "electrophysiology/ionic_models/ohara_rudy_parts.h"

namespace vivicor
{
  namespace
  {
    using namespace ohara_rudy;

    /// Places in the parameter array of the kernel after those of ohara_rudy::Strength.
    enum Parameter {
      K1_half = n_common, // of its gate, -mV
      K1_slope,           // 1/mV
      K1_block,           // half-rectification, -mV
      drug_bind,          // 1/ms, CiPA alone
      drug_unbind,
      drug_trap,
      drug_V_half,
      n_parameters
    };

    /// A rate of the CiPA hERG chain, A exp(B V) q^((T - 20)/10) at T = 37 C, in 1/ms. The chain has three more whose
    /// B < 1e-7 / mV makes exp(B V) 1 + B V to rounding.
    inline Vec chain_rate(const Vec V, const double A, const double B, const double q)
    {
      return A * __builtin_pow(q, 1.7) * exp(B * V);
    }
    inline Vec slow_chain_rate(const Vec V, const double A, const double B, const double q)
    {
      return A * __builtin_pow(q, 1.7) * (1.0 + B * V);
    }

    /// @tparam cipa the variant of 2017
    template <bool cipa>
    struct OHaraRudy2011
    {
      enum {
        m,
        hf,
        hs,
        j,
        hsp,
        jp,
        late,
        to = late + n_late_sodium,
        f = to + n_outward,
        d = f + n_calcium_channel,
        jca,
        nca,
        xs,
        xk1 = xs + n_slow_rectifier,
        CaMK,
        J_np,
        J_p,
        Na_i,
        Na_ss,
        K_i,
        K_ss,
        Ca_i,
        Ca_ss,
        Ca_nsr,
        Ca_jsr,
        xrf, // the published channel's
        xrs,
        IC2 = xrf, // or the chain's
        C1,
        C2,
        O,
        IO,
        IO_bound,
        O_bound,
        C_bound,
        n_states = cipa ? C_bound + 1 : xrs + 1
      };
      static constexpr StateKind gate = StateKind::gate, flux = StateKind::flux, plain = StateKind::plain, curved = StateKind::curved;
      static constexpr StateKind kind[C_bound + 1] = {gate,  gate,  gate, gate,  gate, gate, gate,  gate,  gate,  gate,  gate,  gate,
                                                      gate,  gate,  gate, gate,  gate, gate, gate,  gate,  gate,  gate,  gate,  gate,
                                                      gate,  gate,  gate, plain, flux, flux, plain, plain, plain, plain, plain, curved,
                                                      plain, plain, gate, gate,  gate, gate, gate,  gate,  gate,  plain};

      static void gates(const Vec V, const Vec *y, const double *p, Vec *target, Vec *rate)
      {
        const Vec e20 = exp(V * 0.05);
        sodium_gates(V, target, rate);
        late_sodium_gates(V, rate[m], target + late, rate + late);
        outward_gates(V, e20, p[epicardial], target + to, rate + to);
        calcium_inactivation(V, e20, target + f, rate + f);
        target[d] = 1.0 / (1.0 + exp((V + 3.94) * (-1 / 4.23)));
        rate[d] = calcium_activation_rate(V, e20);
        target[jca] = target[f + Ca_ff];
        rate[jca] = Vec{} + 1.0 / 75;
        target[nca] = calcium_bound_mode(y[Ca_ss], y[jca], 1000.0);
        rate[nca] = y[jca];

        slow_rectifier_gates(V, e20, target + xs, rate + xs);
        target[xk1] = 1.0 / (1.0 + exp((V + p[K1_half]) * -p[K1_slope]));
        rate[xk1] = (exp((V + 127.2) * (-1 / 20.36)) + exp((V + 236.8) * (1 / 69.33))) * (1 / 122.2);
        if constexpr (cipa)
          channel_chain(V, y, p, target, rate);
        else
          rapid_rectifier_gates(V, target, rate);

        const Vec phi = Kinase(y[CaMK], y[Ca_ss]).phosphorylated;
        target[J_np] = -p[release] * release_gain(y[Ca_jsr], 1.5) * open_channels(e20, y, phi, p)
                       * ghk_calcium(Potential(V), y[Ca_ss], 0.341 * p[Ca_o]);
        target[J_p] = 1.25 * target[J_np];
        rate[J_np] = release_rate(y[Ca_jsr]);
        rate[J_p] = rate[J_np] * (1 / 1.25);
      }

      static void sodium_gates(const Vec V, Vec *target, Vec *rate)
      {
        target[m] = 1.0 / (1.0 + exp((V + 39.57) * (-1 / 9.871)));
        rate[m] = 6.765 * exp((V + 11.64) * (1 / 34.77)) + 8.552 * exp((V + 77.42) * (-1 / 5.955));
        const Vec e = exp((V + 82.9) * (1 / 6.086));
        target[hf] = target[hs] = target[j] = target[jp] = 1.0 / (1.0 + e);
        target[hsp] = 1.0 / (1.0 + __builtin_exp((89.1 - 82.9) / 6.086) * e);
        rate[hf] = 1.432e-5 * exp((V + 1.196) * (-1 / 6.285)) + 6.149 * exp((V + 0.5096) * (1 / 20.27));
        rate[hs] = 0.009794 * exp((V + 17.95) * (-1 / 28.05)) + 0.3343 * exp((V + 5.73) * (1 / 56.66));
        rate[hsp] = rate[hs] * (1.0 / 3);
        const Vec a = 0.02136 * exp((V + 100.6) * (-1 / 8.281)) + 0.3052 * exp((V + 0.9941) * (1 / 38.45));
        rate[j] = a / (1.0 + 2.038 * a);
        rate[jp] = rate[j] * (1 / 1.46);
      }

      static void rapid_rectifier_gates(const Vec V, Vec *target, Vec *rate)
      {
        target[xrf] = target[xrs] = 1.0 / (1.0 + exp((V + 8.337) * (-1 / 6.789)));
        const Vec fast = 0.3652 * exp((V - 31.66) * (1 / 3.869)) + 4.123e-5 * exp((V - 47.78) * (-1 / 20.38));
        const Vec slow = 0.06629 * exp((V - 34.7) * (1 / 7.355)) + 1.128e-5 * exp((V - 29.74) * (-1 / 25.94));
        rate[xrf] = fast / (1.0 + 12.98 * fast);
        rate[xrs] = slow / (1.0 + 1.865 * slow);
      }

      /// hERG: closed C1 - C2 - O, inactivated IC1 - IC2 - IO beside them, and O and IO bound by a drug that may be
      /// trapped when the channel closes. IC1 is what the others leave of 1: then every state obeys a gate's equation
      /// for given others, the chain cannot gain or lose channels, and fast steps need no short time step.
      static void channel_chain(const Vec V, const Vec *y, const double *p, Vec *target, Vec *rate)
      {
        const Vec c1_c2 = chain_rate(V, 0.0264, 4.631e-5, 4.843), c2_c1 = chain_rate(V, 4.986e-6, -0.004226, 4.23);
        const Vec c2_o = slow_chain_rate(V, 0.005509, 7.771e-9, 4.22), o_c2 = chain_rate(V, 0.001416, -0.02877, 1.459);
        const Vec ic1_ic2 = slow_chain_rate(V, 0.0007868, 1.535e-8, 4.942);
        const Vec ic2_ic1 = chain_rate(V, 5.455e-6, -0.1688, 4.156);
        const Vec ic2_io = chain_rate(V, 0.001214, 0.008516, 4.962), io_ic2 = chain_rate(V, 1.854e-5, -0.04641, 3.769);
        const Vec c1_ic1 = chain_rate(V, 0.4492, 0.008595, 5.0), ic1_c1 = chain_rate(V, 0.01241, 0.1725, 5.568);
        const Vec c2_ic2 = slow_chain_rate(V, 0.3181, 3.613e-8, 4.663);
        const Vec ic2_c2 = chain_rate(V, 0.3226, -0.0006575, 5.0);
        const Vec o_io = chain_rate(V, 0.149, 0.004668, 2.412), io_o = chain_rate(V, 0.008978, -0.02215, 5.682);
        const double bind = p[drug_bind], unbind = p[drug_unbind], trap = p[drug_trap];
        const Vec release_io = unbind * o_io / io_o, reopen = trap_opening(V, p);

        const Vec others = y[IC2] + y[C1] + y[C2] + y[O] + y[IO] + y[IO_bound] + y[O_bound] + y[C_bound];
        // In an upstroke the shares lag and may add up to more than 1 for a step: then they all shrink.
        const Vec one = Vec{} + 1.0, all = others > 1.0 ? others : one, shrink = 1.0 / all, ic1 = all - others;
        const auto set = [&](const int k, const Vec in, const Vec out) {
          rate[k] = out;
          target[k] = in * shrink / out;
        };
        set(IC2, ic1_ic2 * (ic1 + y[IC2]) + io_ic2 * y[IO] + c2_ic2 * y[C2], ic2_ic1 + ic2_io + ic2_c2 + ic1_ic2);
        set(C1, ic1_c1 * (ic1 + y[C1]) + c2_c1 * y[C2], c1_c2 + c1_ic1 + ic1_c1);
        set(C2, c1_c2 * y[C1] + o_c2 * y[O] + ic2_c2 * y[IC2], c2_c1 + c2_o + c2_ic2);
        set(O, c2_o * y[C2] + io_o * y[IO] + unbind * y[O_bound], o_c2 + o_io + bind);
        set(IO, ic2_io * y[IC2] + o_io * y[O] + release_io * y[IO_bound], io_ic2 + io_o + bind);
        set(IO_bound, bind * y[IO] + reopen * y[C_bound], release_io + trap);
        set(O_bound, bind * y[O] + reopen * y[C_bound], Vec{} + (unbind + trap));
      }

      /// Rate at which a closed channel with a trapped drug opens to O_bound, or to IO_bound (1/ms).
      static Vec trap_opening(const Vec V, const double *p) { return p[drug_trap] / (1.0 + exp((V - p[drug_V_half]) * (-1 / 6.789))); }

      /// Fraction of the maximal rapid delayed rectifier.
      static Vec rapid_rectifier(const Vec V, const Vec *y)
      {
        if constexpr (cipa)
          return y[O];
        else
          {
            const Vec fast = 1.0 / (1.0 + exp((V + 54.81) * (1 / 38.21)));
            return (y[xrs] + fast * (y[xrf] - y[xrs])) / ((1.0 + exp((V + 55.0) * (1.0 / 75))) * (1.0 + exp((V - 10.0) * (1.0 / 30))));
          }
      }

      /// Permeability of the open L-type channels to calcium. @param phi phosphorylated fraction
      static Vec open_channels(const Vec e20, const Vec *y, const Vec phi, const double *p)
      {
        return p[P_CaL] * y[d] * Inactivation(e20, y + f, y[jca]).open(y[nca], phi);
      }

      /// Currents, concentrations and dV/dt.
      static void currents(const Vec V, const Vec *y, const Vec stimulus, const double *p, Vec *target, Vec *rate, Vec &dV,
                           Vec &conductance)
      {
        const Potential at(V);
        const Kinase kinase(y[CaMK], y[Ca_ss]);
        const Vec phi = kinase.phosphorylated;
        rate[CaMK] = kinase.rate;
        if constexpr (cipa)
          rate[C_bound] = p[drug_trap] * (y[O_bound] + y[IO_bound]) - 2.0 * trap_opening(V, p) * y[C_bound];

        const Vec E_Na = RT_F * log(p[Na_o] / y[Na_i]), E_K = RT_F * log(p[K_o] / y[K_i]);
        const Vec E_Ks = RT_F * log((p[K_o] + 0.01833 * p[Na_o]) / (y[K_i] + 0.01833 * y[Na_i]));
        const Vec hj = (0.99 * y[hf] + 0.01 * y[hs]) * y[j], hjp = (0.99 * y[hf] + 0.01 * y[hsp]) * y[jp];
        const Vec G_Na = p[g_Na] * cube(y[m]) * (hj + phi * (hjp - hj));
        const Vec G_NaL = p[g_NaL] * y[late + late_m] * (y[late + late_h] + phi * (y[late + late_hp] - y[late + late_h]));
        const Vec G_to = p[g_to] * outward_open(V, y + to, phi), G_Kr = p[g_Kr] * rapid_rectifier(V, y);
        const Vec G_Ks = p[g_Ks] * slow_rectifier_calcium(y[Ca_i]) * y[xs + xs1] * y[xs + xs2];
        const Vec G_K1 = p[g_K1] * y[xk1] / (1.0 + exp((V + p[K1_block]) * (1 / 9.493)));
        const Vec G_Kb = p[g_Kb] / (1.0 + exp((V - 14.48) * (-1 / 18.34)));
        conductance = G_Na + G_NaL + G_to + G_Kr + G_Ks + G_K1;

        const Exchanger exchanger(at, p);
        const Vec i_NaCa_i = 0.8 * p[K_NaCa] * exchanger.current(y[Na_i], y[Ca_i]);
        const Vec i_NaCa_ss = 0.2 * p[K_NaCa] * exchanger.current(y[Na_ss], y[Ca_ss]);
        const Vec i_NaK = p[P_NaK] * pump(at, y[Na_i], y[K_i], p);

        const Vec open = open_channels(exp(V * 0.05), y, phi, p);
        const Vec i_CaL = open * ghk_calcium(at, y[Ca_ss], 0.341 * p[Ca_o]);
        const Vec i_CaNa = 0.00125 * open * ghk_monovalent(at, 0.75 * y[Na_ss], 0.75 * p[Na_o]);
        const Vec i_CaK = 3.574e-4 * open * ghk_monovalent(at, 0.75 * y[K_ss], 0.75 * p[K_o]);
        const Vec i_bCa = p[P_bCa] * ghk_calcium(at, y[Ca_i], 0.341 * p[Ca_o]);
        const Vec i_pCa = p[g_pCa] * y[Ca_i] / (y[Ca_i] + 0.0005);

        const Vec i_sodium = (G_Na + G_NaL) * (V - E_Na) + p[P_bNa] * ghk_monovalent(at, y[Na_i], p[Na_o]) + 3.0 * (i_NaCa_i + i_NaK);
        const Vec i_potassium = (G_to + G_Kr + G_K1 + G_Kb) * (V - E_K) + G_Ks * (V - E_Ks) - 2.0 * i_NaK - stimulus;
        const Vec i_calcium = i_pCa + i_bCa - 2.0 * i_NaCa_i;
        dV = -(i_sodium + i_potassium + i_calcium + i_CaL + i_CaNa + i_CaK + i_NaCa_ss);

        // Between subspace and cytosol sodium and potassium diffuse in 2 ms.
        const Vec Na_flux = 0.5 * (y[Na_ss] - y[Na_i]), K_flux = 0.5 * (y[K_ss] - y[K_i]);
        rate[Na_ss] = -to_ss * (i_CaNa + 3.0 * i_NaCa_ss) - Na_flux;
        rate[K_ss] = -to_ss * i_CaK - K_flux;
        rate[Na_i] = -to_myo * i_sodium + Na_flux * (v_ss / v_myo);
        rate[K_i] = -to_myo * i_potassium + K_flux * (v_ss / v_myo);
        calcium(y, -0.5 * to_myo * i_calcium, -0.5 * to_ss * (i_CaL - 2.0 * i_NaCa_ss), phi, p, target, rate);
      }

      /// Reticulum, subspace and cytosol with instantaneous buffers; free concentrations are the states.
      /// @param into_i, into_ss through the membrane (mM/ms)
      static void calcium(const Vec *y, const Vec into_i, const Vec into_ss, const Vec phi, const double *p, Vec *target, Vec *rate)
      {
        const Vec J_rel = p[V_rel] * (y[J_np] + phi * (y[J_p] - y[J_np]));
        const Vec J_up = p[V_up] * uptake(y[Ca_i], phi) - p[V_leak] * y[Ca_nsr];
        const Vec J_tr = (y[Ca_nsr] - y[Ca_jsr]) * 0.01;
        const Vec J_diff = (y[Ca_ss] - y[Ca_i]) * (1 / 0.2);

        rate[Ca_i] = unbuffered(y[Ca_i], p[calmodulin], 0.00238, 0.07, 0.0005)
                     * (into_i - J_up * (v_nsr / v_myo) + J_diff * (v_ss / v_myo));
        const Vec into = into_ss + J_rel * (v_jsr / v_ss) - J_diff;
        rate[Ca_ss] = subspace_free(y[Ca_ss]) * into;
        target[Ca_ss] = subspace_free_slope(y[Ca_ss]) * into - subspace_free(y[Ca_ss]) * (1 / 0.2);
        rate[Ca_nsr] = J_up - J_tr * (v_jsr / v_nsr);
        rate[Ca_jsr] = unbuffered(y[Ca_jsr], 10.0, 0.8) * (J_tr - J_rel);
      }
    };
  }

  VIVICOR_KERNEL(ohara_rudy_2011, OHaraRudy2011<false>)
  VIVICOR_KERNEL(ohara_rudy_cipa_2017, OHaraRudy2011<true>)
}

#if VIVICOR_ISA == 2
#include <cmath>

namespace vivicor
{
  namespace
  {
    const std::string source = "O'Hara et al. 2011, doi:10.1371/journal.pcbi.1002061";
    const std::string cipa_source = "Li et al. 2017, doi:10.1161/CIRCEP.116.004628; Dutta et al. 2017, doi:10.3389/fphys.2017.00616";

    /// Factors on the endocardial cell's.
    struct Wall
    {
      double g_NaL, g_to, P_CaL, g_Kr, g_Ks, g_K1, K_NaCa, P_NaK, g_Kb, up, release, calmodulin, epicardial;
    };
    const Wall endo{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0}, epi{0.6, 4, 1.2, 1.3, 1.4, 1.2, 1.1, 0.9, 0.6, 1.3, 1, 1.3, 0.95},
      mid{1, 4, 2.5, 0.8, 1, 1.3, 1.4, 0.7, 1, 1, 1.7, 1, 0};

    /// What CiPA v1 retuned in the endocardial cell.
    struct Tuning
    {
      double g_NaL, P_CaL, g_Kr, g_Ks, g_K1;
    };
    const Tuning published{0.0075, 0.0001, 0.046, 0.0034, 0.1908},
      cipa_tuning{0.0199575, 0.0001007, 0.0465854545454545, 0.006358, 0.3239784};

    void declare(Schema &schema)
    {
      declare_common(schema);
      schema.quantity("Na_o", "140 mM", 50.0, 200.0, "Extracellular sodium concentration.", source);
      schema.quantity("K_o", "5.4 mM", 1.0, 20.0, "Extracellular potassium concentration.", source);
      schema.quantity("Ca_o", "1.8 mM", 0.1, 10.0, "Extracellular calcium concentration.", source);
    }

    void declare_cipa(Schema &schema)
    {
      declare(schema);
      schema.quantity("drug_concentration", "0", 0.0, 1e9,
                      "Free concentration of a drug that binds the hERG channel, in nM; its other entries are those of "
                      "dofetilide unless set.",
                      cipa_source);
      schema.quantity("drug_Kmax", "1e8", 0.0, 1e12, "Maximal drug effect: binding over unbinding at saturation.", cipa_source);
      schema.quantity("drug_Ku", "1.79e-5 1/ms", 1e-9, 10.0, "Unbinding rate.", cipa_source);
      schema.quantity("drug_hill", "0.9999", 0.1, 5.0, "Hill coefficient n of binding.", cipa_source);
      schema.quantity("drug_half", "5.483e8", 1e-3, 1e15, "EC50^n: the concentration in nM to the power n of half effect.", cipa_source);
      schema.quantity("drug_V_half", "-1.147 mV", -300.0, 100.0, "Potential at which half of the trapped channels reopen.", cipa_source);
      schema.quantity("drug_Kt", "3.5e-5 1/ms", 1e-9, 1.0, "Rate at which bound channels close and trap the drug.", cipa_source);
    }

    std::vector<double> kernel_parameters(const Wall &wall, const Tuning &tuning, const Parameters &deck)
    {
      const auto scaled = [&deck](const char *key, const double published) { return published * deck.quantity(key); };
      const double sodium = 1e-3 * deck.quantity("Na_o"), potassium = 1e-3 * deck.quantity("K_o"),
                   calcium = 1e-3 * deck.quantity("Ca_o"); // mM

      std::vector<double> p(n_parameters);
      set_outside(p, sodium, potassium, calcium);
      p[g_Na] = scaled("g_Na_scale", 75.0);
      p[g_NaL] = scaled("g_NaL_scale", tuning.g_NaL) * wall.g_NaL;
      p[g_to] = scaled("g_to_scale", 0.02) * wall.g_to;
      p[P_CaL] = scaled("g_CaL_scale", tuning.P_CaL) * wall.P_CaL;
      p[g_Kr] = scaled("g_Kr_scale", tuning.g_Kr) * std::sqrt(potassium / 5.4) * wall.g_Kr;
      p[g_Ks] = scaled("g_Ks_scale", tuning.g_Ks) * wall.g_Ks;
      p[g_K1] = scaled("g_K1_scale", tuning.g_K1) * std::sqrt(potassium) * wall.g_K1;
      p[K_NaCa] = scaled("K_NaCa_scale", 0.0008) * wall.K_NaCa;
      p[P_NaK] = scaled("P_NaK_scale", 30.0) * wall.P_NaK;
      p[g_Kb] = scaled("g_Kb_scale", 0.003) * wall.g_Kb;
      p[P_bNa] = scaled("g_bNa_scale", 3.75e-10);
      p[P_bCa] = scaled("g_bCa_scale", 2.5e-8);
      p[g_pCa] = scaled("g_pCa_scale", 0.0005);
      p[V_up] = scaled("Vmax_up_scale", 0.004375) * wall.up;
      p[V_rel] = scaled("V_rel_scale", 1.0);
      p[V_leak] = scaled("V_leak_scale", 0.0039375 / 15.0);
      p[release] = wall.release;
      p[calmodulin] = 0.05 * wall.calmodulin;
      p[epicardial] = wall.epicardial;
      p[K1_half] = 2.5538 * potassium + 144.59;
      p[K1_slope] = 1.0 / (1.5692 * potassium + 3.8115);
      p[K1_block] = 105.8 - 2.6 * potassium;
      return p;
    }

    void set_drug(std::vector<double> &p, const Parameters &deck)
    {
      const double c = std::pow(deck.quantity("drug_concentration"), deck.quantity("drug_hill"));
      p[drug_unbind] = deck.quantity("drug_Ku");
      p[drug_bind] = deck.quantity("drug_Kmax") * p[drug_unbind] * c / (c + deck.quantity("drug_half"));
      p[drug_trap] = deck.quantity("drug_Kt");
      p[drug_V_half] = deck.quantity("drug_V_half");
    }

    const std::vector<const char *> common_names = {
      "m",   "hf",    "hs",       "j",       "hsp",  "jp",    "mL",  "hL",    "hLp",  "a",     "iF",     "iS",    "ap",
      "iFp", "iSp",   "ff",       "fs",      "fcaf", "fcas",  "ffp", "fcafp", "d",    "jca",   "nca",    "xs1",   "xs2",
      "xk1", "CaMKt", "J_rel_np", "J_rel_p", "Na_i", "Na_ss", "K_i", "K_ss",  "Ca_i", "Ca_ss", "Ca_nsr", "Ca_jsr"};

    template <bool cipa>
    std::unique_ptr<IonicModel> create_cell(const Kernel &kernel, const std::vector<const char *> &rectifier_names, const double V,
                                            const std::vector<double> &rest, std::vector<double> parameters)
    {
      using Cell = OHaraRudy2011<cipa>;
      std::vector<const char *> names = common_names;
      names.insert(names.end(), rectifier_names.begin(), rectifier_names.end());
      std::vector<RestingState> states;
      for (int k = 0; k < Cell::n_states; ++k)
        states.push_back({names[k], rest[k]});
      return std::make_unique<KernelModel>(kernel, states, Cell::kind, V, Cell::Ca_i, 1000.0, std::move(parameters),
                                           CellTraits{.stimulus_amplitude = 80.0, .stimulus_duration = 0.5});
    }

    Registered<IonicModel> entry(const std::string &name, const Wall &wall, const double V, const std::vector<double> &rest)
    {
      return {"ohara_rudy_2011_" + name, "Human ventricular myocyte of 2011, 41 equations, " + name + "cardial variant.", source, declare,
              [wall, V, rest](const Parameters &deck) {
                return create_cell<false>(VIVICOR_BEST_KERNEL(ohara_rudy_2011), {"xrf", "xrs"}, V, rest,
                                          kernel_parameters(wall, published, deck));
              }};
    }

    Registered<IonicModel> cipa_entry(const double V, const std::vector<double> &rest)
    {
      return {"ohara_rudy_cipa_2017",
              "O'Hara-Rudy endocardial cell retuned for drug safety (CiPA v1), with a hERG channel that a drug can bind.", cipa_source,
              declare_cipa, [V, rest](const Parameters &deck) {
                std::vector<double> p = kernel_parameters(endo, cipa_tuning, deck);
                set_drug(p, deck);
                return create_cell<true>(VIVICOR_BEST_KERNEL(ohara_rudy_cipa_2017),
                                         {"IC2", "C1", "C2", "O", "IO", "IO_bound", "O_bound", "C_bound"}, V, rest, std::move(p));
              }};
    }

    // In the order of the names above: the cells' own cycles at 1 Hz just before a stimulus, from this program after
    // 900 beats; the published file starts from a cell that has never fired. CiPA as published.
    // clang-format off
    const std::vector<double> endo_rest = {
      0.007318466, 0.6993109, 0.6992946, 0.6992027, 0.4563713, 0.6991411, 0.0001870215, 0.5026641, 0.271156,
      0.0009987517, 0.9995569, 0.5919948, 0.0005088903, 0.9995569, 0.6449987, 1, 0.9113516, 1, 0.9998245, 1, 1,
      2.321612e-09, 0.9999773, 0.002629911, 0.2689648, 0.0001920963, 0.9967506, 0.01212402, 2.386309e-07,
      2.981326e-07, 7.284865, 7.28495, 144.8131, 144.8131, 8.504512e-05, 8.394921e-05, 1.59919, 1.553754,
      8.026343e-06, 0.4494711};
    // clang-format on
    const Register<IonicModel> registered_endo{entry("endo", endo, -88.0367, endo_rest)};
    // clang-format off
    const std::vector<double> epi_rest = {
      0.007443142, 0.6934753, 0.6934654, 0.6934085, 0.4495564, 0.6933689, 0.0001930848, 0.4997817, 0.274233,
      0.001010124, 0.9995437, 0.9995361, 0.0005146875, 0.9995437, 0.9995421, 1, 0.9222358, 1, 0.999888, 1, 1,
      2.415651e-09, 0.9999841, 0.001563927, 0.2435963, 0.0001957195, 0.9967944, 0.01472858, 4.466559e-07,
      5.581932e-07, 7.787901, 7.78798, 143.6522, 143.6522, 7.425801e-05, 7.332823e-05, 1.918601, 1.863496,
      8.199329e-06, 0.4247036};
    // clang-format on
    const Register<IonicModel> registered_epi{entry("epi", epi, -87.8687, epi_rest)};
    // clang-format off
    const std::vector<double> mid_rest = {
      0.00772281, 0.680514, 0.6804901, 0.6803556, 0.4346394, 0.6802629, 0.0002070191, 0.4793915, 0.2445412,
      0.001035419, 0.9995134, 0.5555679, 0.0005275829, 0.9995134, 0.6019943, 1, 0.8751756, 1, 0.999608, 1, 1,
      2.634546e-09, 0.9999504, 0.00286518, 0.3309681, 0.0002039758, 0.9968887, 0.02185782, 1.490183e-06, 1.861681e-06,
      8.719888, 8.720005, 141.8308, 141.8307, 8.753423e-05, 8.584167e-05, 1.804936, 1.720852, 8.920053e-06, 0.4888815};
    // clang-format on
    const Register<IonicModel> registered_mid{entry("mid", mid, -87.5019, mid_rest)};
    // clang-format off
    const std::vector<double> cipa_rest = {
      0.007344121, 0.6981072, 0.6980896, 0.6979908, 0.4549486, 0.6979246, 0.0001882617, 0.5008549, 0.2693065,
      0.001001098, 0.9995542, 0.5865062, 0.0005100863, 0.9995542, 0.6393399, 1, 0.9102413, 1, 0.9998047, 1, 1,
      2.34e-09, 0.9999738, 0.002749414, 0.2707758, 0.0001928503, 0.9967598, 0.01258404, 2.5e-07, 3.12e-07, 7.268004,
      7.26809, 144.6556, 144.6556, 8.6e-05, 8.49e-05, 1.619575, 1.571234, 6.83208e-05, 1.80145e-08, 8.26619e-05,
      0.00015551, 5.67623e-05, 0, 0, 0};
    // clang-format on
    const Register<IonicModel> registered_cipa{cipa_entry(-88.001905, cipa_rest)};

  }
}
#endif
