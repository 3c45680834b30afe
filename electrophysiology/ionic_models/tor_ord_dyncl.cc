// Human ventricular myocyte ToR-ORd with dynamic intracellular chloride; endocardial, epicardial and midmyocardial,
// each also with the dynamic troponin of Land 2017. Tomek et al. 2019, eLife 8:e48890, doi:10.7554/eLife.48890;
// chloride: Tomek et al. 2020, doi:10.1101/2020.06.01.127043; troponin: Margara et al. 2021, Prog. Biophys. Mol. Biol.
// 159:58, doi:10.1016/j.pbiomolbio.2020.06.007. Currents in pA/pF, concentrations in mM, time in ms, V in mV. Theory:
// docs/theory/tor_ord_dyncl.md.
#include "electrophysiology/ionic_models/ohara_rudy_parts.h"
#include "electrophysiology/ionic_models/sodium_inactivation.h"

namespace vivicor
{
  namespace
  {
    using namespace ohara_rudy;

    /// Places in the parameter array of the kernel after those of ohara_rudy::Strength.
    enum Parameter {
      g_ClCa = n_common,
      g_bCl,
      Cl_o,
      Na_activity, // outside, mM
      K_activity,
      Ca_activity,
      n_parameters
    };

    /// Debye-Hueckel (Davies): -ln of the activity coefficient of a monovalent ion is this times sqrt(I)/(1 + sqrt(I))
    /// - 0.3 I, with the ionic strength I in M; 74 is the dielectric constant of water at 37 C.
    constexpr double debye_hueckel = 1.82e6 / (74.0 * T * __builtin_sqrt(74.0 * T));

    /// @tparam land troponin binds calcium at the rates of Land et al. 2017 (at the stretch of rest) instead of at once
    template <bool land>
    struct ToRORdDynCl
    {
      enum {
        m,
        h,
        j,
        hp,
        jp,
        late,
        to = late + n_late_sodium,
        f = to + n_outward,
        d = f + n_calcium_channel,
        jca,
        nca_ss,
        nca_i,
        xs,
        C2 = xs + n_slow_rectifier,
        C3,
        O,
        I,
        CaMK,
        J_np,
        J_p,
        Na_i,
        Na_ss,
        K_i,
        K_ss,
        Cl_i,
        Cl_ss,
        Ca_i,
        Ca_ss,
        Ca_nsr,
        Ca_jsr,
        TRPN,
        n_states = TRPN + (land ? 1 : 0)
      };
      static constexpr StateKind gate = StateKind::gate, flux = StateKind::flux, plain = StateKind::plain, curved = StateKind::curved;
      static constexpr StateKind kind[TRPN + 1] = {gate,  gate,  gate,  gate,  gate,  gate,  gate,  gate,   gate,  gate,  gate,
                                                   gate,  gate,  gate,  gate,  gate,  gate,  gate,  gate,   gate,  gate,  gate,
                                                   gate,  gate,  gate,  gate,  gate,  gate,  gate,  gate,   plain, flux,  flux,
                                                   plain, plain, plain, plain, plain, plain, plain, curved, plain, plain, plain};

      static void gates(const Vec V, const Vec *y, const double *p, Vec *target, Vec *rate)
      {
        const Vec e20 = exp(V * 0.05);
        sodium_gates(V, target, rate);
        late_sodium_gates(V, rate[m], target + late, rate + late);
        outward_gates(V, e20, p[epicardial], target + to, rate + to);
        calcium_inactivation(V, e20, target + f, rate + f);

        // Published as 1 from 31.4978 mV on, a jump of 4e-4; here from where the formula reaches 1, 0.07 mV later. The
        // floor keeps the gate a normal number, as it is far from one at rest.
        const Vec open = 1.0763 * exp(-1.007 * exp(-0.0829 * V)), one = Vec{} + 1.0;
        target[d] = (open < 1.0 ? open : one) + 1e-30;
        rate[d] = calcium_activation_rate(V, e20);
        target[jca] = 1.0 / (1.0 + exp((V + 18.08) * (1 / 2.7916)));
        rate[jca] = Vec{} + 1 / 72.5;
        target[nca_ss] = calcium_bound_mode(y[Ca_ss], y[jca], 500.0);
        target[nca_i] = calcium_bound_mode(y[Ca_i], y[jca], 500.0);
        rate[nca_ss] = rate[nca_i] = y[jca];

        slow_rectifier_gates(V, e20, target + xs, rate + xs);
        rapid_rectifier(V * (1.0 / RT_F), y, target, rate);

        const Vec phi = Kinase(y[CaMK], y[Ca_ss]).phosphorylated;
        target[J_np] = -p[release] * release_gain(y[Ca_jsr], 1.7) * subspace_channels(Potential(V), e20, y, phi, p).Ca;
        target[J_p] = 1.25 * target[J_np];
        rate[J_np] = release_rate(y[Ca_jsr]);
        rate[J_p] = rate[J_np] * (1 / 1.25);
      }

