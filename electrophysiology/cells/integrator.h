// One cell's equations in time, by any scheme.
#pragma once

#include "electrophysiology/membranes/reaction_scheme.h"

#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  enum class CellIntegrator {
    rush_larsen, ///< the model's step(): what tissue uses
    grl1,
    grl2,
    cvode_restarted, ///< CVODE started afresh in each step, as in tissue
    arkode,
    cvode ///< core/ode on the model's rates(), with its memory: the reference
  };

  /// Names in the order of the enumeration, as the command line has them.
  const std::vector<std::string> &cell_integrator_names();
  CellIntegrator cell_integrator(const std::string &name);
  CellIntegrator cell_integrator(ReactionScheme scheme); ///< that steps a cell as tissue does

  /// Steps y = [V, states] to a time until which the stimulus is constant.
  class CellSolver
  {
  public:
    virtual ~CellSolver() = default;
    /// @param stimulus uA/uF @throws SolverError
    virtual void advance(std::vector<double> &y, double t, double t_end, double stimulus) = 0;
  };

  /// @param model must outlive the solver; @param y where it starts; @param tolerance relative, of SUNDIALS' solvers
  std::unique_ptr<CellSolver> make_cell_solver(CellIntegrator integrator, const IonicModel &model, const std::vector<double> &y,
                                               double tolerance);
}
