// How membranes advance in time: the model's own schemes, or SUNDIALS on its rates.
#pragma once

#include "core/ode/batched_ode.h"
#include "electrophysiology/ionic_models/ionic_model.h"

#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  /// Theory and orders: docs/theory/reaction_schemes.md.
  enum class ReactionScheme {
    rush_larsen, ///< IonicModel::step: the fastest, first order
    grl1,        ///< generalised Rush-Larsen, first order: stable for stiff concentrations and Markov states
    grl2,        ///< the same of second order
    cvode,       ///< backward differentiation formulas with error control, started afresh in each step
    arkode       ///< third-order implicit Runge-Kutta with error control
  };

  /// Names in the order of the enumeration, as decks and the command line have them.
  const std::vector<std::string> &reaction_scheme_names();
  ReactionScheme reaction_scheme(const std::string &name);

  struct ReactionOptions
  {
    ReactionScheme scheme = ReactionScheme::rush_larsen;
    double tolerance = 1e-6; ///< relative, of cvode and arkode
  };

  /// Advances nodes of one model by one scheme. Holds no state of theirs: every step stands by itself.
  class MembraneStepper
  {
  public:
    /// @param model must outlive this
    MembraneStepper(const IonicModel &model, const ReactionOptions &options);

    /// As IonicModel::step; only Rush-Larsen sees gate_V. @throws SolverError when SUNDIALS fails, UserError for a scheme
    /// that the model does not have
    void step(std::size_t n, std::size_t stride, double dt, double *V, double *states, const double *stimulus,
              const double *gate_V = nullptr);

  private:
    void solve(std::size_t n, std::size_t stride, double dt, double *V, double *states, const double *stimulus);

    const IonicModel &model;
    ReactionOptions options;
    std::unique_ptr<BatchedOde> solver;
    std::vector<double> y, current; // of the nodes that the solver advances together
  };

  /// Absolute tolerances of [V, states] that go with a relative one: V counts in mV, gates by themselves, other states by
  /// their resting values.
  std::vector<double> absolute_tolerances(const IonicModel &model, double relative);
}
