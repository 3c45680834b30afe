#include "circulation/network.h"

#include "core/error.h"
#include "core/ode/dense_solver.h"
#include "core/units.h"

#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vivicor
{
  namespace
  {
    std::vector<std::string> chambers_among(const std::vector<Network::Joint> &joints)
    {
      std::vector<std::string> found;
      for (const std::string &chamber : chamber_names)
        if (std::any_of(joints.begin(), joints.end(), [&](const auto &joint) { return joint.from == chamber || joint.to == chamber; }))
          found.push_back(chamber);
      return found;
    }

    double dot(const std::vector<double> &a, const std::vector<double> &b)
    {
      return std::inner_product(a.begin(), a.end(), b.begin(), 0.);
    }
  }

  Network::Network(std::vector<Place> given_places, std::vector<Joint> given_joints,
                   const std::vector<std::pair<std::string, double>> &initial_pressure)
    : places(std::move(given_places)), joints(std::move(given_joints)), chamber_list(chambers_among(joints))
  {
    // A compartment may stand for a chamber that the heart lacks.
    std::erase_if(chamber_list, [&](const std::string &chamber) {
      return std::any_of(places.begin(), places.end(), [&](const Place &place) { return place.name == chamber; });
    });
    std::vector<std::string> ends;
    for (const Place &place : places)
      ends.push_back(place.name);
    ends.insert(ends.end(), chamber_list.begin(), chamber_list.end());
    const auto number = [&](const Joint &joint, const std::string &end) {
      const auto found = std::find(ends.begin(), ends.end(), end);
      if (found == ends.end())
        throw UserError({"the circulation's element '" + joint.name + "' joins '" + end + "'", joint.where,
                         "that is neither a compartment of the network nor a chamber", nearest_of(end, ends),
                         "name a compartment, or LV, RV, LA or RA"});
      return static_cast<std::size_t>(found - ends.begin());
    };
    std::size_t states = places.size();
    std::vector<bool> joined(ends.size(), false);
    for (const Joint &joint : joints)
      {
        const Edge edge{number(joint, joint.from), number(joint, joint.to), states};
        if (edge.from == edge.to)
          throw UserError({"the circulation's element '" + joint.name + "' begins and ends in '" + joint.from + "'", joint.where,
                           "blood that stays where it is does not flow", "", "let it end elsewhere"});
        joined[edge.from] = joined[edge.to] = true;
        edges.push_back(edge);
        states += joint.element->state_names().size();
      }
    n_states = states;
    for (std::size_t i = 0; i < places.size(); ++i)
      if (!joined[i])
        throw UserError({"no element of the circulation reaches the compartment '" + places[i].name + "'", "circulation.elements",
                         "its blood could not move", "", "join it by an element, or leave it out"});
    for (const std::string &chamber : chamber_list)
      {
        const auto found = std::find_if(initial_pressure.begin(), initial_pressure.end(),
                                        [&](const auto &p) { return p.first == chamber; });
        if (found == initial_pressure.end())
          throw UserError({"no pressure for the chamber " + chamber + " to start from", "circulation.chambers",
                           "an element of the network joins that chamber", "", "add \"" + chamber + "\": {\"initial_pressure\": ...}"});
        start.push_back(found->second);
      }
  }

  std::vector<std::string> Network::state_names() const
  {
    std::vector<std::string> names;
    for (const Place &place : places)
      names.push_back(place.name + "_volume");
    for (const Joint &joint : joints)
      for (const std::string &state : joint.element->state_names())
        names.push_back(joint.name + "_" + state);
    return names;
  }

  std::vector<double> Network::state_scales() const
  {
    std::vector<double> scales(n_states, 1.);
    std::fill_n(scales.begin(), places.size(), 1000.);
    return scales;
  }

  std::vector<double> Network::initial() const
  {
    std::vector<double> state;
    for (const Place &place : places)
      state.push_back(place.compartment->volume(0., place.compartment->initial_pressure()).value);
    for (const Joint &joint : joints)
      {
        const auto own = joint.element->initial();
        state.insert(state.end(), own.begin(), own.end());
      }
    return state;
  }

  std::vector<double> Network::pressures_of(const double t, const std::vector<double> &state, const Chambers &chamber_pressure) const
  {
    std::vector<double> pressure;
    for (std::size_t i = 0; i < places.size(); ++i)
      pressure.push_back(places[i].compartment->pressure(t, state[i]));
    pressure.insert(pressure.end(), chamber_pressure.begin(), chamber_pressure.end());
    return pressure;
  }

  /// What pressures at the end of a step mean.
  struct Network::Balance
  {
    std::vector<double> surplus;                ///< mm^3 by compartment: what it holds at its pressure above what the flows leave in it
    std::vector<double> inflow;                 ///< mm^3/ms, net, by end
    std::vector<double> state;                  ///< at the end of the step; the volumes as the flows make them
    std::vector<CirculationElement::Step> flow; ///< by joint
    std::vector<double> slope;                  ///< dV/dp by compartment
    bool finite = true;

    DenseMatrix tangent(const std::vector<Edge> &edges, double dt) const;
  };

  Network::Balance Network::balance(const double t, const double dt, const std::vector<double> &old,
                                    const std::vector<double> &pressure) const
  {
    Balance b;
    b.state = old;
    b.inflow.assign(pressure.size(), 0.);
    for (std::size_t e = 0; e < joints.size(); ++e)
      {
        const Edge &edge = edges[e];
        b.flow.push_back(joints[e].element->advance(t, dt, old.data() + edge.first_state, {pressure[edge.from], pressure[edge.to]},
                                                    b.state.data() + edge.first_state));
        b.inflow[edge.from] -= b.flow.back().flow;
        b.inflow[edge.to] += b.flow.back().flow;
      }
    for (std::size_t i = 0; i < places.size(); ++i)
      {
        const Compartment::Value held = places[i].compartment->volume(t + dt, pressure[i]);
        b.state[i] = old[i] + dt * b.inflow[i];
        b.surplus.push_back(held.value - b.state[i]);
        b.slope.push_back(held.slope);
      }
    b.finite = std::all_of(b.inflow.begin(), b.inflow.end(), [](double q) { return std::isfinite(q); })
               && std::all_of(b.surplus.begin(), b.surplus.end(), [](double v) { return std::isfinite(v); });
    return b;
  }

  DenseMatrix Network::Balance::tangent(const std::vector<Edge> &edges, const double dt) const
  {
    const std::size_t n = slope.size();
    DenseMatrix J(n);
    for (std::size_t i = 0; i < n; ++i)
      J(i, i) = slope[i];
    for (std::size_t e = 0; e < edges.size(); ++e)
      {
        const auto &[from, to, first] = edges[e];
        const auto add = [&](std::size_t row, std::size_t column, double value) {
          if (row < n && column < n)
            J(row, column) += dt * value;
        };
        add(from, from, flow[e].dflow_dfrom);
        add(from, to, flow[e].dflow_dto);
        add(to, from, -flow[e].dflow_dfrom);
        add(to, to, -flow[e].dflow_dto);
      }
    return J;
  }

  Network::Balance Network::solve(const double t, const double dt, const std::vector<double> &old, std::vector<double> &pressure) const
  {
    constexpr unsigned most = 200;
    const std::size_t n = places.size();
    const auto failed = [&](const std::string &why) { return StepFailed("circulation at t = " + std::to_string(t + dt) + " ms: " + why); };
    Balance b = balance(t, dt, old, pressure);
    for (unsigned iteration = 0; iteration < most; ++iteration)
      {
        const auto factors = b.finite ? DenseFactors::of(b.tangent(edges, dt)) : std::nullopt;
        if (!factors)
          throw failed("the network's equations are singular or not finite");
        std::vector<double> step = factors->solve(b.surplus);
        double size = 0.;
        for (std::size_t i = 0; i < n; ++i)
          {
            step[i] = -step[i];
            size = std::max(size, std::abs(step[i]) / (std::abs(pressure[i]) + 1e-3));
          }
        const std::vector<double> from = pressure;
        const auto go = [&](const double length) {
          for (std::size_t i = 0; i < n; ++i)
            pressure[i] = from[i] + length * step[i];
          b = balance(t, dt, old, pressure);
          return b.finite ? dot(b.surplus, step) : std::nan("");
        };
        const double at_start = dot(b.surplus, step), at_end = go(1.); // slopes of the convex function along the step
        if (size < 1e-14 || n == 0)
          return b;
        if (std::isnan(at_end))
          throw failed("a flow is not finite");
        if (at_end > 0.5 * std::abs(at_start))
          {
            // Beyond the lowest point, where a valve has switched: back to where the slope is zero.
            std::uintmax_t evaluations = 60;
            const auto near = [&](double a, double c) { return std::abs(c - a) <= 1e-3 * std::max(std::abs(a), std::abs(c)); };
            const auto [left, right] = boost::math::tools::toms748_solve(go, 0., 1., at_start, at_end, near, evaluations);
            go(right > 0. ? 0.5 * (left + right) : 1e-6);
          }
      }
    throw failed("Newton's method took more than " + std::to_string(most) + " iterations");
  }

  Circulation::Step Network::advance(const double t, const double dt, const std::vector<double> &state, const Chambers &volume,
                                     const Chambers &chamber_pressure) const
  {
    const std::size_t n = places.size(), m = chamber_list.size();
    std::vector<double> pressure = pressures_of(t + dt, state, chamber_pressure);
    const Balance b = solve(t, dt, state, pressure);
    Step step{b.state, volume, std::vector<Chambers>(m, Chambers(m, 0.))};
    for (std::size_t k = 0; k < m; ++k)
      step.volume[k] += dt * b.inflow[n + k];
    if (m == 0)
      return step;

    // Where the compartments' pressures go when a chamber's moves: J dp/dP = -dsurplus/dP.
    const auto factors = DenseFactors::of(b.tangent(edges, dt));
    if (!factors)
      throw StepFailed("circulation at t = " + std::to_string(t + dt) + " ms: the network's equations are singular");
    for (std::size_t l = 0; l < m; ++l)
      {
        std::vector<double> moved(n, 0.);
        for (std::size_t e = 0; e < edges.size(); ++e)
          for (const auto &[end, slope] : {std::pair{edges[e].from, b.flow[e].dflow_dfrom}, std::pair{edges[e].to, b.flow[e].dflow_dto}})
            if (end == n + l)
              {
                if (edges[e].from < n)
                  moved[edges[e].from] -= dt * slope;
                if (edges[e].to < n)
                  moved[edges[e].to] += dt * slope;
              }
        moved = factors->solve(moved);
        moved.resize(n + m, 0.);
        moved[n + l] = 1.;
        for (std::size_t e = 0; e < edges.size(); ++e)
          {
            const double dQ = b.flow[e].dflow_dfrom * moved[edges[e].from] + b.flow[e].dflow_dto * moved[edges[e].to];
            if (edges[e].from >= n)
              step.dV_dp[edges[e].from - n][l] -= dt * dQ;
            if (edges[e].to >= n)
              step.dV_dp[edges[e].to - n][l] += dt * dQ;
          }
      }
    return step;
  }

  Circulation::Rate Network::rate(const double t, const std::vector<double> &state, const Chambers &chamber_pressure) const
  {
    const std::vector<double> pressure = pressures_of(t, state, chamber_pressure);
    std::vector<double> inflow(pressure.size(), 0.);
    Rate rate{std::vector<double>(n_states, 0.), {}};
    for (std::size_t e = 0; e < joints.size(); ++e)
      {
        const auto &[from, to, first] = edges[e];
        const double Q = joints[e].element->rate(t, state.data() + first, {pressure[from], pressure[to]}, rate.state.data() + first);
        inflow[from] -= Q;
        inflow[to] += Q;
      }
    const auto split = inflow.begin() + static_cast<std::ptrdiff_t>(places.size());
    std::copy(inflow.begin(), split, rate.state.begin());
    rate.volume.assign(split, inflow.end());
    return rate;
  }

  double Network::stored_volume(const std::vector<double> &state) const
  {
    return std::accumulate(state.begin(), state.begin() + static_cast<std::ptrdiff_t>(places.size()), 0.);
  }

  std::vector<Circulation::Report> Network::report(const double t, const std::vector<double> &state, const Chambers &chamber_pressure) const
  {
    const std::vector<double> pressure = pressures_of(t, state, chamber_pressure);
    std::vector<double> scratch(n_states);
    std::vector<Report> reports;
    for (std::size_t e = 0; e < joints.size(); ++e)
      {
        const auto &[from, to, first] = edges[e];
        const CirculationElement::Ends ends{pressure[from], pressure[to]};
        const double *own = state.data() + first;
        reports.push_back(
          {joints[e].name + "_flow", "mL/s", joints[e].element->rate(t, own, ends, scratch.data() + first) * units::s / units::mL});
        for (const auto &channel : joints[e].element->channels(t, own, ends))
          reports.push_back({joints[e].name + "_" + channel.name, channel.unit, channel.value});
      }
    for (std::size_t i = 0; i < places.size(); ++i)
      {
        reports.push_back({places[i].name + "_pressure", "mmHg", pressure[i] / units::mmHg});
        reports.push_back({places[i].name + "_volume", "mL", state[i] / units::mL});
      }
    return reports;
  }
}
