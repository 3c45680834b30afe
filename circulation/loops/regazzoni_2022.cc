// Closed loop of Regazzoni et al. 2022 (doi:10.1016/j.jcp.2022.111083): systemic and pulmonary arteries and veins, each
// a compliance, a resistance and an inertance, and four valves. For each of the two sides (a: arteries, v: veins):
//   C_a p_a' = Q_out - Q_a,   L_a Q_a' = p_a - p_v - R_a Q_a,
//   C_v p_v' = Q_a - Q_v,     L_v Q_v' = p_v - p_atrium - R_v Q_v,
// where Q_out is the flow out of the ventricle. Chambers: V_LV' = Q_mitral - Q_aortic, V_LA' = Q_v(pulmonary) -
// Q_mitral and so on. Backward Euler. For given chamber pressures the two sides are independent of each other, and each
// is linear but for its outlet valve, so that it comes down to one monotone equation for p_a.
#include "circulation/circulation.h"
#include "circulation/valves/smooth_diode.h"
#include "core/error.h"
#include "core/units.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    enum Chamber { LV, RV, LA, RA }; // the order of chamber_names

    struct Vessels
    {
      double R_a, C_a, L_a, R_v, C_v, L_v; ///< kPa ms/mm^3, mm^3/kPa, kPa ms^2/mm^3
    };

    struct Side
    {
      double p_a = 0., p_v = 0., Q_a = 0., Q_v = 0.; ///< kPa, mm^3/ms
    };

    /// A side at the end of a step: its outflow from the ventricle, and derivatives in both chamber pressures.
    struct SideStep
    {
      Side end;
      double Q_out = 0.;
      double dQ_out_dventricle = 0., dQ_out_datrium = 0., dQ_v_dventricle = 0., dQ_v_datrium = 0.;
    };

    /// The linear part of a side at the end of the step, once p_v, Q_a and Q_v are eliminated: each is a value plus a
    /// slope times p_a.
    struct LinearChain
    {
      double p_v, Q_a, Q_v;                            // at p_a = 0
      double dp_v, dQ_a, dQ_v;                         // per p_a
      double dp_v_datrium, dQ_a_datrium, dQ_v_datrium; // per p_atrium

      LinearChain(const Vessels &vessels, const double dt, const Side &old, const double p_atrium)
      {
        const double y_a = 1. / (vessels.L_a / dt + vessels.R_a), y_v = 1. / (vessels.L_v / dt + vessels.R_v);
        const double c = vessels.C_v / dt;
        // c (p_v - p_v0) = Q_a - Q_v, Q_a = y_a (L_a/dt Q_a0 + p_a - p_v), Q_v = y_v (L_v/dt Q_v0 + p_v - p_atrium)
        const double q_a = y_a * vessels.L_a / dt * old.Q_a, q_v = y_v * (vessels.L_v / dt * old.Q_v - p_atrium);
        const double sum = c + y_a + y_v;
        p_v = (c * old.p_v + q_a - q_v) / sum;
        dp_v = y_a / sum;
        dp_v_datrium = y_v / sum;
        Q_a = q_a - y_a * p_v;
        dQ_a = y_a * (1. - dp_v);
        dQ_a_datrium = -y_a * dp_v_datrium;
        Q_v = q_v + y_v * p_v;
        dQ_v = y_v * dp_v;
        dQ_v_datrium = y_v * (dp_v_datrium - 1.);
      }
    };

    /// Solves C_a/dt d + Q_a(d) = Q_out(p_ventricle - p_a0 - d) for the increment d = p_a - p_a0. The left side rises
    /// with d and the right side falls (but for a leak of 1e-5 mL/s in the valve law). Newton's method, and bisection
    /// where its step leaves the bracket or does not halve the last one.
    SideStep advance_side(const Vessels &vessels, const SmoothDiode &valve, const double dt, const Side &old, const double p_ventricle,
                          const double p_atrium)
    {
      const LinearChain chain(vessels, dt, old, p_atrium);
      const double c = vessels.C_a / dt, k = c + chain.dQ_a, Q_0 = chain.Q_a + chain.dQ_a * old.p_a, head = p_ventricle - old.p_a;

      // Without outflow the increment would be -Q_0/k; outflow only lifts it, and never above the ventricle.
      double left = std::min(-Q_0 / k, head), right = std::max(-Q_0 / k, head), d = std::clamp(0., left, right);
      double last_move = right - left;
      bool converged = false;
      for (int iteration = 0; iteration < 200 && !converged; ++iteration)
        {
          const ValveFlow out = valve(head - d);
          const double r = k * d + Q_0 - out.flow;
          (r > 0. ? right : left) = d;
          const double newton = d - r / (k + out.slope);
          const bool good = newton >= left && newton <= right && std::abs(newton - d) <= 0.5 * last_move;
          const double next = good ? newton : 0.5 * (left + right);
          last_move = std::abs(next - d);
          converged = last_move <= 1e-15 * (std::abs(d) + std::abs(head)); // the round-off of head - d
          d = next;
        }
      if (!converged)
        throw StepFailed("circulation: the outlet valve's equation does not converge (chamber pressures " + in_unit(p_ventricle, "kPa")
                         + " and " + in_unit(p_atrium, "kPa") + ")");

      SideStep step;
      const double p_a = old.p_a + d;
      step.end = {p_a, chain.p_v + chain.dp_v * p_a, Q_0 + chain.dQ_a * d, chain.Q_v + chain.dQ_v * p_a};
      step.Q_out = c * d + step.end.Q_a; // what the artery has taken up: blood is conserved to round-off
      const double slope = valve(head - d).slope, dp_dventricle = slope / (k + slope), dp_datrium = -chain.dQ_a_datrium / (k + slope);
      step.dQ_out_dventricle = k * dp_dventricle;
      step.dQ_out_datrium = k * dp_datrium + chain.dQ_a_datrium;
      step.dQ_v_dventricle = chain.dQ_v * dp_dventricle;
      step.dQ_v_datrium = chain.dQ_v * dp_datrium + chain.dQ_v_datrium;
      return step;
    }

    class Regazzoni2022 : public Circulation
    {
    public:
      explicit Regazzoni2022(const Parameters &parameters);

      const std::vector<std::string> &chambers() const override { return all_chambers; }
      std::vector<std::string> state_names() const override
      {
        return {"systemic_arterial_pressure",  "systemic_venous_pressure",  "systemic_arterial_flow",  "systemic_venous_flow",
                "pulmonary_arterial_pressure", "pulmonary_venous_pressure", "pulmonary_arterial_flow", "pulmonary_venous_flow"};
      }
      std::vector<double> initial() const override { return start; }
      Chambers initial_pressures() const override { return start_pressures; }
      Step advance(double t, double dt, const std::vector<double> &state, const Chambers &volume, const Chambers &pressure) const override;
      Rate rate(double t, const std::vector<double> &state, const Chambers &pressure) const override;
      double stored_volume(const std::vector<double> &state) const override;
      std::vector<Report> report(double t, const std::vector<double> &state, const Chambers &pressure) const override;

    private:
      const std::vector<std::string> all_chambers{chamber_names.begin(), chamber_names.end()};
      Vessels systemic, pulmonary;
      SmoothDiode mitral, aortic, tricuspid, pulmonary_valve;
      std::vector<double> start;
      Chambers start_pressures;
    };

    Vessels read_vessels(const Parameters &p)
    {
      return {p.quantity("arterial_resistance"), p.quantity("arterial_compliance"), p.quantity("arterial_inertance"),
              p.quantity("venous_resistance"),   p.quantity("venous_compliance"),   p.quantity("venous_inertance")};
    }

    Regazzoni2022::Regazzoni2022(const Parameters &parameters)
      : systemic(read_vessels(parameters.section("systemic"))), pulmonary(read_vessels(parameters.section("pulmonary")))
    {
      const Parameters valves = parameters.section("valves"), initial = parameters.section("initial");
      const auto valve = [&](const std::string &name) {
        const SmoothDiode diode{valves.quantity(name + "_resistance"), valves.quantity("closed_resistance"), valves.quantity("width")};
        if (diode.R_open >= diode.R_closed)
          throw UserError({"the open valve resists more than a closed one", valves.where(name + "_resistance"),
                           "a valve must let blood pass when it is open", "below closed_resistance", "lower it"});
        return diode;
      };
      mitral = valve("mitral");
      aortic = valve("aortic");
      tricuspid = valve("tricuspid");
      pulmonary_valve = valve("pulmonary");
      for (const auto &name : state_names())
        start.push_back(initial.quantity(name));
      for (const std::string &chamber : all_chambers)
        start_pressures.push_back(initial.quantity(chamber + "_pressure"));
    }

    Circulation::Step Regazzoni2022::advance(double, const double dt, const std::vector<double> &state, const Chambers &volume,
                                             const Chambers &p) const
    {
      const SideStep body = advance_side(systemic, aortic, dt, {state[0], state[1], state[2], state[3]}, p[LV], p[RA]);
      const SideStep lung = advance_side(pulmonary, pulmonary_valve, dt, {state[4], state[5], state[6], state[7]}, p[RV], p[LA]);
      const ValveFlow left = mitral(p[LA] - p[LV]), right = tricuspid(p[RA] - p[RV]);

      Step step;
      step.state = {body.end.p_a, body.end.p_v, body.end.Q_a, body.end.Q_v, lung.end.p_a, lung.end.p_v, lung.end.Q_a, lung.end.Q_v};
      step.volume = volume;
      step.volume[LV] = volume[LV] + dt * (left.flow - body.Q_out);
      step.volume[RV] = volume[RV] + dt * (right.flow - lung.Q_out);
      step.volume[LA] = volume[LA] + dt * (lung.end.Q_v - left.flow);
      step.volume[RA] = volume[RA] + dt * (body.end.Q_v - right.flow);

      step.dV_dp.assign(all_chambers.size(), Chambers(all_chambers.size(), 0.));
      const auto inlet = [&](const Chamber atrium, const Chamber ventricle, const double slope) {
        step.dV_dp[ventricle][atrium] += dt * slope;
        step.dV_dp[ventricle][ventricle] -= dt * slope;
        step.dV_dp[atrium][atrium] -= dt * slope;
        step.dV_dp[atrium][ventricle] += dt * slope;
      };
      inlet(LA, LV, left.slope);
      inlet(RA, RV, right.slope);
      const auto vessels = [&](const Chamber ventricle, const Chamber atrium, const SideStep &side) {
        step.dV_dp[ventricle][ventricle] -= dt * side.dQ_out_dventricle;
        step.dV_dp[ventricle][atrium] -= dt * side.dQ_out_datrium;
        step.dV_dp[atrium][ventricle] += dt * side.dQ_v_dventricle;
        step.dV_dp[atrium][atrium] += dt * side.dQ_v_datrium;
      };
      vessels(LV, RA, body);
      vessels(RV, LA, lung);
      return step;
    }

    Circulation::Rate Regazzoni2022::rate(double, const std::vector<double> &state, const Chambers &p) const
    {
      for (const Vessels *vessels : {&systemic, &pulmonary})
        if (vessels->L_a == 0. || vessels->L_v == 0.)
          throw UserError({"a vessel without inertance", "circulation.*.arterial_inertance and venous_inertance",
                           "its flow has no equation in continuous time", "1e-6 mmHg s^2/mL", "give it a small inertance"});
      const double out_left = aortic(p[LV] - state[0]).flow, out_right = pulmonary_valve(p[RV] - state[4]).flow,
                   in_left = mitral(p[LA] - p[LV]).flow, in_right = tricuspid(p[RA] - p[RV]).flow;
      Rate rate{std::vector<double>(state.size()), Chambers(all_chambers.size())};
      const auto side = [&](const Vessels &vessels, const std::size_t at, const double Q_out, const double p_atrium) {
        const double p_a = state[at], p_v = state[at + 1], Q_a = state[at + 2], Q_v = state[at + 3];
        rate.state[at] = (Q_out - Q_a) / vessels.C_a;
        rate.state[at + 1] = (Q_a - Q_v) / vessels.C_v;
        rate.state[at + 2] = (p_a - p_v - vessels.R_a * Q_a) / vessels.L_a;
        rate.state[at + 3] = (p_v - p_atrium - vessels.R_v * Q_v) / vessels.L_v;
      };
      side(systemic, 0, out_left, p[RA]);
      side(pulmonary, 4, out_right, p[LA]);
      rate.volume[LV] = in_left - out_left;
      rate.volume[RV] = in_right - out_right;
      rate.volume[LA] = state[7] - in_left;
      rate.volume[RA] = state[3] - in_right;
      return rate;
    }

    double Regazzoni2022::stored_volume(const std::vector<double> &state) const
    {
      return systemic.C_a * state[0] + systemic.C_v * state[1] + pulmonary.C_a * state[4] + pulmonary.C_v * state[5];
    }

    std::vector<Circulation::Report> Regazzoni2022::report(double, const std::vector<double> &state, const Chambers &p) const
    {
      const double mL_s = units::mL / units::s;
      return {{"mitral_flow", "mL/s", mitral(p[LA] - p[LV]).flow / mL_s},
              {"aortic_flow", "mL/s", aortic(p[LV] - state[0]).flow / mL_s},
              {"tricuspid_flow", "mL/s", tricuspid(p[RA] - p[RV]).flow / mL_s},
              {"pulmonary_flow", "mL/s", pulmonary_valve(p[RV] - state[4]).flow / mL_s},
              {"systemic_venous_flow", "mL/s", state[3] / mL_s},
              {"pulmonary_venous_flow", "mL/s", state[7] / mL_s},
              {"aortic_pressure", "mmHg", state[0] / units::mmHg},
              {"systemic_venous_pressure", "mmHg", state[1] / units::mmHg},
              {"pulmonary_arterial_pressure", "mmHg", state[4] / units::mmHg},
              {"pulmonary_venous_pressure", "mmHg", state[5] / units::mmHg}};
    }

    const std::string published = "Regazzoni et al. 2022, doi:10.1016/j.jcp.2022.111083";
    const std::string tuned = "tuned, see docs/decisions/circulation_defaults.md";

    struct VesselDefaults
    {
      std::string R_a, C_a, L_a, R_v, C_v, L_v;
    };

    void declare_vessels(Schema &schema, const std::string &name, const VesselDefaults &d)
    {
      Schema vessels = schema.section(name, "Arteries and veins of the " + name + " circulation.");
      vessels.quantity("arterial_resistance", d.R_a + " mmHg s/mL", 1e-6, 100, "Resistance between arteries and veins.", tuned);
      vessels.quantity("arterial_compliance", d.C_a + " mL/mmHg", 1e-3, 1e4, "Compliance of the arteries.", tuned);
      vessels.quantity("arterial_inertance", d.L_a + " mmHg s^2/mL", 0, 1, "Inertance of the blood in the arteries.", published);
      vessels.quantity("venous_resistance", d.R_v + " mmHg s/mL", 1e-6, 100, "Resistance between veins and atrium.", tuned);
      vessels.quantity("venous_compliance", d.C_v + " mL/mmHg", 1e-3, 1e4, "Compliance of the veins.", tuned);
      vessels.quantity("venous_inertance", d.L_v + " mmHg s^2/mL", 0, 1, "Inertance of the blood in the veins.", published);
    }

    void declare(Schema &schema)
    {
      declare_vessels(schema, "systemic", {"1.04", "1.36", "0.005", "0.04", "60", "0.0005"});
      declare_vessels(schema, "pulmonary", {"0.066", "3.1", "0.0005", "0.01", "16", "0.0005"});

      Schema valves = schema.section("valves", "Valves: resistances that jump between open and closed.");
      for (const std::string name : {"mitral", "aortic", "tricuspid", "pulmonary"})
        valves.quantity(name + "_resistance", "0.0075 mmHg s/mL", 1e-6, 10, "Resistance of the open " + name + " valve.", published);
      valves.quantity("closed_resistance", "75006.2 mmHg s/mL", 1, 1e9, "Resistance of a closed valve: lower means a leak.", published);
      valves.quantity("width", "0.01 mmHg", 1e-6, 10, "Pressure difference within which a valve opens.", published);

      Schema initial = schema.section("initial", "State at the start of the run, when the sinus node fires.");
      const auto pressure = [&](const std::string &name, const std::string &value) {
        initial.quantity(name + "_pressure", value + " mmHg", -50, 300, "Pressure at the start: " + name + ".", tuned);
      };
      const auto flow = [&](const std::string &name, const std::string &value) {
        initial.quantity(name + "_flow", value + " mL/s", -5000, 5000, "Flow at the start: " + name + ".", tuned);
      };
      pressure("systemic_arterial", "91.23");
      pressure("systemic_venous", "7.489");
      flow("systemic_arterial", "80.79");
      flow("systemic_venous", "97.83");
      pressure("pulmonary_arterial", "11.38");
      pressure("pulmonary_venous", "8.726");
      flow("pulmonary_arterial", "40.62");
      flow("pulmonary_venous", "182.3");
      pressure("LV", "6.472");
      pressure("RV", "2.906");
      pressure("LA", "7.485");
      pressure("RA", "3.582");
    }

    std::unique_ptr<Circulation> create_loop(const Parameters &p, const Circulation::Context &context)
    {
      if (!context.amendments.empty())
        throw UserError({"a device joins the circulation", p.where("model"), "this loop is written out and has no place for more elements",
                         "network", "set circulation.model = network; parameters/circulation/closed_loop.json is this loop as a network"});
      return std::make_unique<Regazzoni2022>(p);
    }

    const Register<Circulation> registered{
      {"regazzoni_2022", "Systemic and pulmonary arteries and veins with inertia, four valves.", published, declare, create_loop}};
  }
}
