#include "mechanics/verification/cook.h"

#include "core/numbers.h"
#include "mechanics/verification/solid/solid_solver.h"

#include <limits>

namespace vivicor
{
  CookPanel cook_linear()
  {
    return {0.375, 1, 1e-4 / 16, false};
  }
  CookPanel cook_nearly_incompressible()
  {
    return {80.1938, 400942, 100.0 / 16, true};
  }
  CookPanel cook_incompressible()
  {
    return {1, std::numeric_limits<double>::infinity(), 0.05, true};
  }

  CookTip cook_tip(MPI_Comm comm, const CookPanel &panel, const std::string &element, unsigned cells)
  {
    SolidMesh mesh = box_mesh(solid_element(element).shape, {1, 1, 1}, {cells, cells, 1});
    mesh.place = placed_by([](const Point3 &x) { return Point3{48 * x[0], 44 * x[0] + x[1] * (44 - 28 * x[0]), x[2]}; });
    SolidProblem problem;
    problem.element = element;
    problem.bulk_modulus = panel.bulk_modulus;
    problem.passive = passive_law("neo_hooke", "{\"mu\": \"" + shortest_digits(panel.shear_modulus) + " kPa\"}");
    problem.dirichlet = {{0, {true, true, false}, {}}, {4, {false, false, true}, {}}};
    if (panel.plane_strain)
      problem.dirichlet.push_back({5, {false, false, true}, {}});
    problem.tractions = {{1, [&panel](const Point3 &, double t) { return Point3{0, t * panel.traction, 0}; }}};
    SolidSolverSettings settings;
    settings.linear = SolidSolverSettings::Linear::direct; // a sheet one cell thick hardly fills in
    SolidSolver solver(comm, mesh, problem, settings);
    const auto counts = solver.solve_static();
    return {solver.displacement({48, 52, 0.5})[1], solver.displacement({48, 60, 0.5})[1], solver.size().dofs(), counts.steps,
            counts.newton_iterations};
  }

  VerificationTable cook_table(MPI_Comm comm, unsigned linear, unsigned quadratic)
  {
    constexpr double none = std::numeric_limits<double>::infinity();
    VerificationTable table;
    table.title = "Cook's membrane, " + std::to_string(quadratic) + " quadratic or " + std::to_string(linear)
                  + " linear cells along each edge";
    table.note
      = "plane stress: middle of the right edge, E = 1, nu = 1/3, force 1; nearly incompressible (kappa = 5000 mu) and incompressible "
        "(elements with a pressure only): its upper corner at finite strain, plane strain";
    struct Published
    {
      std::string panel, source;
      double tip, tolerance;
    };
    const Published plane_stress{"plane stress", "23.96 (Cook et al. 1989)", 23.96, 0.005},
      nearly{"nearly incompressible", "6.9083 (Elguedj et al. 2008, as kept by FinEALE)", 6.9083, 0.025},
      incompressible{"incompressible", "4.7011 (Mueller 2015, as kept by Elmer)", 4.7011, 0.025};
    const auto add = [&](const SolidElement &element, const Published &published, double tip, bool judged) {
      table.lines.push_back({element.name + ", " + published.panel + ", mm", published.source + (judged ? "" : ", not judged"), tip,
                             judged ? published.tip * (1 - published.tolerance) : -none,
                             judged ? published.tip * (1 + published.tolerance) : none});
    };
    for (const SolidElement &element : solid_elements())
      {
        const CookPanel small = cook_linear();
        const double part = 16 * small.traction;
        const unsigned n = element.degree > 1 ? quadratic : linear;
        add(element, plane_stress, cook_tip(comm, small, element.name, n).middle / part, element.degree > 1);
        add(element, nearly, cook_tip(comm, cook_nearly_incompressible(), element.name, n).corner, element.locking_free);
        if (element.pressure != SolidElement::Pressure::none)
          add(element, incompressible, cook_tip(comm, cook_incompressible(), element.name, n).corner, element.locking_free);
      }
    return table;
  }
}