      static void sodium_gates(const Vec V, Vec *target, Vec *rate)
      {
        target[m] = 1.0 / square(1.0 + exp((V + 56.86) * (-1 / 9.03)));
        rate[m] = 1.0 / (0.1292 * exp(-square((V + 45.79) * (1 / 15.54))) + 0.06487 * exp(-square((V - 4.823) * (1 / 51.12))));
        const Vec e = exp((V + 71.55) * (1 / 7.43));
        target[h] = target[j] = target[jp] = 1.0 / square(1.0 + e);
        target[hp] = 1.0 / square(1.0 + __builtin_exp(6.0 / 7.43) * e);
        sodium_inactivation(V, rate[h], rate[j]);
        rate[hp] = rate[h];
        rate[jp] = rate[j] * (1 / 1.46);
      }

      /// Markov chain C3 - C2 - C1 - O - I - C1 of the hERG channel. C1 is what the others leave of 1: then every state
      /// obeys a gate's equation for given others, the chain cannot gain or lose channels, and the fast steps at rest
      /// (C2 to C3 in 20 us) need no short time step.
      static void rapid_rectifier(const Vec u, const Vec *y, Vec *target, Vec *rate)
      {
        const Vec a = 0.1161 * exp(0.299 * u), b = 0.2442 * exp(-1.604 * u);      // C3 <-> C2
        const Vec a2 = 0.0578 * exp(0.971 * u), b2 = 0.349e-3 * exp(-1.062 * u);  // C1 <-> O
        const Vec ai = 0.2533 * exp(0.5953 * u), bi = 0.06525 * exp(-0.8209 * u); // O <-> I
        const Vec ac = 0.52e-4 * exp(1.525 * u), bc = b2 * bi * ac / (a2 * ai);   // C1 <-> I
        constexpr double a1 = 0.154375, b1 = 0.1911;                              // C2 <-> C1

        rate[C3] = a;
        target[C3] = b * y[C2] / a;
        rate[C2] = b + a1 + b1;
        target[C2] = (a * y[C3] + b1 * (1.0 - y[C3] - y[O] - y[I])) / rate[C2];
        rate[O] = b2 + ai + a2;
        target[O] = (bi * y[I] + a2 * (1.0 - y[C2] - y[C3] - y[I])) / rate[O];
        rate[I] = bc + bi + ac;
        target[I] = (ai * y[O] + ac * (1.0 - y[C2] - y[C3] - y[O])) / rate[I];
      }

      /// Activity coefficient of a monovalent ion; calcium's is its fourth power.
      static Vec activity(const Vec Na, const Vec K, const Vec Cl, const Vec Ca)
      {
        const Vec I = 0.0005 * (Na + K + Cl + 4.0 * Ca), root = sqrt(I);
        return exp(-debye_hueckel * (root / (1.0 + root) - 0.3 * I));
      }

      /// What passes the L-type channels of one compartment.
      struct LType
      {
        Vec Ca, Na, K, ghk_Ca;

        LType(const Potential &V, const Vec open, const Vec gamma, const Vec Na, const Vec K, const Vec Ca, const double *p)
        {
          ghk_Ca = ghk_calcium(V, square(square(gamma)) * Ca, p[Ca_activity]);
          this->Ca = open * ghk_Ca;
          this->Na = 0.00125 * open * ghk_monovalent(V, gamma * Na, p[Na_activity]);
          this->K = 3.574e-4 * open * ghk_monovalent(V, gamma * K, p[K_activity]);
        }
      };

