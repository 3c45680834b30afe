// A problem of finite elasticity for the general solid solver: element, tissue, loads and supports. Internal units (mm, ms, mg, kPa).
//
// For all test functions v that vanish where displacements are prescribed, and q:
//
//   int rho a.v + int S(E) : dE[v] + int p J F^-T : grad v + Robin terms = int b.v + int t.v - int P v.(J F^-T N) dA
//   int q U'(J) - q p/kappa                                              = 0
//
// S = S_passive + viscosity dE/dt + active stress along the fibre. Every load is a function of t: of time (ms) in
// dynamics, and in statics of a parameter that goes from 0 to 1 in steps that the solver chooses.
#pragma once

#include "mechanics/materials/material.h"
#include "mechanics/verification/solid/solid_mesh.h"
#include "meshes/fibres/fibres.h"

#include <array>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  using LoadCurve = std::function<double(double t)>;
  using VectorLoad = std::function<Point3(const Point3 &X, double t)>; ///< X: point of the reference configuration

  /// value * t: from nothing to `value` between 0 and 1.
  inline LoadCurve ramp_to(double value)
  {
    return [value](double t) { return value * t; };
  }

  struct DirichletCondition
  {
    int boundary = 0;
    std::array<bool, 3> components{true, true, true};
    VectorLoad displacement; ///< mm; absent: zero
  };

  struct FollowerPressure
  {
    int boundary = 0;
    LoadCurve pressure; ///< kPa, pushes against the outward normal of the deformed surface
  };

  struct DeadTraction
  {
    int boundary = 0;
    VectorLoad traction; ///< kPa, force per reference area
  };

  struct RobinCondition
  {
    int boundary = 0;
    bool normal_only = true; ///< along the normal of the reference configuration; false: all directions
    double stiffness = 0;    ///< kPa/mm, per reference area
    double damping = 0;      ///< kPa ms/mm
  };

  struct ActiveStress
  {
    LoadCurve tension;        ///< kPa; absent: none
    bool per_stretch = false; ///< second Piola-Kirchhoff stress T/lambda f0 x f0 instead of T f0 x f0
  };

  struct SolidProblem
  {
    std::string element = "Q2-P1disc"; ///< see solid_elements()
    std::string volumetric = "linear"; ///< see volumetric_laws()
    double bulk_modulus = 1000;        ///< kappa, kPa; infinity: incompressible (mixed elements only), taken as 1e8 shear moduli
                                       ///< so that pressures that no displacement of a mesh feels do no harm
    double stabilisation = 1;          ///< tau of P1-P1, over the passive law's shear modulus

    std::shared_ptr<const Material> passive;      ///< its volumetric part is the line above
    std::function<Frame(const Point3 &X)> fibres; ///< frame at a point of the reference configuration; absent: e1, e2, e3
    double viscosity = 0;                         ///< Kelvin-Voigt: S += viscosity dE/dt, kPa ms; dynamics only
    ActiveStress active;

    std::vector<DirichletCondition> dirichlet;
    std::vector<FollowerPressure> pressures;
    std::vector<DeadTraction> tractions;
    std::vector<RobinCondition> robin;
    VectorLoad body_force; ///< mN/mm^3 = mg/(mm^2 ms^2), per reference volume

    double density = 0;               ///< mg/mm^3 (tissue: 1); dynamics only
    double spectral_radius = 2.0 / 3; ///< generalised-alpha at infinite frequency: 2/3 is alpha_m = 0.2, alpha_f = 0.4
  };

  /// A passive law of the registry from its entries as in a deck, for example passive_law("guccione", R"({"C": "2 kPa", "bf": 8})").
  /// @throws UserError for an unknown law or entry
  std::shared_ptr<const Material> passive_law(const std::string &name, const std::string &json = "{}");
}
