// Human cross-bridge model of Land et al. 2017 (doi:10.1016/j.yjmcc.2017.03.008), active part. With the stretch l,
// cut at 1.2, Ca50 = ca50 + beta1 (l - 1), U = 1 - TmB - XW - XS and rates in 1/ms:
//   CaTRPN' = ktrpn ((Ca/Ca50)^ntrpn (1 - CaTRPN) - CaTRPN)                           calcium on troponin C
//   TmB'    = kb min(100, CaTRPN^(-ntm/2)) U - ku CaTRPN^(ntm/2) TmB                   blocked tropomyosin
//   XW'     = kuw U - (kwu + kws + gamma_w |zw|) XW                                    weakly bound
//   XS'     = kws XW - (ksu + gamma_s max(zs, -zs - 1, 0)) XS                          strongly bound
//   zw'     = A l' - cw zw,   zs' = A l' - cs zs                                       their distortions
//   T       = h(l) Tref/rs ((1 + zs) XS + zw XW),   h = max(0, 1 + beta0 (l + min(l, 0.87) - 1.87)).
// Backward Euler. CaTRPN and the distortions are linear on their own; given them, so are TmB, XW and XS. Each step is
// therefore solved in closed form, keeps every population in [0, 1] for any step, and Dual carries dT/dl through it
// exactly.
#include "core/units.h"
#include "mechanics/active_tension/active_tension.h"
#include "mechanics/active_tension/dual.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    struct State
    {
      Dual CaTRPN, TmB, XW, XS, zw, zs;
    };

    class Land2017 : public ActiveTension
    {
    public:
      explicit Land2017(const Parameters &p);

      std::vector<std::string> state_names() const override { return {"CaTRPN", "TmB", "XW", "XS", "zw", "zs"}; }
      std::vector<double> rest() const override;
      double rest_calcium() const override { return resting; }

      void advance(std::size_t n, double dt, const double *calcium, const double *stretch_old, const double *stretch,
                   const double *state_old, double *state_new, double *tension, double *stiffness) const override;

    private:
      /// How many parts a step is cut into: from the old stretch only, so that T stays smooth in the new one.
      unsigned substeps(double dt, double calcium, double stretch_old, double CaTRPN) const;
      /// (Ca/Ca50)^ntrpn at a stretch.
      Dual binding(double calcium, const Dual &stretch) const;
      State step(const State &old, double dt, double calcium, const Dual &stretch, const Dual &rate) const;
      Dual tension_of(const State &state, const Dual &stretch) const;

      const double Tref, ca50, beta0, beta1, ktrpn, ntrpn, T50, ntm, ku, kuw, kws, rs, rw, gamma_s, gamma_w, phi, Aeff;
      const double resting, max_step, max_change;
      const double kwu, ksu, A, cw, cs, kb;
    };

    Land2017::Land2017(const Parameters &p)
      : Tref(p.quantity("Tref")),
        ca50(p.quantity("ca50")),
        beta0(p.quantity("beta0")),
        beta1(p.quantity("beta1")),
        ktrpn(p.quantity("ktrpn")),
        ntrpn(p.quantity("ntrpn")),
        T50(p.quantity("trpn50")),
        ntm(p.quantity("ntm")),
        ku(p.quantity("ku")),
        kuw(p.quantity("kuw")),
        kws(p.quantity("kws")),
        rs(p.quantity("rs")),
        rw(p.quantity("rw")),
        gamma_s(p.quantity("gamma_s")),
        gamma_w(p.quantity("gamma_w")),
        phi(p.quantity("phi")),
        Aeff(p.quantity("Aeff")),
        resting(p.quantity("rest_calcium")),
        max_step(p.quantity("max_step")),
        max_change(p.quantity("max_troponin_change")),
        kwu(kuw * (1. / rw - 1.) - kws),
        ksu(kws * rw * (1. / rs - 1.)),
        A(Aeff * rs / ((1. - rs) * rw + rs)),
        cw(phi * kuw * (1. - rs) * (1. - rw) / ((1. - rs) * rw)),
        cs(phi * kws * (1. - rs) * rw / rs),
        kb(ku * std::pow(T50, ntm) / ((1. - rs) * (1. - rw)))
    {
      if (kwu < 0.)
        throw UserError({"kuw (1/rw - 1) < kws", p.where("kws"), "the rate kwu of weakly bound bridges back to unbound would be negative",
                         "kws below " + in_unit(kuw * (1. / rw - 1.), "1/ms"), "lower kws or rw, or raise kuw"});
      if (ca50 + 0.2 * beta1 <= 0.)
        throw UserError({"ca50 + 0.2 beta1 <= 0", p.where("beta1"), "calcium sensitivity would be infinite at stretch 1.2",
                         "beta1 above " + in_unit(-5. * ca50, "uM"), "raise beta1 or ca50"});
    }

    std::vector<double> Land2017::rest() const
    {
      const double bound = binding(resting, 1.).value, CaTRPN = bound / (1. + bound), power = std::pow(CaTRPN, 0.5 * ntm);
      const double B = kb * std::min(100., 1. / power) / (ku * power), W = kuw / (kwu + kws),
                   S = kws / ksu * W; // over U
      const double U = 1. / (1. + B + W + S);
      return {CaTRPN, B * U, W * U, S * U, 0., 0.};
    }

    Dual Land2017::binding(const double calcium, const Dual &stretch) const
    {
      return pow(calcium / (ca50 + beta1 * (min(stretch, 1.2) - 1.)), ntrpn);
    }

    unsigned Land2017::substeps(const double dt, const double calcium, const double stretch_old, const double CaTRPN) const
    {
      const double bound = binding(calcium, stretch_old).value;
      const double change = dt * ktrpn * (bound * (1. - CaTRPN) - CaTRPN) / (1. + dt * ktrpn * (bound + 1.));
      const double wanted = std::ceil(std::max(dt / max_step * (1. - 1e-12), std::abs(change) / max_change));
      return wanted > 1. ? static_cast<unsigned>(std::min(wanted, 100.)) : 1; // NaN: one step, which passes it on
    }

    State Land2017::step(const State &old, const double dt, const double calcium, const Dual &stretch, const Dual &rate) const
    {
      State state;
      const Dual bound = binding(calcium, stretch);
      state.CaTRPN = (old.CaTRPN + dt * ktrpn * bound) / (1. + dt * ktrpn * (bound + 1.));
      state.zw = (old.zw + dt * A * rate) / (1. + dt * cw);
      state.zs = (old.zs + dt * A * rate) / (1. + dt * cs);

      const Dual to_U_from_S = ksu + gamma_s * max(max(state.zs, 0. - state.zs - 1.), 0.);
      const Dual from_W = kwu + kws + gamma_w * abs(state.zw);
      const Dual power = pow(state.CaTRPN, 0.5 * ntm);
      const Dual block = kb * min(100., 1. / power), unblock = ku * power;

      // Each population is a + b U; U then follows from U = 1 - TmB - XW - XS.
      const Dual aW = old.XW / (1. + dt * from_W), bW = dt * kuw / (1. + dt * from_W);
      const Dual keep_S = 1. + dt * to_U_from_S;
      const Dual aS = (old.XS + dt * kws * aW) / keep_S, bS = dt * kws * bW / keep_S;
      const Dual aB = old.TmB / (1. + dt * unblock), bB = dt * block / (1. + dt * unblock);
      const Dual U = (1. - aW - aS - aB) / (1. + bW + bS + bB);
      state.XW = aW + bW * U;
      state.XS = aS + bS * U;
      state.TmB = aB + bB * U;
      return state;
    }

    Dual Land2017::tension_of(const State &state, const Dual &stretch) const
    {
      const Dual l = min(stretch, 1.2);
      const Dual h = max(0., 1. + beta0 * (l + min(l, 0.87) - 1.87));
      return Tref / rs * h * ((1. + state.zs) * state.XS + state.zw * state.XW);
    }

    void Land2017::advance(const std::size_t n, const double dt, const double *calcium, const double *stretch_old, const double *stretch,
                           const double *state_old, double *state_new, double *tension, double *stiffness) const
    {
      for (std::size_t i = 0; i < n; ++i)
        {
          const auto old = [&](const std::size_t s) { return state_old[s * n + i]; };
          State state{old(0), old(1), old(2), old(3), old(4), old(5)};
          const unsigned parts = substeps(dt, calcium[i], stretch_old[i], old(0));
          const Dual rate = (Dual(stretch[i], 1.) - stretch_old[i]) / dt;
          Dual l;
          for (unsigned part = 1; part <= parts; ++part)
            {
              l = stretch_old[i] + part * dt / parts * rate;
              state = step(state, dt / parts, calcium[i], l, rate);
            }
          const Dual T = tension_of(state, l);
          tension[i] = T.value;
          stiffness[i] = T.slope;
          const Dual *const states[] = {&state.CaTRPN, &state.TmB, &state.XW, &state.XS, &state.zw, &state.zs};
          for (std::size_t s = 0; s < 6; ++s)
            state_new[s * n + i] = states[s]->value;
        }
    }

    void declare(Schema &schema)
    {
      const std::string source = "Land et al. 2017, doi:10.1016/j.yjmcc.2017.03.008";
      schema.quantity("Tref", "120 kPa", 0, 2000, "Tension at full activation and stretch 1 (atria: 80 kPa).", source);
      schema.quantity("ca50", "0.805 uM", 0.05, 10, "Calcium of half-occupied troponin at stretch 1 (atria: 0.86 uM).", source);
      schema.quantity("beta0", "2.3", 0, 10, "Slope of the overlap function h with stretch.", source);
      schema.quantity("beta1", "-2.4 uM", -20, 0, "Change of Ca50 with stretch: length-dependent activation.", source);
      schema.quantity("ktrpn", "0.1 1/ms", 1e-3, 10, "Unbinding rate of calcium from troponin C.", source);
      schema.quantity("ntrpn", "2", 0.5, 10, "Cooperativity of calcium binding to troponin C.", source);
      schema.quantity("trpn50", "0.35", 0.01, 0.99, "Troponin occupancy at which half of the cross-bridges are blocked.", source);
      schema.quantity("ntm", "5", 0.5, 20, "Cooperativity of tropomyosin.", source);
      schema.quantity("ku", "1 1/ms", 1e-3, 100, "Unblocking rate of tropomyosin.", source);
      schema.quantity("kuw", "0.182 1/ms", 1e-4, 10, "Rate of unbound to weakly bound.", source);
      schema.quantity("kws", "0.012 1/ms", 1e-5, 10, "Rate of weakly to strongly bound.", source);
      schema.quantity("rs", "0.25", 0.01, 0.99, "Steady duty ratio of the strongly bound state.", source);
      schema.quantity("rw", "0.5", 0.01, 0.99, "Steady ratio of weakly bound among the bridges not strongly bound.", source);
      schema.quantity("gamma_s", "0.0085 1/ms", 0, 10, "Loss of strongly bound bridges by distortion.", source);
      schema.quantity("gamma_w", "0.615 1/ms", 0, 100, "Loss of weakly bound bridges by distortion.", source);
      schema.quantity("phi", "2.23", 0.01, 100, "Scale of the decay of distortion.", source);
      schema.quantity("Aeff", "25", 0, 1000, "Instantaneous distortion per change of stretch.", source);
      schema.quantity("rest_calcium", "0.1 uM", 1e-3, 1, "Calcium at which the rest state is steady and the wall is inflated.",
                      "diastolic calcium of ten Tusscher & Panfilov 2006 and Courtemanche et al. 1998");
      schema.quantity("max_step", "1 ms", 1e-3, 100, "Longest inner step of the local solve.");
      schema.quantity("max_troponin_change", "0.05", 1e-4, 1, "Largest change of troponin occupancy in an inner step.");
    }

    const Register<ActiveTension> registered{{"land_2017", "Human cross-bridge kinetics with length and velocity dependence.",
                                              "Land et al. 2017, doi:10.1016/j.yjmcc.2017.03.008", declare,
                                              [](const Parameters &p) { return std::make_unique<Land2017>(p); }}};
  }
}
