// The three problems of Land et al. 2015, "Verification of cardiac mechanics software" (10.1098/rspa.2015.0641): a beam bent by a
// follower pressure, a ventricle inflated, a ventricle that contracts under pressure.
#pragma once

#include "mechanics/verification/land_ventricle.h"
#include "mechanics/verification/ventricle_mesh.h"

#include <mpi.h>

#include <string>
#include <vector>

namespace vivicor
{
  /// How to solve a problem.
  struct LandMethod
  {
    /// One of solid_elements(), or "wall": the moving wall of whole hearts, linear tetrahedra with stabilised pressures.
    std::string element = "wall";
    unsigned across = 4;         ///< problem 1: cells over the height of the beam (wall: even); ten times as many along it
    VentricleCounts counts;      ///< problems 2 and 3; tetrahedra: six to each of these cells
    double bulk_modulus = 1e4;   ///< kPa; infinity: elements with pressures only
    double linear_tolerance = 0; ///< reduction by the iterative solver; 0: each solver's own
    bool direct = false;         ///< elements only: factorise
    double barrier = 20;         ///< kPa, elements only, problems 2 and 3: see with_volume_barrier()
    /// The wall only: more entries of a deck's "mechanics" and of its "solver", as JSON, each followed by a comma.
    std::string wall_entries, wall_solver;
  };

  /// What became of the middle of the wall at around = 0, between apex (along = 0) and base.
  struct LandStation
  {
    double along = 0;
    Point3 X{}, x{};  ///< reference and deformed, mm
    double twist = 0; ///< degrees about the z axis, counterclockwise seen from above (from the base)
    /// Length over reference length - 1: of the circle through the point, of the meridian from along - 0.05 to along + 0.05, and
    /// of the line through the wall between depths 1/4 and 3/4.
    double circumferential = 0, longitudinal = 0, transmural = 0;
  };

  struct LandAnswer
  {
    double tip = 0;                       ///< problem 1: z (mm) of the point (10, 0.5, 1)
    double endo = 0, middle = 0, epi = 0; ///< problems 2 and 3: z (mm) of the apex inside, half-way and outside
    std::vector<LandStation> line;        ///< problems 2 and 3, at along = 0.1 to 0.9
    long long cells = 0, unknowns = 0;
    unsigned steps = 0, cut_steps = 0, newton_iterations = 0, linear_iterations = 0;
    double seconds = 0, assembly = 0, solve = 0;
    double linear_per_newton() const { return static_cast<double>(linear_iterations) / newton_iterations; }
  };

  /// Collective. From nothing to the whole load in steps that the solver chooses: problem 1: 0.004 kPa below; 2: 10 kPa inside; 3:
  /// 15 kPa inside and 60 kPa of tension together, S = T f0 x f0. @param problem 1, 2 or 3
  /// @throws SolverError when it fails
  LandAnswer solve_land(MPI_Comm comm, unsigned problem, const LandMethod &method);
}
