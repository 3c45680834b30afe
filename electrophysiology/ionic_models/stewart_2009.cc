// Human Purkinje fibre cell, which fires by itself.
// Stewart, Aslanidi, Noble, Noble, Boyett and Zhang 2009, Phil. Trans. R. Soc. A 367:2225, doi:10.1098/rsta.2008.0283,
// made from the ventricular cell of ten Tusscher and Panfilov 2006. Currents in pA/pF, concentrations in mM, time in
// ms, V in mV. Theory: docs/theory/stewart_2009.md.
#include "electrophysiology/ionic_models/ten_tusscher_parts.h"

namespace vivicor
{
  namespace
  {
    using namespace ten_tusscher;

    /// Places in the parameter array of the kernel after the shared ones.
    enum PurkinjeParameter { g_sus = n_shared_parameters, g_fNa, g_fK, n_parameters };

    struct Stewart2009 : ten_tusscher::Cell
    {
      enum { y_f = n_shared_states, n_states };
      static constexpr StateKind kind[n_states] = {gate, gate, gate,  gate,  gate,  gate, gate,  gate,  gate, gate,
                                                   gate, gate, plain, plain, plain, gate, plain, plain, gate};

      static void gates(const Vec V, const Vec *y, const double *, Vec *target, Vec *rate)
      {
        rectifier_gates(V, exp(V * 0.05), exp(V * (-1.0 / 6)), target, rate);
        sodium_gates(V, target, rate);
        calcium_gates(V, y, target, rate);

        const Vec e13 = exp(V * (1.0 / 13));
        target[r] = rising(e13, __builtin_exp(20.0 / 13));
        rate[r] = 1.0 / (10.45 * exp(square(V + 40.0) * (-1.0 / 1800)) + 7.3);
        target[s] = falling(e13, __builtin_exp(-27.0 / 13));
        rate[s] = 1.0 / (85.0 * exp(square(V + 25.0) * (-1.0 / 320)) + 5.0 / (1.0 + exp((V - 40.0) * 0.2)) + 42.0);

        target[y_f] = 1.0 / (1.0 + exp((V + 80.6) * (1 / 6.8)));
        rate[y_f] = (exp(-2.9 - 0.04 * V) + exp(3.6 + 0.11 * V)) * (1.0 / 4000);
      }

      /// Currents, concentrations and dV/dt.
      static void currents(const Vec V, const Vec *y, const Vec stimulus, const double *p, Vec *, Vec *rate, Vec &dV, Vec &conductance)
      {
        Currents i(V, y, p);
        const Vec i_K1 = p[g_K1] * (V - 8.0 - i.E_K) / (1.0 + exp(0.1 * (V + 75.44)));
        const Vec G_sus = p[g_sus] / (1.0 + exp((5.0 - V) * (1.0 / 17)));
        i.potassium += i_K1 + (G_sus + p[g_fK] * y[y_f]) * (V - i.E_K) - stimulus;
        i.sodium += p[g_fNa] * y[y_f] * (V - i.E_Na);
        conductance = i.conductance + G_sus;
        dV = -i.total();
        concentrations(y, i, p, rate);
      }
    };
  }

  VIVICOR_KERNEL(stewart_2009, Stewart2009)
}

#if VIVICOR_ISA == 2
namespace vivicor
{
  namespace
  {
    const std::string source = "Stewart et al. 2009, doi:10.1098/rsta.2008.0283";

    void declare(Schema &schema)
    {
      declare_common(schema, source);
      declare_scale(schema, "g_f_scale", "hyperpolarisation-activated conductance (funny current)");
      declare_scale(schema, "g_sus_scale", "sustained outward potassium conductance");
    }

    std::unique_ptr<IonicModel> create(const Parameters &deck)
    {
      std::vector<double> p(n_parameters);
      set_common(p, {.Na = 130.5744, .K1 = 0.065, .to = 0.08184, .Kr = 0.0918, .Ks = 0.2352}, deck);
      p[g_sus] = 0.0227 * deck.quantity("g_sus_scale");
      p[g_fNa] = 0.0145654 * deck.quantity("g_f_scale");
      p[g_fK] = 0.0234346 * deck.quantity("g_f_scale");

      // The published CellML file's, of a cell that fires on its own, late in diastole.
      const double rest[Stewart2009::n_states] = {
        0.00550282, 0.31321329,   0.009537085,   0.041739166, 0.19067873,    0.23821984, 0.00028790626, 0.98932856, 0.99547489, 0.99995543,
        0.96386102, 0.0010361809, 0.00010187819, 3.1083689,   0.00044681871, 0.99158005, 8.8042029,     136.78189,  0.045756267};
      std::vector<RestingState> states;
      for (int k = 0; k < Stewart2009::n_states; ++k)
        states.push_back({k < Stewart2009::n_shared_states ? shared_names[k] : "y", rest[k]});
      return std::make_unique<KernelModel>(VIVICOR_BEST_KERNEL(stewart_2009), states, Stewart2009::kind, -69.1370442, Stewart2009::Ca_i,
                                           1000.0, p, CellTraits{.longest_step = 0.02, .self_firing = true, .jumps = {-40.0}});
    }

    const Register<IonicModel> registered{
      {"stewart_2009", "Human Purkinje fibre cell, 20 equations, fires by itself about once a second.", source, declare, create}};
  }
}
#endif
