#include "electrophysiology/cells/integrator.h"

#include "core/ode/cvode.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  const std::vector<std::string> &cell_integrator_names()
  {
    static const std::vector<std::string> names{"rush_larsen", "grl1", "grl2", "cvode_restarted", "arkode", "cvode"};
    return names;
  }

  CellIntegrator cell_integrator(const std::string &name)
  {
    const auto &names = cell_integrator_names();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
      throw UserError({"no integrator named '" + name + "'", "", "", nearest_of(name, names), ""});
    return static_cast<CellIntegrator>(found - names.begin());
  }

  CellIntegrator cell_integrator(const ReactionScheme scheme)
  {
    return static_cast<CellIntegrator>(scheme);
  }

  namespace
  {
    constexpr std::size_t stride = 8;

    /// A single cell in the arrays of the ionic contract.
    struct Cell
    {
      explicit Cell(const IonicModel &model) : states(stride * model.rest().size()), dstates(states.size()) {}

      void set(const double *y)
      {
        V[0] = y[0];
        for (std::size_t k = 0; k < states.size() / stride; ++k)
          states[k * stride] = y[k + 1];
      }

      void get(std::vector<double> &y) const
      {
        y[0] = V[0];
        for (std::size_t k = 0; k < states.size() / stride; ++k)
          y[k + 1] = states[k * stride];
      }

      alignas(64) double V[stride] = {};
      std::vector<double> states, dstates;
    };

    /// A node of tissue without neighbours.
    class Stepper final : public CellSolver
    {
    public:
      Stepper(const IonicModel &model, const ReactionOptions &options) : cell(model), stepper(model, options) {}

      void advance(std::vector<double> &y, const double t, const double t_end, const double stimulus) override
      {
        const double current[stride] = {stimulus};
        cell.set(y.data());
        stepper.step(1, stride, t_end - t, cell.V, cell.states.data(), current);
        cell.get(y);
      }

    private:
      Cell cell;
      MembraneStepper stepper;
    };

    class Reference final : public CellSolver
    {
    public:
      Reference(const IonicModel &model, const std::vector<double> &y, const double relative_tolerance) : model(model), cell(model)
      {
        CvodeSettings settings;
        settings.relative_tolerance = relative_tolerance;
        settings.absolute_tolerances = absolute_tolerances(model, relative_tolerance);
        solver = std::make_unique<Cvode>([this](double, const double *y, double *dy) { rates(y, dy); }, y, 0.0, settings);
      }

      void advance(std::vector<double> &y, double, const double t_end, const double new_stimulus) override
      {
        if (new_stimulus != stimulus)
          {
            stimulus = new_stimulus;
            solver->restart();
          }
        solver->advance(t_end);
        y = solver->values();
      }

    private:
      /// dy = [dV/dt, ds/dt] of y = [V, s].
      void rates(const double *y, double *dy)
      {
        cell.set(y);
        const double current[stride] = {stimulus};
        double dV[stride];
        model.rates(1, stride, cell.V, cell.states.data(), current, dV, cell.dstates.data());
        dy[0] = dV[0];
        for (std::size_t k = 0; k < cell.states.size() / stride; ++k)
          dy[k + 1] = cell.dstates[k * stride];
      }

      const IonicModel &model;
      Cell cell;
      double stimulus = 0.0;
      std::unique_ptr<Cvode> solver;
    };
  }

  std::unique_ptr<CellSolver> make_cell_solver(const CellIntegrator integrator, const IonicModel &model, const std::vector<double> &y,
                                               const double tolerance)
  {
    if (integrator == CellIntegrator::cvode)
      return std::make_unique<Reference>(model, y, tolerance);
    return std::make_unique<Stepper>(model, ReactionOptions{static_cast<ReactionScheme>(integrator), tolerance});
  }
}
