#include "mechanics/verification/cook.h"

#include "mechanics/solid/solid_solver.h"

#include <limits>

namespace vivicor
{
  CookPanel cook_linear() { return {0.375, 1, 1e-4 / 16, false}; }
  CookPanel cook_incompressible() { return {80.1938, 400942, 100.0 / 16, true}; }

  CookTip cook_tip(MPI_Comm comm, const CookPanel &panel, const std::string &element, unsigned cells)
  {
    SolidMesh mesh = box_mesh(solid_element(element).shape, {1, 1, 1}, {cells, cells, 1});
    mesh.place = placed_by([](const Point3 &x) { return Point3{48 * x[0], 44 * x[0] + x[1] * (44 - 28 * x[0]), x[2]}; });
    SolidProblem problem;
    problem.element = element;
    problem.bulk_modulus = panel.bulk_modulus;
    problem.passive = passive_law("neo_hooke", "{\"mu\": \"" + std::to_string(panel.shear_modulus) + " kPa\"}");
    problem.dirichlet = {{0, {true, true, false}, {}}, {4, {false, false, true}, {}}};
    if (panel.plane_strain)
      problem.dirichlet.push_back({5, {false, false, true}, {}});
    problem.tractions = {{1, [&panel](const Point3 &, double t) { return Point3{0, t * panel.traction, 0}; }}};
    SolidSolver solver(comm, mesh, problem);
    const auto counts = solver.solve_static();
    return {solver.displacement({48, 52, 0.5})[1], solver.displacement({48, 60, 0.5})[1], solver.size().dofs(), counts.steps,
            counts.newton_iterations};
  }

  VerificationTable cook_table(MPI_Comm comm, unsigned cells)
  {
    constexpr double none = std::numeric_limits<double>::infinity();
    VerificationTable table;
    table.title = "Cook's membrane, " + std::to_string(cells) + " cells along each edge, linear elements four times as many";
    table.note = "plane stress: middle of the right edge, E = 1, nu = 1/3, force 1; nearly incompressible: its upper corner at finite strain";
    for (const SolidElement &element : solid_elements())
      {
        const CookPanel linear = cook_linear();
        const double part = 16 * linear.traction;
        const unsigned n = element.degree > 1 ? cells : 4 * cells; // linear elements need finer cells for the same number of unknowns and more
        const CookTip a = cook_tip(comm, linear, element.name, n), b = cook_tip(comm, cook_incompressible(), element.name, n);
        table.lines.push_back({element.name + ", plane stress, mm", "23.96 (Cook et al. 1989)", a.middle / part,
                               element.degree > 1 ? 23.96 * 0.995 : -none, element.degree > 1 ? 23.96 * 1.005 : none});
        const bool judged = element.locking_free;
        table.lines.push_back({element.name + ", nearly incompressible, mm", judged ? "about 6.9 (figures, two digits)" : "6.9; locks or slowed", b.corner,
                               judged ? 6.9 * 0.97 : -none, judged ? 6.9 * 1.03 : none});
      }
    return table;
  }
}
