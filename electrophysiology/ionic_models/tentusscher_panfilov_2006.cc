// Human ventricular myocyte, epicardial, endocardial and midmyocardial.
// ten Tusscher and Panfilov 2006, Am. J. Physiol. Heart Circ. Physiol. 291:H1088, doi:10.1152/ajpheart.00109.2006.
// Currents in pA/pF, concentrations in mM, time in ms, V in mV. Theory: docs/theory/tentusscher_panfilov_2006.md.
#include "electrophysiology/ionic_models/ten_tusscher_parts.h"

namespace vivicor
{
  namespace
  {
    using namespace ten_tusscher;

    /// Places in the parameter array of the kernel after the shared ones: the gate s, which differs between the cells.
    enum WallParameter {
      s_half = n_shared_parameters, // exp(-V_half / 5 mV)
      tau_s_amplitude,
      tau_s_centre,
      tau_s_width, // -1 / mV^2
      tau_s_late,
      tau_s_base,
      n_parameters
    };

    struct TenTusscherPanfilov2006 : ten_tusscher::Cell
    {
      static constexpr int n_states = n_shared_states;
      static constexpr StateKind kind[n_states] = {gate, gate, gate, gate,  gate,  gate,  gate, gate,  gate,
                                                   gate, gate, gate, plain, plain, plain, gate, plain, plain};

      static void gates(const Vec V, const Vec *y, const double *p, Vec *target, Vec *rate)
      {
        const Vec e20 = exp(V * 0.05), e6 = exp(V * (-1.0 / 6)), e5 = square(square(e20));
        rectifier_gates(V, e20, e6, target, rate);
        sodium_gates(V, target, rate);
        calcium_gates(V, y, target, rate);

        target[r] = 1.0 / (1.0 + __builtin_exp(20.0 / 6) * e6);
        rate[r] = 1.0 / (9.5 * exp(square(V + 40.0) * (-1.0 / 1800)) + 0.8);

        target[s] = 1.0 / (1.0 + p[s_half] * e5);
        rate[s] = 1.0
                  / (p[tau_s_amplitude] * exp(square(V + p[tau_s_centre]) * p[tau_s_width])
                     + p[tau_s_late] / (1.0 + __builtin_exp(-4.0) * e5) + p[tau_s_base]);
      }

      /// Currents, concentrations and dV/dt.
      static void currents(const Vec V, const Vec *y, const Vec stimulus, const double *p, Vec *, Vec *rate, Vec &dV, Vec &conductance)
      {
        Currents i(V, y, p);
        i.potassium += p[g_K1] * inward_rectification(V - i.E_K) * (V - i.E_K) - stimulus;
        conductance = i.conductance;
        dV = -i.total();
        concentrations(y, i, p, rate);
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
    };
  }

  VIVICOR_KERNEL(tentusscher_panfilov_2006, TenTusscherPanfilov2006)
}

#if VIVICOR_ISA == 2
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
      declare_common(schema, source);
    }

    std::vector<double> kernel_parameters(const Variant &variant, const Parameters &deck)
    {
      std::vector<double> p(n_parameters);
      set_common(
        p, {.Na = 14.838, .K1 = 5.405 * std::sqrt(1e-3 * deck.quantity("K_o") / 5.4), .to = variant.g_to, .Kr = 0.153, .Ks = variant.g_Ks},
        deck);
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
      std::vector<RestingState> states;
      for (int k = 0; k < Cell::n_states; ++k)
        states.push_back({shared_names[k], variant.rest[k]});
      return std::make_unique<KernelModel>(VIVICOR_BEST_KERNEL(tentusscher_panfilov_2006), states, Cell::kind, variant.V, Cell::Ca_i,
                                           1000.0, kernel_parameters(variant, deck), CellTraits{.jumps = {-40.0}});
    }

    Registered<IonicModel> entry(const std::string &wall, const Variant &variant)
    {
      return {"tentusscher_panfilov_2006_" + wall, "Human ventricular myocyte of 2006, 19 equations, " + wall + "cardial variant.", source,
              declare, [variant](const Parameters &deck) { return create(variant, deck); }};
    }

    // Resting states in the order of the names above: those of the published cells (CellML).
    const Register<IonicModel> epi{entry("epi", {0.294,
                                                 0.392,
                                                 -20.0,
                                                 {85.0, 45.0, 320.0, 5.0, 3.0},
                                                 -85.23,
                                                 {0.00621, 0.4712, 0.0095, 0.00172, 0.7444, 0.7045, 3.373e-5, 0.7888, 0.9755, 0.9953,
                                                  0.999998, 2.42e-8, 0.000126, 3.64, 0.00036, 0.9073, 8.604, 136.89}})};
    const Register<IonicModel> endo{entry("endo", {0.073,
                                                   0.392,
                                                   -28.0,
                                                   {1000.0, 67.0, 1000.0, 0.0, 8.0},
                                                   -86.709,
                                                   {0.00448, 0.476, 0.0087, 0.00155, 0.7573, 0.7225, 3.164e-5, 0.8009, 0.9778, 0.9953,
                                                    0.3212, 2.235e-8, 0.00013, 3.715, 0.00036, 0.9068, 10.355, 138.4}})};
    const Register<IonicModel> mid{entry("mid", {0.294,
                                                 0.098,
                                                 -20.0,
                                                 {85.0, 45.0, 320.0, 5.0, 3.0},
                                                 -85.423,
                                                 {0.0165, 0.473, 0.0174, 0.00165, 0.749, 0.6788, 3.288e-5, 0.7026, 0.9526, 0.9942, 0.999998,
                                                  2.347e-8, 0.000153, 4.272, 0.00042, 0.8978, 10.132, 138.52}})};
  }
}
#endif
