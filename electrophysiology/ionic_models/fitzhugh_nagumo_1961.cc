// The two equations that all excitable membranes share.
// FitzHugh 1961, Biophys. J. 1:445, doi:10.1016/S0006-3495(61)86902-6, with his constants; Nagumo, Arimoto and
// Yoshizawa 1962, doi:10.1109/JRPROC.1962.288235. Dimensionless, scaled to mV and ms. Theory:
// docs/theory/fitzhugh_nagumo_1961.md.
#include "electrophysiology/ionic_models/kernel.h"

namespace vivicor
{
  namespace
  {
    enum Parameter {
      a,
      b,
      phi,
      unit_V,     // mV of one unit of v
      offset_V,   // mV where v = 0
      per_unit_t, // 1 / (ms of one unit of time)
      n_parameters
    };

    ///   dv/dt = v - v^3/3 - w + I,  dw/dt = phi (v + a - b w)
    struct FitzHughNagumo1961
    {
      enum { w, n_states };
      static constexpr StateKind kind[n_states] = {StateKind::plain};

      static void gates(const Vec, const Vec *, const double *, Vec *, Vec *) {}

      static void currents(const Vec V, const Vec *y, const Vec stimulus, const double *p, Vec *, Vec *rate, Vec &dV, Vec &conductance)
      {
        const Vec v = (V - p[offset_V]) * (1.0 / p[unit_V]);
        const Vec slope = square(v) - 1.0;
        conductance = p[per_unit_t] * (slope > 0.0 ? slope : Vec{});
        dV = stimulus + p[unit_V] * p[per_unit_t] * (v - cube(v) * (1.0 / 3) - y[w]);
        rate[w] = p[per_unit_t] * p[phi] * (v + p[a] - p[b] * y[w]);
      }
    };
  }

  VIVICOR_KERNEL(fitzhugh_nagumo_1961, FitzHughNagumo1961)
}

#if VIVICOR_ISA == 2
#include "electrophysiology/ionic_models/kernel_model.h"

#include <cmath>

namespace vivicor
{
  namespace
  {
    const std::string source = "FitzHugh 1961, doi:10.1016/S0006-3495(61)86902-6";

    void declare(Schema &schema)
    {
      schema.quantity("a", "0.7", 0.0, 2.0, "Constant of the recovery equation: how far rest lies from the fold.", source);
      schema.quantity("b", "0.8", 0.0, 2.0, "Constant of the recovery equation: slope of its nullcline.", source);
      schema.quantity("phi", "0.08", 1e-4, 1.0, "Rate of recovery against excitation.", source);
      schema.quantity("V_unit", "30 mV", 1.0, 100.0, "Millivolts of one unit of the excitation variable.",
                      "chosen here, for an upstroke from -75 to about 20 mV");
      schema.quantity("V_zero", "-39 mV", -100.0, 100.0, "Potential where the excitation variable is zero.",
                      "chosen here, for an upstroke from -75 to about 20 mV");
      schema.quantity("t_unit", "10 ms", 0.1, 100.0, "Milliseconds of one unit of time.",
                      "chosen here, for an action potential of some 300 ms");
    }

    /// Where v^3/3 + (1/b - 1) v + a/b = 0, the nullclines' crossing: by Newton, from the left.
    double rest_of(const double a, const double b)
    {
      double v = -2.0;
      for (int i = 0; i < 100; ++i)
        v -= (b * (v - v * v * v / 3) - v - a) / (b * (1 - v * v) - 1);
      return v;
    }

    std::unique_ptr<IonicModel> create(const Parameters &deck)
    {
      std::vector<double> p(n_parameters);
      p[a] = deck.quantity("a");
      p[b] = deck.quantity("b");
      p[phi] = deck.quantity("phi");
      p[unit_V] = deck.quantity("V_unit");
      p[offset_V] = deck.quantity("V_zero");
      p[per_unit_t] = 1.0 / deck.quantity("t_unit");
      const double v = rest_of(p[a], p[b]), V = p[offset_V] + p[unit_V] * v;
      const CellTraits traits{.stimulus_amplitude = 1.2 * p[unit_V], .cycle_length = 120.0 / p[per_unit_t]};
      return std::make_unique<KernelModel>(VIVICOR_BEST_KERNEL(fitzhugh_nagumo_1961), std::vector<RestingState>{{"w", v - v * v * v / 3}},
                                           FitzHughNagumo1961::kind, V, IonicModel::no_calcium, 0.0, std::move(p), traits);
    }

    const Register<IonicModel> registered{
      {"fitzhugh_nagumo_1961", "FitzHugh's and Nagumo's two equations, scaled to mV; no currents to block.", source, declare, create}};
  }
}
#endif
