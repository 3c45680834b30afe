// Human ventricular action potential in four equations; epicardial, endocardial and midmyocardial.
// Bueno-Orovio, Cherry and Fenton 2008, J. Theor. Biol. 253:544, doi:10.1016/j.jtbi.2008.03.029: V = 85.7 u - 84 mV.
// Theory: docs/theory/bueno_orovio_2008.md.
#include "electrophysiology/ionic_models/kernel.h"

namespace vivicor
{
  namespace
  {
    /// As in the paper's table 1; times in ms, the rest dimensionless. `g_`: factors on the three currents.
    enum Parameter {
      u_o,
      u_u,
      theta_v,
      theta_w,
      theta_v_minus,
      theta_o,
      tau_v1_minus,
      tau_v2_minus,
      tau_v_plus,
      tau_w1_minus,
      tau_w2_minus,
      k_w_minus,
      u_w_minus,
      tau_w_plus,
      tau_fi,
      tau_o1,
      tau_o2,
      tau_so1,
      tau_so2,
      k_so,
      u_so,
      tau_s1,
      tau_s2,
      k_s,
      u_s,
      tau_si,
      tau_w_infinity,
      w_infinity,
      n_published,
      g_fi = n_published,
      g_so,
      g_si,
      n_parameters
    };

    struct BuenoOrovio2008
    {
      enum { v, w, s, n_states };
      static constexpr StateKind kind[n_states] = {StateKind::gate, StateKind::gate, StateKind::gate};
      static constexpr double unit_V = 85.7, rest_V = -84.0; // mV

      static Vec dimensionless(const Vec V) { return (V - rest_V) * (1.0 / unit_V); }

      static void gates(const Vec V, const Vec *, const double *p, Vec *target, Vec *rate)
      {
        const Vec u = dimensionless(V);
        const Mask fired = u >= p[theta_v], up = u >= p[theta_w], above_o = u >= p[theta_o];

        target[v] = u < p[theta_v_minus] ? Vec{} + 1.0 : Vec{};
        rate[v] = fired                  ? Vec{} + 1.0 / p[tau_v_plus]
                  : u < p[theta_v_minus] ? Vec{} + 1.0 / p[tau_v1_minus]
                                         : Vec{} + 1.0 / p[tau_v2_minus];
        target[v] = fired ? Vec{} : target[v];

        const Vec recovering = above_o ? Vec{} + p[w_infinity] : 1.0 - u * (1.0 / p[tau_w_infinity]);
        target[w] = up ? Vec{} : recovering;
        const Vec tau_w = between(p[tau_w1_minus], p[tau_w2_minus], p[k_w_minus], u - p[u_w_minus]);
        rate[w] = up ? Vec{} + 1.0 / p[tau_w_plus] : 1.0 / tau_w;

        target[s] = between(0.0, 1.0, p[k_s], u - p[u_s]);
        rate[s] = up ? Vec{} + 1.0 / p[tau_s2] : Vec{} + 1.0 / p[tau_s1];
      }

      static void currents(const Vec V, const Vec *y, const Vec stimulus, const double *p, Vec *, Vec *, Vec &dV, Vec &conductance)
      {
        const Vec u = dimensionless(V), none{};
        const Mask up = u >= p[theta_w], above_o = u >= p[theta_o];
        const Vec G_fi = p[g_fi] / p[tau_fi] * (u >= p[theta_v] ? y[v] : none);
        const Vec J_fi = -G_fi * (u - p[theta_v]) * (p[u_u] - u);
        const Vec leak = p[g_so] * (above_o ? none + 1.0 / p[tau_o2] : none + 1.0 / p[tau_o1]);
        const Vec J_so = up ? p[g_so] / between(p[tau_so1], p[tau_so2], p[k_so], u - p[u_so]) : leak * (u - p[u_o]);
        const Vec J_si = up ? -p[g_si] / p[tau_si] * y[w] * y[s] : none;
        dV = stimulus - unit_V * (J_fi + J_so + J_si);

        const Vec slope = G_fi * (2.0 * u - p[theta_v] - p[u_u]);
        conductance = (slope > 0.0 ? slope : none) + (up ? none : leak);
      }

    private:
      /// first + (second - first) (1 + tanh(k x)) / 2
      static Vec between(const double first, const double second, const double k, const Vec x)
      {
        return first + (second - first) / (1.0 + exp(-2.0 * k * x));
      }
    };
  }

  VIVICOR_KERNEL(bueno_orovio_2008, BuenoOrovio2008)
}

#if VIVICOR_ISA == 2
#include "electrophysiology/ionic_models/kernel_model.h"

