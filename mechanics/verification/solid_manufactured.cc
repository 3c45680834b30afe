#include "mechanics/verification/solid_manufactured.h"

#include "mechanics/verification/manufactured_cube.h"
#include "mechanics/verification/solid/solid_solver.h"

#include <cmath>
#include <limits>

namespace vivicor
{
  namespace
  {
    std::string short_number(double value)
    {
      return std::isinf(value) ? "infinite" : std::to_string(static_cast<long>(value));
    }
  }

  ManufacturedSolidError manufactured_solid_error(MPI_Comm comm, const std::string &name, double bulk_modulus, unsigned cells)
  {
    const ManufacturedCube exact{bulk_modulus};
    SolidProblem problem;
    problem.element = name;
    problem.bulk_modulus = bulk_modulus;
    problem.passive = passive_law("neo_hooke", R"({"mu": "1 kPa"})");
    for (const int face : {0, 2, 3, 4, 5})
      problem.dirichlet.push_back({face, {true, true, true}, [exact](const Point3 &X, double t) {
                                     const Point3 u = exact.displacement(X);
                                     return Point3{t * u[0], t * u[1], t * u[2]};
                                   }});
    problem.tractions = {{1, [exact](const Point3 &X, double t) {
                            const std::array<double, 9> P = exact.stress(X);
                            return Point3{t * P[0], t * P[3], t * P[6]};
                          }}};
    problem.body_force = [exact](const Point3 &X, double t) {
      const Point3 b = exact.body_force(X);
      return Point3{t * b[0], t * b[1], t * b[2]};
    };
    SolidSolverSettings settings;
    settings.first_load_step = 1;
    settings.newton_tolerance = 1e-9;
    SolidSolver solver(comm, ManufacturedCube::mesh(solid_element(name).shape, cells), problem, settings);
    solver.solve_static();
    return {solver.displacement_error([&](const Point3 &X) { return exact.displacement(X); }),
            solver.gradient_error([&](const Point3 &X) { return exact.gradient(X); }),
            solver.pressure_error([&](const Point3 &X) { return exact.pressure(X); })};
  }

  VerificationTable manufactured_solid_orders(MPI_Comm comm, const std::string &name, unsigned coarse, unsigned fine)
  {
    const SolidElement &element = solid_element(name);
    VerificationTable table;
    table.title = "Manufactured solution, " + name + ": " + element.doc;
    table.note = "observed orders of the errors between " + std::to_string(coarse) + " and " + std::to_string(fine)
                 + " cells along an edge of a cube; shear modulus 1 kPa";
    // By penalty alone orders begin to be lost at 1e3 kPa. At 1e5 they are lost altogether, which takes Newton's method hundreds of
    // iterations.
    const std::vector<double> moduli = element.pressure == SolidElement::Pressure::none
                                         ? std::vector<double>{5, 1e3}
                                         : std::vector<double>{5, 1e5, std::numeric_limits<double>::infinity()};
    for (const double kappa : moduli)
      {
        const auto a = manufactured_solid_error(comm, name, kappa, coarse), b = manufactured_solid_error(comm, name, kappa, fine);
        const double ratio = std::log(static_cast<double>(fine) / coarse);
        // An element that locks is shown, not judged, where it locks; the checkerboard of Q1-P0 is not judged either.
        const bool locks = !element.locking_free && kappa > 10;
        const double none = std::numeric_limits<double>::infinity();
        const auto add = [&](const std::string &what, double first, double second, int order) {
          const double observed = std::log(first / second) / ratio;
          const bool judged = !locks && !(what == "pressure" && name == "Q1-P0" && kappa > 10);
          table.lines.push_back({"kappa " + short_number(kappa) + " kPa, " + what,
                                 judged ? std::to_string(order) + " (theory)" : "not kept", observed, judged ? order - 0.3 : -none, none});
        };
        const int degree = static_cast<int>(element.degree);
        add("displacement", a.displacement, b.displacement, degree + 1);
        add("its gradient", a.gradient, b.gradient, degree);
        if (element.pressure != SolidElement::Pressure::none)
          add("pressure", a.pressure, b.pressure, element.projected ? 1 : static_cast<int>(element.pressure_degree) + 1);
      }
    return table;
  }
}
