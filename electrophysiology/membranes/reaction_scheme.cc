#include "electrophysiology/membranes/reaction_scheme.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  const std::vector<std::string> &reaction_scheme_names()
  {
    static const std::vector<std::string> names{"rush_larsen", "grl1", "grl2", "cvode", "arkode"};
    return names;
  }

  ReactionScheme reaction_scheme(const std::string &name)
  {
    const auto &names = reaction_scheme_names();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
      throw UserError({"no reaction scheme named '" + name + "'", "", "", nearest_of(name, names), ""});
    return static_cast<ReactionScheme>(found - names.begin());
  }

  std::vector<double> absolute_tolerances(const IonicModel &model, const double relative)
  {
    const std::vector<double> rest = model.rest();
    const std::vector<bool> gate = model.is_gate();
    std::vector<double> tolerances(1, relative);
    for (std::size_t k = 0; k < rest.size(); ++k)
      tolerances.push_back(relative * (gate[k] || rest[k] == 0.0 ? 1.0 : std::abs(rest[k])));
    return tolerances;
  }

  MembraneStepper::MembraneStepper(const IonicModel &model, const ReactionOptions &options) : model(model), options(options) {}

  void MembraneStepper::step(const std::size_t n, const std::size_t stride, const double dt, double *V, double *states,
                             const double *stimulus, const double *gate_V)
  {
    switch (options.scheme)
      {
      case ReactionScheme::rush_larsen:
        return model.step(n, stride, dt, V, states, stimulus, gate_V);
      case ReactionScheme::grl1:
        return model.grl_step(1, n, stride, dt, V, states, stimulus);
      case ReactionScheme::grl2:
        return model.grl_step(2, n, stride, dt, V, states, stimulus);
      case ReactionScheme::cvode:
      case ReactionScheme::arkode:
        return solve(n, stride, dt, V, states, stimulus);
      }
  }

  void MembraneStepper::solve(const std::size_t n, const std::size_t stride, const double dt, double *V, double *states,
                              const double *stimulus)
  {
    // Few enough to share their steps without all paying for the one in its upstroke, many enough to fill the vectors.
    constexpr std::size_t together = 16;
    const std::size_t n_states = model.rest().size();
    if (!solver)
      {
        const std::size_t m = std::min(n, together);
        y.resize(m * (n_states + 1));
        current.resize(m);
        BatchedOdeSettings settings;
        settings.method = options.scheme == ReactionScheme::cvode ? BatchedOdeSettings::Method::cvode : BatchedOdeSettings::Method::arkode;
        settings.relative_tolerance = options.tolerance;
        settings.absolute_tolerances = absolute_tolerances(model, options.tolerance);
        const auto rate = [this, m](const double *y, double *dy) { model.rates(m, m, y, y + m, current.data(), dy, dy + m); };
        solver = std::make_unique<BatchedOde>(rate, m, n_states + 1, settings);
      }
    const std::size_t m = solver->systems();
    for (std::size_t begin = 0; begin < n; begin += m)
      {
        const auto node = [&](const std::size_t i) { return std::min(begin + i, n - 1); }; // the last fills up the batch
        for (std::size_t i = 0; i < m; ++i)
          {
            current[i] = stimulus ? stimulus[node(i)] : 0.0;
            y[i] = V[node(i)];
            for (std::size_t k = 0; k < n_states; ++k)
              y[(k + 1) * m + i] = states[k * stride + node(i)];
          }
        solver->advance(y.data(), dt);
        for (std::size_t i = 0; i < m && begin + i < n; ++i)
          {
            V[begin + i] = y[i];
            for (std::size_t k = 0; k < n_states; ++k)
              states[k * stride + begin + i] = y[(k + 1) * m + i];
          }
      }
  }
}