#include <sstream>

namespace vivicor
{
  namespace
  {
    const std::string source = "Bueno-Orovio, Cherry and Fenton 2008, doi:10.1016/j.jtbi.2008.03.029";

    /// Names of the published parameters in the deck, in the order of the enumeration.
    const char *const names[n_published] = {"u_o",          "u_u",          "theta_v",        "theta_w",      "theta_v_minus", "theta_o",
                                            "tau_v1_minus", "tau_v2_minus", "tau_v_plus",     "tau_w1_minus", "tau_w2_minus",  "k_w_minus",
                                            "u_w_minus",    "tau_w_plus",   "tau_fi",         "tau_o1",       "tau_o2",        "tau_so1",
                                            "tau_so2",      "k_so",         "u_so",           "tau_s1",       "tau_s2",        "k_s",
                                            "u_s",          "tau_si",       "tau_w_infinity", "w_infinity"};

    bool is_time(const Parameter k)
    {
      return std::string(names[k]).starts_with("tau_") && k != tau_w_infinity;
    }

    // The model is made to be fitted, so that every parameter may stand in a deck.
    void declare(const std::vector<double> &published, Schema &schema)
    {
      for (unsigned k = 0; k < n_published; ++k)
        {
          const bool time = is_time(static_cast<Parameter>(k));
          std::ostringstream text;
          text << published[k] << (time ? " ms" : "");
          schema.quantity(names[k], text.str(), time || k == tau_w_infinity ? 1e-4 : 0.0, 1e4,
                          std::string("Parameter ") + names[k] + " of the paper's table 1.", source);
        }
      declare_scale(schema, "g_fi_scale", "fast inward current (sodium)");
      declare_scale(schema, "g_so_scale", "slow outward current (potassium)");
      declare_scale(schema, "g_si_scale", "slow inward current (calcium)");
    }

    std::unique_ptr<IonicModel> create(const Parameters &deck)
    {
      std::vector<double> p(n_parameters);
      for (unsigned k = 0; k < n_published; ++k)
        p[k] = deck.quantity(names[k]);
      p[g_fi] = deck.quantity("g_fi_scale");
      p[g_so] = deck.quantity("g_so_scale");
      p[g_si] = deck.quantity("g_si_scale");
      using Cell = BuenoOrovio2008;
      CellTraits traits{.stimulus_amplitude = 0.5 * Cell::unit_V};
      for (const Parameter threshold : {theta_v, theta_w, theta_v_minus, theta_o})
        traits.jumps.push_back(Cell::rest_V + Cell::unit_V * p[threshold]);
      return std::make_unique<KernelModel>(VIVICOR_BEST_KERNEL(bueno_orovio_2008),
                                           std::vector<RestingState>{{"v", 1.0}, {"w", 1.0}, {"s", 0.0}}, Cell::kind, Cell::rest_V,
                                           IonicModel::no_calcium, 0.0, std::move(p), traits);
    }

    Registered<IonicModel> entry(const std::string &wall, const std::vector<double> &published)
    {
      return {"bueno_orovio_2008_" + wall, "Minimal human ventricular model, 4 equations, " + wall + "cardial set.", source,
              [published](Schema &schema) { declare(published, schema); }, create};
    }

    // Table 1 of the paper, in the order of the enumeration.
    const Register<IonicModel> epi{
      entry("epi", {0.0,  1.55,  0.3, 0.13,    0.006,  0.006,  60.0, 1150.0, 1.4506, 60.0,   15.0,   65.0,   0.03, 200.0,
                    0.11, 400.0, 6.0, 30.0181, 0.9957, 2.0458, 0.65, 2.7342, 16.0,   2.0994, 0.9087, 1.8875, 0.07, 0.94})};
    const Register<IonicModel> endo{
      entry("endo", {0.0, 1.56,  0.3, 0.13, 0.2, 0.006, 75.0, 10.0,   1.4506, 6.0,    140.0,  200.0,  0.016,  280.0,
                     0.1, 470.0, 6.0, 40.0, 1.2, 2.0,   0.65, 2.7342, 2.0,    2.0994, 0.9087, 2.9013, 0.0273, 0.78})};
    const Register<IonicModel> mid{
      entry("mid", {0.0,   1.61,  0.3, 0.13, 0.1, 0.005, 80.0, 1.4506, 1.4506, 70.0,   8.0,    200.0,  0.016, 280.0,
                    0.078, 410.0, 7.0, 91.0, 0.8, 2.1,   0.6,  2.7342, 4.0,    2.0994, 0.9087, 3.3849, 0.01,  0.5})};
  }
}
#endif
