// Arostica et al. 2025, "A software benchmark for cardiac elastodynamics" (10.1016/j.cma.2024.117485), monoventricular: a ventricle
// with mass, viscosity, springs and dampers around it, pressed and contracted over one second.
#pragma once

#include "core/verification_table.h"
#include "mechanics/verification/arostica_ventricle.h"

#include <mpi.h>

#include <functional>
#include <string>
#include <vector>

namespace vivicor
{
  struct ArosticaCase
  {
    std::string name;                                          ///< "0A", "0B", "1", "2A", "2B", "2C"
    double a = 0.059, a_f = 18.472, a_fs = 0.216, a_s = 2.481; ///< kPa
    double tension = 150;                                      ///< sigma_0 of the activation, kPa; 0: none
    bool pressed = true;
  };
  const std::vector<ArosticaCase> &arostica_cases();
  /// @throws std::out_of_range
  const ArosticaCase &arostica_case(const std::string &name);

  struct ArosticaRun
  {
    VentricleCounts cells{4, 8, 1};
    double dt = 1, end = 1000; ///< ms
    /// Flat triangles with normals of their own on a ventricle of straight edges, as in the published runs, instead of the curved
    /// surface with its normals. Their stiff springs hinder the ventricle from sliding along its pericardium.
    bool faceted = false;
    std::string element = "wall"; ///< one of solid_elements(), or "wall": that of whole hearts, linear tetrahedra, stabilised
    std::string mechanics;        ///< for that wall: more entries below "mechanics" of a deck, as JSON, each followed by a comma
  };

  /// Displacements (mm) of p0 = (25, 30, 0) and p1 = (0, 30, 0) mm, which lie in the middle of the wall.
  struct ArosticaHistory
  {
    std::vector<double> t; ///< ms
    std::vector<std::array<Point3, 2>> u;
    unsigned steps = 0, newton_iterations = 0, linear_iterations = 0;
    double seconds = 0;
    Point3 at(double time, unsigned point) const; ///< linear between steps
    /// Largest (or, of its opposite, smallest) value of a component until `end`, by a parabola through three steps.
    double largest(unsigned point, unsigned component, double sign, double end = 1e9) const;
  };

  /// Collective. Generalised-alpha; a step that fails is halved. @param observe after each step
  /// @throws SolverError when the smallest step fails
  ArosticaHistory arostica_history(MPI_Comm comm, const ArosticaCase &of, const ArosticaRun &run,
                                   const std::function<void(const ArosticaHistory &)> &observe = {});

  /// sqrt(sum |u_a - u_b|^2 / sum |u_b|^2) over each millisecond that both have, until then.
  double relative_difference(const ArosticaHistory &a, const ArosticaHistory &b, unsigned point, double until = 1e9);

  /// How far springs along the normals N of flat triangles hold back a ventricle that slides along its epicardium. On a smooth surface
  /// both are 0.
  struct FacetRestraint
  {
    double turning; ///< about the long axis, N m per radian: int k (N.(e_x x X))^2 dA
    double sliding; ///< along the meridians m, kPa/mm: the mean of k (N.m)^2
  };
  FacetRestraint facet_restraint(const VentricleCounts &cells);

  /// Peaks of tension and pressure.
  VerificationTable arostica_loads();

  /// How much the flat triangles of the mesh for the comparison hinder sliding, beside those of the published mesh.
  VerificationTable arostica_facets();

  /// Collective. Case 0A, 0B or 2B on flat triangles like the published ones beside what ten groups published.
  VerificationTable arostica_published(MPI_Comm comm, const std::string &name);

  /// Collective, minutes. Case 2B with quadratic elements on flat triangles that hold back both ways like the published ones.
  VerificationTable arostica_published_quadratic(MPI_Comm comm);

  /// Collective, minutes. Histories of a case on four meshes, smooth pericardium, beside quadratic elements.
  VerificationTable arostica_convergence(MPI_Comm comm, const std::string &name);

  /// Collective, minutes. Case 0B, which a few ms decide: when and from where it buckles, on fine meshes and beside fine quadratic
  /// elements.
  VerificationTable arostica_buckling(MPI_Comm comm);

  /// Collective. Loads, histories under refinement and in both discretisations beside published numbers. @param all also meshes and
  /// horizons that take long
  void verify_arostica(MPI_Comm comm, bool all, const std::function<void(const VerificationTable &)> &report);
}