      /// Four fifths of the L-type channels face the subspace. @param phi phosphorylated fraction
      static LType subspace_channels(const Potential &V, const Vec e20, const Vec *y, const Vec phi, const double *p)
      {
        const Vec open = Inactivation(e20, y + f, y[jca]).open(y[nca_ss], phi);
        return LType(V, 0.8 * p[P_CaL] * y[d] * open, activity(y[Na_ss], y[K_ss], y[Cl_ss], y[Ca_ss]), y[Na_ss], y[K_ss], y[Ca_ss], p);
      }
      static LType cytosol_channels(const Potential &V, const Vec e20, const Vec *y, const Vec phi, const double *p)
      {
        const Vec open = Inactivation(e20, y + f, y[jca]).open(y[nca_i], phi);
        return LType(V, 0.2 * p[P_CaL] * y[d] * open, activity(y[Na_i], y[K_i], y[Cl_i], y[Ca_i]), y[Na_i], y[K_i], y[Ca_i], p);
      }

      /// Currents, concentrations and dV/dt.
      static void currents(const Vec V, const Vec *y, const Vec stimulus, const double *p, Vec *target, Vec *rate, Vec &dV,
                           Vec &conductance)
      {
        const Potential at(V);
        const Kinase kinase(y[CaMK], y[Ca_ss]);
        const Vec phi = kinase.phosphorylated;
        rate[CaMK] = kinase.rate;

        const Vec E_Na = RT_F * log(p[Na_o] / y[Na_i]), E_K = RT_F * log(p[K_o] / y[K_i]);
        const Vec E_Ks = RT_F * log((p[K_o] + 0.01833 * p[Na_o]) / (y[K_i] + 0.01833 * y[Na_i]));
        const Vec G_Na = p[g_Na] * cube(y[m]) * (y[h] * y[j] + phi * (y[hp] * y[jp] - y[h] * y[j]));
        const Vec G_NaL = p[g_NaL] * y[late + late_m] * (y[late + late_h] + phi * (y[late + late_hp] - y[late + late_h]));
        const Vec G_to = p[g_to] * outward_open(V, y + to, phi), G_Kr = p[g_Kr] * y[O];
        const Vec G_Ks = p[g_Ks] * slow_rectifier_calcium(y[Ca_i]) * y[xs + xs1] * y[xs + xs2];
        const Vec G_Kb = p[g_Kb] / (1.0 + exp((V - 10.8968) * (-1 / 23.9871)));
        conductance = G_Na + G_NaL + G_to + G_Kr + G_Ks;

        const Exchanger exchanger(at, p);
        const Vec i_NaCa_i = 0.65 * p[K_NaCa] * exchanger.current(y[Na_i], y[Ca_i]);
        const Vec i_NaCa_ss = 0.35 * p[K_NaCa] * exchanger.current(y[Na_ss], y[Ca_ss]);
        const Vec i_NaK = p[P_NaK] * pump(at, y[Na_i], y[K_i], p);

        const Vec e20 = exp(V * 0.05);
        const LType ss = subspace_channels(at, e20, y, phi, p), in = cytosol_channels(at, e20, y, phi, p);
        const Vec i_bCa = p[P_bCa] * in.ghk_Ca, i_pCa = p[g_pCa] * y[Ca_i] / (y[Ca_i] + 0.0005);

        const Vec i_sodium = (G_Na + G_NaL) * (V - E_Na) + p[P_bNa] * ghk_monovalent(at, y[Na_i], p[Na_o]) + 3.0 * (i_NaCa_i + i_NaK)
                             + in.Na;
        const Vec i_potassium = (G_to + G_Kr + G_Kb) * (V - E_K) + inward_rectifier(V - E_K, p[g_K1]) + G_Ks * (V - E_Ks) - 2.0 * i_NaK
                                + in.K - stimulus;
        const Vec i_calcium = in.Ca + i_pCa + i_bCa - 2.0 * i_NaCa_i;
        const Vec i_ClCa = p[g_ClCa] * y[Ca_ss] / (y[Ca_ss] + 0.1) * (V - RT_F * log(y[Cl_ss] / p[Cl_o]));
        const Vec i_bCl = p[g_bCl] * (V - RT_F * log(y[Cl_i] / p[Cl_o]));
        dV = -(i_sodium + i_potassium + i_calcium + ss.Ca + ss.Na + ss.K + i_NaCa_ss + i_ClCa + i_bCl);

        rate[Na_ss] = -to_ss * (ss.Na + 3.0 * i_NaCa_ss);
        rate[K_ss] = -to_ss * ss.K;
        rate[Cl_ss] = to_ss * i_ClCa;
        rate[Na_i] = -to_myo * i_sodium;
        rate[K_i] = -to_myo * i_potassium;
        rate[Cl_i] = to_myo * i_bCl;
        exchange(y, Na_i, Na_ss, rate);
        exchange(y, K_i, K_ss, rate);
        exchange(y, Cl_i, Cl_ss, rate);
        calcium(y, -0.5 * to_myo * i_calcium, -0.5 * to_ss * (ss.Ca - 2.0 * i_NaCa_ss), phi, p, target, rate);
      }

