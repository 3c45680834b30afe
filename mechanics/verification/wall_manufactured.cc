#include "mechanics/verification/wall_manufactured.h"

#include "core/error.h"
#include "core/mesh/partition.h"
#include "core/mesh/vectors.h"
#include "core/mpi.h"
#include "core/numbers.h"
#include "mechanics/mechanics.h"
#include "mechanics/verification/manufactured_cube.h"
#include "mechanics/verification/solid_anatomy.h"

#include <deal.II/base/quadrature_lib.h>

#include <cmath>
#include <limits>

namespace vivicor
{
  namespace
  {
    constexpr double barrier = 0.3; // kPa: over the shear modulus as in the defaults, 3 over 10 kPa

    Parameters deck(double bulk_modulus)
    {
      Schema schema;
      declare_mechanics(schema);
      return parameters_from_json(R"({"mechanics": {"active_stress": "square", "bulk_modulus": ")" + shortest_digits(bulk_modulus)
                                    + R"( kPa", "stabilisation_modulus": "1 kPa", "volume_barrier": ")" + shortest_digits(barrier) +
                                    R"( kPa", "viscosity": "0 Pa s", "vessel_ends": {"clamped": true}, "solver": {"tolerance": 1e-9},
             "tissue": {"ventricle": {"passive": {"model": "neo_hooke", "mu": "1 kPa"},
                        "active": {"model": "linear", "Tref": "1 kPa", "rest_calcium": "0 uM", "full_calcium": "1 uM"}}}}})",
                                  schema);
    }

    /// Barycentric points and weights on a simplex of measure 1, exact for degree 5.
    template <int dim>
    std::vector<std::pair<std::array<double, dim + 1>, double>> points_of_simplex()
    {
      const dealii::QWitherdenVincentSimplex<dim> rule(3);
      std::vector<std::pair<std::array<double, dim + 1>, double>> points;
      for (unsigned q = 0; q < rule.size(); ++q)
        {
          auto &[at, weight] = points.emplace_back();
          at[0] = 1;
          for (unsigned d = 0; d < dim; ++d)
            {
              at[d + 1] = rule.point(q)[d];
              at[0] -= at[d + 1];
            }
          weight = rule.weight(q) * (dim == 3 ? 6 : 2);
        }
      return points;
    }

    template <std::size_t n>
    Point3 mean(const std::vector<Point3> &values, const std::array<unsigned, n> &nodes, const std::array<double, n> &weights)
    {
      Point3 sum{0, 0, 0};
      for (std::size_t a = 0; a < n; ++a)
        sum = sum + weights[a] * values[nodes[a]];
      return sum;
    }

    /// mN: the weak form of body force and traction.
    std::vector<Point3> nodal_forces(const ManufacturedCube &exact, const Anatomy &anatomy)
    {
      std::vector<Point3> force(anatomy.points.size(), Point3{0, 0, 0});
      const auto in_cell = points_of_simplex<3>();
      for (const auto &nodes : anatomy.cells)
        for (const auto &[at, weight] : in_cell)
          {
            const Point3 b = signed_volume(anatomy.points, nodes) * weight * exact.body_force(mean(anatomy.points, nodes, at));
            for (unsigned a = 0; a < 4; ++a)
              force[nodes[a]] = force[nodes[a]] + at[a] * b;
          }
      const auto on_face = points_of_simplex<2>();
      for (const Triangle &triangle : anatomy.cavities.at("LV"))
        {
          const Point3 &o = anatomy.points[triangle.nodes[0]];
          const double area = norm(cross(anatomy.points[triangle.nodes[1]] - o, anatomy.points[triangle.nodes[2]] - o)) / 2;
          for (const auto &[at, weight] : on_face)
            {
              const std::array<double, 9> P = exact.stress(mean(anatomy.points, triangle.nodes, at));
              for (unsigned a = 0; a < 3; ++a)
                force[triangle.nodes[a]] = force[triangle.nodes[a]] + area * weight * at[a] * Point3{P[0], P[3], P[6]};
            }
        }
      return force;
    }

    ManufacturedSolidError error_of(const ManufacturedCube &exact, const Anatomy &anatomy, const std::vector<Point3> &u,
                                    const std::vector<double> &p)
    {
      ManufacturedSolidError squares;
      const auto in_cell = points_of_simplex<3>();
      for (const auto &nodes : anatomy.cells)
        {
          const double volume = signed_volume(anatomy.points, nodes);
          const Point3 &o = anatomy.points[nodes[0]];
          const Point3 a = anatomy.points[nodes[1]] - o, b = anatomy.points[nodes[2]] - o, c = anatomy.points[nodes[3]] - o;
          const std::array<Point3, 3> dual{cross(b, c), cross(c, a), cross(a, b)};
          std::array<double, 9> gradient{};
          for (unsigned v = 0; v < 3; ++v)
            for (unsigned i = 0; i < 3; ++i)
              for (unsigned J = 0; J < 3; ++J)
                gradient[3 * i + J] += (u[nodes[v + 1]][i] - u[nodes[0]][i]) * dual[v][J] / (6 * volume);
          for (const auto &[at, weight] : in_cell)
            {
              const Point3 X = mean(anatomy.points, nodes, at), du = mean(u, nodes, at) - exact.displacement(X);
              const std::array<double, 9> G = exact.gradient(X);
              double dG2 = 0, dp = -exact.pressure(X);
              for (unsigned k = 0; k < 9; ++k)
                dG2 += (gradient[k] - G[k]) * (gradient[k] - G[k]);
              for (unsigned v = 0; v < 4; ++v)
                dp += at[v] * p[nodes[v]];
              squares.displacement += volume * weight * dot(du, du);
              squares.gradient += volume * weight * dG2;
              squares.pressure += volume * weight * dp * dp;
            }
        }
      return {std::sqrt(squares.displacement), std::sqrt(squares.gradient), std::sqrt(squares.pressure)};
    }
  }

  ManufacturedSolidError manufactured_wall_error(MPI_Comm comm, double bulk_modulus, double tension, unsigned cells)
  {
    constexpr int held = 0, loaded = 1;
    SolidMesh mesh = ManufacturedCube::mesh(SolidMesh::Shape::tetrahedra, cells);
    mesh.boundary_id = [face = mesh.boundary_id](const std::vector<Point3> &corners) { return face(corners) == 1 ? loaded : held; };
    const WallProblem wall = wall_problem(mesh, loaded, held, ManufacturedCube::fibres);
    const Anatomy &anatomy = wall.anatomy;
    Timers timers;
    Mechanics mechanics(comm, anatomy, wall.fibres,
                        partition_cells(anatomy.cells, anatomy.points.size(), static_cast<unsigned>(size_of(comm))), deck(bulk_modulus),
                        timers);

    ManufacturedCube exact{bulk_modulus, barrier};
    std::vector<Point3> start; // what is held stays at the exact displacement
    for (const Point3 &X : anatomy.points)
      start.push_back(exact.displacement(X));
    mechanics.load(nodal_forces(exact, anatomy));
    if (!mechanics.settle({0}, start, mechanics))
      throw SolverError({"the manufactured solution is not found", std::to_string(cells) + " cells along an edge", "Newton's method fails",
                         "", "take a finer mesh"});
    if (tension > 0)
      {
        exact.tension = tension;
        mechanics.load(nodal_forces(exact, anatomy));
        const std::vector<double> calcium(anatomy.points.size(), tension); // 1 kPa per uM
        mechanics.advance(0, 1, calcium, std::vector<double>{0});
        mechanics.commit();
      }
    std::vector<double> p = mechanics.nodal_fields().pressure;
    for (double &value : p) // positive in compression there
      value = -value;
    return error_of(exact, anatomy, mechanics.displacement(), p);
  }

  VerificationTable manufactured_wall_orders(MPI_Comm comm, unsigned coarse, unsigned fine)
  {
    VerificationTable table;
    table.title = "Manufactured solution, the moving wall of whole hearts: linear displacement and pressure, stabilised";
    table.note = "observed orders of the errors between " + std::to_string(coarse) + " and " + std::to_string(fine)
                 + " cells along an edge of a cube; shear modulus 1 kPa, barrier 0.3 kPa; pressure: 1 is proven, 1.5 to 2 usual";
    struct Row
    {
      std::string name;
      double bulk_modulus, tension;
    };
    for (const auto &[name, kappa, tension] :
         {Row{"kappa 5 kPa, ", 5, 0}, Row{"kappa 100000 kPa, ", 1e5, 0}, Row{"kappa 100000 kPa, tension 1 kPa, ", 1e5, 1}})
      {
        const auto a = manufactured_wall_error(comm, kappa, tension, coarse), b = manufactured_wall_error(comm, kappa, tension, fine);
        const auto add = [&](const std::string &what, double first, double second, int order) {
          table.lines.push_back({name + what, std::to_string(order) + " (theory)",
                                 std::log(first / second) / std::log(static_cast<double>(fine) / coarse), order - 0.2,
                                 std::numeric_limits<double>::infinity()});
        };
        add("displacement", a.displacement, b.displacement, 2);
        add("its gradient", a.gradient, b.gradient, 1);
        add("pressure", a.pressure, b.pressure, 1);
      }
    return table;
  }
}
