// The general solid solver: any element of solid_elements() on one replicated mesh, unknowns and matrix distributed.
#pragma once

#include "mechanics/verification/solid/element.h"
#include "mechanics/verification/solid/solid_problem.h"

#include <mpi.h>

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace vivicor
{
  struct SolidSolverSettings
  {
    enum class Linear { automatic, direct, iterative };
    Linear linear = Linear::automatic; ///< direct up to 60,000 unknowns
    double newton_tolerance = 1e-8;    ///< of the residual, relative to the forces of single cells (momentum) and their volumes
    unsigned max_newton = 20;
    double linear_tolerance = 1e-6; ///< reduction by the iterative solver
    unsigned max_linear = 1000;
    double first_load_step = 0.25, smallest_load_step = 1e-4; ///< statics, of the way from 0 to 1
    unsigned extra_quadrature = 0;                            ///< more quadrature points per direction, for studies
  };

  class SolidSolver
  {
  public:
    /// Collective. @throws UserError for an unknown element or law, a mesh of the wrong shape, an infinite bulk modulus without pressure
    /// field
    SolidSolver(MPI_Comm comm, const SolidMesh &mesh, const SolidProblem &problem, const SolidSolverSettings &settings = {});
    ~SolidSolver();

    struct Counts
    {
      unsigned steps = 0, cut_steps = 0; ///< load steps or time steps taken, and tried in vain
      unsigned newton_iterations = 0, linear_iterations = 0;
      double assembly_s = 0, solve_s = 0;
    };

    /// Collective. Equilibrium at t_end along t from the current one (at first 0), in load steps chosen by itself.
    /// @param observe called after each load step @throws SolverError when the smallest step fails
    Counts solve_static(double t_end = 1, const std::function<void(double t)> &observe = {});

    /// Collective. One step of generalised-alpha (density > 0) or of backward Euler without inertia (density = 0) from the current state,
    /// at first at rest at t = 0. Stresses and loads are those of the mean state at t + (1 - alpha_f) dt.
    /// @throws StepFailed, agreed by all ranks; the state is untouched
    Counts advance(double dt);

    double time() const; ///< current t

    // All below: collective, the same answer on every rank.

    /// mm at points of the reference configuration. @throws UserError for a point outside the mesh by more than 5 % of a cell
    std::vector<Point3> displacement(const std::vector<Point3> &X) const;
    Point3 displacement(const Point3 &X) const { return displacement(std::vector<Point3>{X}).front(); }
    /// F = I + du/dX, row by row (F[3 i + j] = dx_i/dX_j), in global axes.
    std::vector<std::array<double, 9>> deformation_gradient(const std::vector<Point3> &X) const;
    /// Green-Lagrange strain in the fibre frame: 11, 22, 33, 12, 13, 23.
    std::vector<std::array<double, 6>> strain(const std::vector<Point3> &X) const;
    /// p, kPa (tension positive).
    std::vector<double> pressure(const std::vector<Point3> &X) const;

    /// mm^3 between a deformed boundary and lids that are parallel to the unit vector `along`, on the outer side of the wall
    /// (a cavity, whose base plane contains `along`): int (x.along)(n.along) da with n pointing into the wall.
    double volume(int boundary, const Point3 &along = {1, 0, 0}) const;

    /// sqrt(int |u - exact|^2 dX) and of the pressure, mm^2.5 and kPa mm^1.5; gradient: sqrt(int |grad u - exact|^2).
    double displacement_error(const std::function<Point3(const Point3 &X)> &exact) const;
    double gradient_error(const std::function<std::array<double, 9>(const Point3 &X)> &exact) const;
    double pressure_error(const std::function<double(const Point3 &X)> &exact) const;

    double min_J() const; ///< smallest det F at a quadrature point
    struct Size
    {
      long long cells = 0, displacement_dofs = 0, pressure_dofs = 0, quadrature_points = 0;
      long long dofs() const { return displacement_dofs + pressure_dofs; }
    };
    Size size() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl;
  };
}