      /// Diffusion of a monovalent ion between subspace and cytosol, in 2 ms.
      static void exchange(const Vec *y, const int in, const int ss, Vec *rate)
      {
        const Vec flux = 0.5 * (y[ss] - y[in]);
        rate[ss] -= flux;
        rate[in] += flux * (v_ss / v_myo);
      }

      /// @param x V - E_K. The published numerator's second term, exp(0.0618 (x - 594.31)), is below rounding.
      static Vec inward_rectifier(const Vec x, const double g)
      {
        const Vec shut = 1.0 + exp(-0.1629 * (x + 14.207));
        const Vec a = 4.094 * shut, b = 15.72 * exp(0.0674 * (x - 3.257)) * (1.0 + exp(0.1217 * (x - 49.934)));
        return g * x * a / (a + b);
      }

      /// Reticulum, subspace and cytosol with instantaneous buffers; free concentrations are the states.
      /// @param into_i, into_ss through the membrane (mM/ms)
      static void calcium(const Vec *y, const Vec into_i, const Vec into_ss, const Vec phi, const double *p, Vec *target, Vec *rate)
      {
        const Vec J_rel = p[V_rel] * (y[J_np] + phi * (y[J_p] - y[J_np]));
        const Vec J_up = p[V_up] * uptake(y[Ca_i], phi) - p[V_leak] * y[Ca_nsr];
        const Vec J_tr = (y[Ca_nsr] - y[Ca_jsr]) * (1.0 / 60);
        const Vec J_diff = (y[Ca_ss] - y[Ca_i]) * (1 / 0.2);

        Vec to_cytosol = into_i - J_up * (v_nsr / v_myo) + J_diff * (v_ss / v_myo), free;
        if constexpr (land)
          {
            const Vec drive = square(y[Ca_i] * (1 / 0.805e-3));
            rate[TRPN] = 0.1 * (drive * (1.0 - y[TRPN]) - y[TRPN]);
            to_cytosol -= 0.07 * rate[TRPN];
            free = unbuffered(y[Ca_i], p[calmodulin], 0.00238);
          }
        else
          free = unbuffered(y[Ca_i], p[calmodulin], 0.00238, 0.07, 0.0005);
        rate[Ca_i] = free * to_cytosol;
        const Vec into = into_ss + J_rel * (v_jsr / v_ss) - J_diff;
        rate[Ca_ss] = subspace_free(y[Ca_ss]) * into;
        target[Ca_ss] = subspace_free_slope(y[Ca_ss]) * into - subspace_free(y[Ca_ss]) * (1 / 0.2);
        rate[Ca_nsr] = J_up - J_tr * (v_jsr / v_nsr);
        rate[Ca_jsr] = unbuffered(y[Ca_jsr], 10.0, 0.8) * (J_tr - J_rel);
      }
    };
  }

  VIVICOR_KERNEL(tor_ord_dyncl, ToRORdDynCl<false>)
  VIVICOR_KERNEL(tor_ord_dyncl_land, ToRORdDynCl<true>)
}

#if VIVICOR_ISA == 2
#include <cmath>

namespace vivicor
{
  namespace
  {
    const std::string source = "Tomek et al. 2019, doi:10.7554/eLife.48890 and 2020, doi:10.1101/2020.06.01.127043";

    /// Factors on the endocardial cell's.
    struct Variant
    {
      double g_NaL, g_to, P_CaL, g_Kr, g_Ks, g_K1, K_NaCa, P_NaK, g_Kb, up, release, calmodulin, epicardial;
      double V; // mV, at rest
      std::vector<double> rest;
    };

    void declare(Schema &schema)
    {
      declare_common(schema);
      declare_scale(schema, "g_ClCa_scale", "calcium-activated chloride conductance");
      declare_scale(schema, "g_bCl_scale", "background chloride conductance");
      schema.quantity("Na_o", "140 mM", 50.0, 200.0, "Extracellular sodium concentration.", source);
      schema.quantity("K_o", "5 mM", 1.0, 20.0, "Extracellular potassium concentration.", source);
      schema.quantity("Ca_o", "1.8 mM", 0.1, 10.0, "Extracellular calcium concentration.", source);
      schema.quantity("Cl_o", "150 mM", 50.0, 200.0, "Extracellular chloride concentration.", source);
    }

