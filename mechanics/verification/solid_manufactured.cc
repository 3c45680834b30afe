#include "mechanics/verification/solid_manufactured.h"

#include "mechanics/solid/solid_solver.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace vivicor
{
  namespace
  {
    using std::numbers::pi;

    struct Exact
    {
      double over_kappa;

      static double g(const Point3 &X) { return 0.5 + std::sin(pi * X[1]) * std::cos(pi * X[2]); }

      Point3 displacement(const Point3 &X) const
      {
        return {X[0] * over_kappa * g(X) + 0.1 * std::sin(pi * X[1]) * std::sin(pi * X[2]) + 0.05 * X[2] * X[2],
                0.1 * std::sin(pi * X[2]) + 0.05 * X[2], 0.0};
      }

      std::array<double, 9> gradient(const Point3 &X) const
      {
        const double s1 = std::sin(pi * X[1]), c1 = std::cos(pi * X[1]), s2 = std::sin(pi * X[2]), c2 = std::cos(pi * X[2]);
        return {over_kappa * g(X),
                X[0] * over_kappa * pi * c1 * c2 + 0.1 * pi * c1 * s2,
                -X[0] * over_kappa * pi * s1 * s2 + 0.1 * pi * s1 * c2 + 0.1 * X[2],
                0,
                0,
                0.1 * pi * c2 + 0.05,
                0,
                0,
                0};
      }

      /// P_iJ at [3 i + J], kPa; shear modulus 1.
      std::array<double, 9> stress(const Point3 &X) const
      {
        std::array<double, 9> F = gradient(X), H;
        for (const unsigned i : {0, 4, 8})
          F[i] += 1;
        double C = 0, J = 0;
        for (unsigned i = 0; i < 3; ++i)
          for (unsigned A = 0; A < 3; ++A)
            {
              const unsigned i1 = (i + 1) % 3, i2 = (i + 2) % 3, A1 = (A + 1) % 3, A2 = (A + 2) % 3;
              H[3 * i + A] = F[3 * i1 + A1] * F[3 * i2 + A2] - F[3 * i1 + A2] * F[3 * i2 + A1];
              C += F[3 * i + A] * F[3 * i + A];
            }
        J = F[0] * H[0] + F[1] * H[1] + F[2] * H[2];
        std::array<double, 9> P;
        for (unsigned k = 0; k < 9; ++k)
          P[k] = std::pow(J, -2.0 / 3) * (F[k] - C / (3 * J) * H[k]) + g(X) * H[k];
        return P;
      }

      /// -Div P by central differences of fourth order, whose error (about 1e-10 kPa/mm) is far below any discretisation's.
      Point3 body_force(const Point3 &X) const
      {
        constexpr double h = 2e-3;
        Point3 b{0, 0, 0};
        for (unsigned J = 0; J < 3; ++J)
          for (const auto &[offset, weight] : {std::pair{-2.0, 1.0 / 12}, {-1.0, -2.0 / 3}, {1.0, 2.0 / 3}, {2.0, -1.0 / 12}})
            {
              Point3 at = X;
              at[J] += offset * h;
              const std::array<double, 9> P = stress(at);
              for (unsigned i = 0; i < 3; ++i)
                b[i] -= weight / h * P[3 * i + J];
            }
        return b;
      }
    };

    /// The unit cube with its inside moved smoothly, so that no cell is a box.
    SolidMesh moved_cube(SolidMesh::Shape shape, unsigned n)
    {
      SolidMesh mesh = box_mesh(shape, {1, 1, 1}, {n, n, n});
      mesh.place = placed_by([](const Point3 &x) {
        const double move = 0.05 * std::sin(pi * x[0]) * std::sin(pi * x[1]) * std::sin(pi * x[2]);
        return Point3{x[0] + move, x[1] - move, x[2] + move};
      });
      return mesh;
    }

    std::string short_number(double value)
    {
      return std::isinf(value) ? "infinite" : std::to_string(static_cast<long>(value));
    }
  }

  ManufacturedSolidError manufactured_solid_error(MPI_Comm comm, const std::string &name, double bulk_modulus, unsigned cells)
  {
    const Exact exact{1 / bulk_modulus};
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
    SolidSolver solver(comm, moved_cube(solid_element(name).shape, cells), problem, settings);
    solver.solve_static();
    return {solver.displacement_error([&](const Point3 &X) { return exact.displacement(X); }),
            solver.gradient_error([&](const Point3 &X) { return exact.gradient(X); }),
            solver.pressure_error([&](const Point3 &X) { return exact.g(X); })};
  }

  VerificationTable manufactured_solid_orders(MPI_Comm comm, const std::string &name, unsigned coarse, unsigned fine)
  {
    const SolidElement &element = solid_element(name);
    VerificationTable table;
    table.title = "Manufactured solution, " + name + ": " + element.doc;
    table.note = "observed orders of the errors between " + std::to_string(coarse) + " and " + std::to_string(fine) +
                 " cells along an edge of a cube; shear modulus 1 kPa";
    std::vector<double> moduli{5, 1e5};
    if (element.pressure != SolidElement::Pressure::none)
      moduli.push_back(std::numeric_limits<double>::infinity());
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
          table.lines.push_back({"kappa " + short_number(kappa) + " kPa, " + what, judged ? std::to_string(order) + " (theory)" : "not kept",
                                 observed, judged ? order - 0.3 : -none, none});
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
