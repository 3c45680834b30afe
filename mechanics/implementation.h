// What stands behind the moving wall: newton.cc solves, static_loads.cc fills, mechanics.cc composes and steps, state.cc saves and shows.
#pragma once

#include "core/linear/block_matrix.h"
#include "mechanics/boundary/cavities.h"
#include "mechanics/boundary/clamp.h"
#include "mechanics/mechanics.h"
#include "mechanics/settings.h"

#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  struct Mechanics::Impl
  {
    Impl(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank, const Parameters &mechanics,
         Timers &timers, const std::vector<SurfaceTerm> &surface_terms = {});

    /// What one configuration is worth.
    struct Evaluation
    {
      bool valid = false;              ///< finite, and no cell turned inside out
      double norm = 0;                 ///< of the whole residual
      double momentum = 0, volume = 0; ///< relative residuals of the wall
      double cavity = 0;               ///< mm^3, largest mismatch
      std::vector<double> cavity_volume;
      std::string reason; ///< why it is not valid, or why a longer step was not
    };
    struct Problem
    {
      double dt = 0;                  ///< 0: static
      const CavityLaw *law = nullptr; ///< null: the pressures are prescribed
      bool heavy = false;             ///< with inertia
    };
    struct Newton
    {
      bool converged = false;
      unsigned iterations = 0, linear_iterations = 0;
      std::vector<double> volume;
      std::string reason;
    };

    Evaluation evaluate(const Problem &problem, std::vector<double> &u, const std::vector<double> &pressure, bool tangent);
    bool good(const Evaluation &e) const
    {
      return e.momentum <= settings.newton.tolerance && e.volume <= settings.newton.tolerance
             && e.cavity <= settings.newton.volume_tolerance;
    }
    /// Solves from the given start, in place.
    Newton solve(const Problem &problem, std::vector<double> &u, std::vector<double> &pressure);
    /// Goes along `correction` as far as the residual falls.
    bool line_search(const Problem &problem, std::vector<double> &u, std::vector<double> &pressure, Evaluation &e);
    /// A trial step. @param law, given one of them is null
    Step advance(double t, double dt, const std::vector<double> &calcium, const CavityLaw *law, const std::vector<double> *given);
    std::vector<double> replicate(const std::vector<double> &values, unsigned component) const;
    /// The pressures of devices at t (ms) from now on.
    void push_at(double t);
    /// Of the local blocks' nodes, displaced as the unknowns say, mm.
    std::vector<Point3> positions(const std::vector<double> &unknowns) const;
    /// Unknowns of the owned blocks, by node of the anatomy; loading also brings the ghosts up to date.
    void archive_blocks(Archive &archive, const std::string &name, std::vector<double> &values);
    /// Largest component of a node's displacement between two states, mm, over all ranks.
    double largest_displacement(const std::vector<double> &a, const std::vector<double> &b) const;
    /// After a static load: the committed state is at rest, without a step before it.
    void rest();
    /// Unknowns of the local blocks: a displacement (mm) by node of the anatomy with the hydrostatic pressures of `like`.
    std::vector<double> state_from(const std::vector<Point3> &displacement, const Mechanics &like) const;
    struct Rest
    {
      double ramp, longest, speed; ///< ms; largest step, ms; mm/ms: slower counts as rest
    };
    /// In time from the committed state, pressures going from the present ones to `target` during the ramp, until the wall stands
    /// still. Commits. @throws SolverError that begins with `what`
    void come_to_rest(const std::vector<double> &target, const Rest &rest_when, const std::string &what);

    MPI_Comm comm;
    Timers &timers;
    MechanicsSettings settings;
    Space space;
    BlockMatrix matrix;
    Wall wall;
    Cavities cavities;
    Robin robin;                      ///< those of devices as well
    std::vector<SurfaceTerm> pushing; ///< of devices: those that have a pressure
    Cavities pushed;                  ///< their surfaces
    std::vector<double> push;         ///< kPa, by pushing term, at the end of the step
    std::unique_ptr<Clamp> clamp;     ///< null: the springs alone hold the vessel ends
    BorderedSolver linear;
    std::vector<Point3> reference;    ///< of the local blocks' nodes
    std::unique_ptr<Inertia> inertia; ///< null: quasi-static
    std::size_t n_nodes;
    long long n_cells;
    double volume_scale;
    std::vector<double> dead_force; ///< mN, of the owned blocks; empty: none

    // Committed: unknowns of the local blocks and cavity pressures now and one step ago. dt_old = 0: no step before.
    std::vector<double> u, u_old, pressure, pressure_old;
    double dt_old = 0;
    // Trial.
    std::vector<double> u_trial, pressure_trial;
    double dt_trial = 0;
    // Work.
    std::vector<double> residual, correction;
    BorderedSolver::Columns gradients;
    CavityResponse response;
  };
}