    std::vector<double> kernel_parameters(const Variant &variant, const Parameters &deck)
    {
      const auto scaled = [&deck](const char *key, const double published) { return published * deck.quantity(key); };
      const double sodium = 1e-3 * deck.quantity("Na_o"), potassium = 1e-3 * deck.quantity("K_o"), calcium = 1e-3 * deck.quantity("Ca_o"),
                   chloride = 1e-3 * deck.quantity("Cl_o"); // mM
      const double root = std::sqrt(potassium / 5.0);

      std::vector<double> p(n_parameters);
      set_outside(p, sodium, potassium, calcium);
      p[g_Na] = scaled("g_Na_scale", 11.7802);
      p[g_NaL] = scaled("g_NaL_scale", 0.0279) * variant.g_NaL;
      p[g_to] = scaled("g_to_scale", 0.16) * variant.g_to;
      p[P_CaL] = scaled("g_CaL_scale", 8.3757e-5) * variant.P_CaL;
      p[g_Kr] = scaled("g_Kr_scale", 0.0321) * root * variant.g_Kr;
      p[g_Ks] = scaled("g_Ks_scale", 0.0011) * variant.g_Ks;
      p[g_K1] = scaled("g_K1_scale", 0.6992) * root * variant.g_K1;
      p[K_NaCa] = scaled("K_NaCa_scale", 0.0034) * variant.K_NaCa;
      p[P_NaK] = scaled("P_NaK_scale", 15.4509) * variant.P_NaK;
      p[g_Kb] = scaled("g_Kb_scale", 0.0189) * variant.g_Kb;
      p[P_bNa] = scaled("g_bNa_scale", 1.9239e-9);
      p[P_bCa] = scaled("g_bCa_scale", 5.9194e-8);
      p[g_pCa] = scaled("g_pCa_scale", 5e-4);
      p[g_ClCa] = scaled("g_ClCa_scale", 0.2843);
      p[g_bCl] = scaled("g_bCl_scale", 1.98e-3);
      p[V_up] = scaled("Vmax_up_scale", 0.005425) * variant.up;
      p[V_rel] = scaled("V_rel_scale", 1.5378);
      p[V_leak] = scaled("V_leak_scale", 0.0048825 / 15.0);
      p[release] = variant.release;
      p[calmodulin] = 0.05 * variant.calmodulin;
      p[epicardial] = variant.epicardial;
      p[Cl_o] = chloride;
      const double I = 0.0005 * (sodium + potassium + chloride + 4.0 * calcium);
      const double gamma = std::exp(-debye_hueckel * (std::sqrt(I) / (1.0 + std::sqrt(I)) - 0.3 * I));
      p[Na_activity] = gamma * sodium;
      p[K_activity] = gamma * potassium;
      p[Ca_activity] = std::pow(gamma, 4) * calcium;
      return p;
    }

    const std::vector<const char *> names = {
      "m",     "h",        "j",       "hp",   "jp",    "mL",  "hL",   "hLp",    "a",     "iF",   "iS",    "ap",     "iFp",    "iSp",   "ff",
      "fs",    "fcaf",     "fcas",    "ffp",  "fcafp", "d",   "jca",  "nca_ss", "nca_i", "xs1",  "xs2",   "C2",     "C3",     "O",     "I",
      "CaMKt", "J_rel_np", "J_rel_p", "Na_i", "Na_ss", "K_i", "K_ss", "Cl_i",   "Cl_ss", "Ca_i", "Ca_ss", "Ca_nsr", "Ca_jsr", "CaTRPN"};

    template <bool land>
    std::unique_ptr<IonicModel> create(const Kernel &kernel, const Variant &variant, const Parameters &deck)
    {
      using Cell = ToRORdDynCl<land>;
      std::vector<RestingState> states;
      for (int k = 0; k < Cell::n_states; ++k)
        states.push_back({names[k], variant.rest[k]});
      return std::make_unique<KernelModel>(kernel, states, Cell::kind, variant.V, Cell::Ca_i, 1000.0, kernel_parameters(variant, deck),
                                           CellTraits{.stimulus_amplitude = 53.0, .jumps = {-40.0}});
    }

    Registered<IonicModel> entry(const std::string &wall, const Variant &variant)
    {
      return {"tor_ord_dyncl_" + wall, "Human ventricular myocyte of 2020 with dynamic chloride, " + wall + "cardial variant.", source,
              declare, [variant](const Parameters &deck) { return create<false>(VIVICOR_BEST_KERNEL(tor_ord_dyncl), variant, deck); }};
    }

    Registered<IonicModel> land_entry(const std::string &wall, const Variant &variant)
    {
      return {"tor_ord_dyncl_land_" + wall,
              "ToR-ORd with the dynamic troponin of Land 2017 at the stretch of rest, " + wall + "cardial variant.",
              source + "; Margara et al. 2021, doi:10.1016/j.pbiomolbio.2020.06.007", declare,
              [variant](const Parameters &deck) { return create<true>(VIVICOR_BEST_KERNEL(tor_ord_dyncl_land), variant, deck); }};
    }

    // In the order of the names above: the cells' own cycles at 1 Hz just before a stimulus, of epi and mid as
    // published (C1 and C3 exchanged, see the theory page), of endo from this program. CaTRPN is at rest in that
    // calcium.
    // clang-format off
    const std::vector<double> endo_rest = {
      0.0005458144, 0.8615934, 0.8614553, 0.7262819, 0.8612594, 0.0001156165, 0.5825645, 0.3332251, 0.0008420241,
      0.9997155, 0.6031765, 0.0004290005, 0.9997155, 0.6686529, 1, 0.9407383, 1, 0.999901, 1, 1, 1e-30, 0.9999846,
      0.0004883738, 0.0008332737, 0.2426988, 0.0001446928, 0.000748628, 0.9983878, 0.0002412914, 7.750651e-06,
      0.01099541, 0, 0, 12.72664, 12.72698, 152.6674, 152.6674, 33.66908, 33.66905, 7.454464e-05, 6.491515e-05,
      1.529251, 1.526945, 0.008502229};
    // clang-format on
    const Variant endo{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, -90.568784, endo_rest};
    // clang-format off
    const std::vector<double> epi_rest = {
      0.0005253231, 0.8645148, 0.8644571, 0.7313656, 0.8643527, 0.0001117969, 0.5916536, 0.3476812, 0.0008320408,
      0.9997242, 0.9997235, 0.0004239121, 0.9997242, 0.9997241, 1, 0.9510602, 1, 0.9999377, 1, 1, 0, 0.9999886,
      0.0003049523, 0.0005272668, 0.2233584, 0.0001418247, 0.0007393045, 0.9984733, 0.0001787783, 5.678255e-06,
      0.01273541, 0, 0, 13.40062, 13.40094, 152.3639, 152.3638, 34.31721, 34.31719, 6.621816e-05, 5.749921e-05,
      1.806794, 1.805047, 0.006720997};
    // clang-format on
    const Variant epi{0.6, 2, 1.2, 1.3, 1.4, 1.2, 1.1, 0.9, 0.6, 1.3, 1, 1.3, 0.95, -90.74563, epi_rest};
    // clang-format off
    const std::vector<double> mid_rest = {
      0.0004619565, 0.8739077, 0.8737841, 0.7478972, 0.8735375, 9.987709e-05, 0.5986118, 0.3339899, 0.0007994042,
      0.9997514, 0.5702538, 0.0004072777, 0.9997514, 0.6351927, 1, 0.9183587, 1, 0.999754, 1, 1, 0, 0.9999743,
      0.000533652, 0.001257861, 0.2642293, 0.0001327348, 0.000708646, 0.9983451, 0.0003445733, 1.06423e-05, 0.0201882,
      0, 0, 15.94867, 15.94922, 156.7131, 156.713, 48.91277, 48.91274, 8.297576e-05, 6.642187e-05, 2.012225, 2.016415,
      0.01051286};
    // clang-format on
    const Variant mid{1, 2, 2, 0.8, 1, 1.3, 1.4, 0.7, 1, 1, 1.7, 1, 0, -91.33918, mid_rest};
    const Register<IonicModel> registered_endo{entry("endo", endo)}, registered_land_endo{land_entry("endo", endo)};
    const Register<IonicModel> registered_epi{entry("epi", epi)}, registered_land_epi{land_entry("epi", epi)};
    const Register<IonicModel> registered_mid{entry("mid", mid)}, registered_land_mid{land_entry("mid", mid)};

  }
}
#endif
