#include "mechanics/verification/land_2015.h"

#include "core/error.h"
#include "core/mesh/partition.h"
#include "core/mesh/vectors.h"
#include "core/mpi.h"
#include "core/numbers.h"
#include "mechanics/mechanics.h"
#include "mechanics/verification/probe.h"
#include "mechanics/verification/solid/solid_solver.h"
#include "mechanics/verification/solid_anatomy.h"
#include "mechanics/verification/volume_barrier.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace vivicor
{
  namespace
  {
    /// What the three problems differ in.
    struct Problem
    {
      std::string passive;      ///< entries of the Guccione law
      double pressure, tension; ///< kPa
      int pressed, held;        ///< boundary ids
      std::function<Frame(const Point3 &X)> fibres;
    };

    Problem problem_of(unsigned number)
    {
      const auto along_x = [](const Point3 &) { return Frame{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}; };
      const std::string stiff_along = R"("C": "2 kPa", "bf": 8, "bt": 2, "bfs": 4)",
                        isotropic = R"("C": "10 kPa", "bf": 1, "bt": 1, "bfs": 1)";
      if (number == 1)
        return {stiff_along, 0.004, 0, 4, 0, along_x};
      if (number == 2)
        return {isotropic, 10, 0, ventricle_inside, ventricle_base, LandVentricle::fibres};
      return {stiff_along, 15, 60, ventricle_inside, ventricle_base, LandVentricle::fibres};
    }

    SolidMesh mesh_of(unsigned number, const LandMethod &method, SolidMesh::Shape shape)
    {
      if (number == 1)
        return box_mesh(shape, {10, 1, 1}, {10 * method.across, method.across, method.across});
      return ventricle_mesh(shape, method.counts, LandVentricle::place);
    }

    constexpr Point3 tip{10, 0.5, 1};
    constexpr double meridian = 0.05, wall = 0.25; // half lengths of the material lines, see LandStation

    std::vector<double> stations()
    {
      std::vector<double> along;
      for (unsigned k = 1; k < 10; ++k)
        along.push_back(0.1 * k);
      return along;
    }

    /// Where displacements are wanted: the tip, or the three apices and then five points for each station.
    std::vector<Point3> points_of(unsigned number)
    {
      if (number == 1)
        return {tip};
      std::vector<Point3> points{{0, 0, -17}, {0, 0, -18.5}, {0, 0, -20}};
      for (const double along : stations())
        for (const auto &[a, d] : {std::array<double, 2>{0, 0}, {-meridian, 0}, {meridian, 0}, {0, -wall}, {0, wall}})
          points.push_back(LandVentricle::place(along + a, 0, 0.5 + d));
      return points;
    }

    LandStation station(double along, const Point3 *X, const Point3 *x)
    {
      LandStation s{along, X[0], x[0]};
      s.twist = (std::atan2(x[0][1], x[0][0]) - std::atan2(X[0][1], X[0][0])) * 180 / M_PI;
      s.circumferential = std::hypot(x[0][0], x[0][1]) / std::hypot(X[0][0], X[0][1]) - 1;
      s.longitudinal = norm(x[2] - x[1]) / norm(X[2] - X[1]) - 1;
      s.transmural = norm(x[4] - x[3]) / norm(X[4] - X[3]) - 1;
      return s;
    }

    void measure(LandAnswer &answer, const std::vector<Point3> &X, const std::vector<Point3> &u)
    {
      std::vector<Point3> x;
      for (std::size_t k = 0; k < X.size(); ++k)
        x.push_back(X[k] + u[k]);
      if (X.size() == 1)
        {
          answer.tip = x[0][2];
          return;
        }
      answer.endo = x[0][2];
      answer.middle = x[1][2];
      answer.epi = x[2][2];
      std::size_t at = 3;
      for (const double along : stations())
        {
          answer.line.push_back(station(along, &X[at], &x[at]));
          at += 5;
        }
    }

    LandAnswer solve_with_element(MPI_Comm comm, unsigned number, const LandMethod &method)
    {
      const Problem problem = problem_of(number);
      SolidProblem solid;
      solid.element = method.element;
      solid.bulk_modulus = method.bulk_modulus;
      solid.passive = passive_law("guccione", "{" + problem.passive + "}");
      if (number > 1 && method.barrier > 0)
        solid.passive = with_volume_barrier(solid.passive, method.barrier);
      solid.fibres = problem.fibres;
      solid.dirichlet = {{problem.held, {true, true, true}, {}}};
      solid.pressures = {{problem.pressed, ramp_to(problem.pressure)}};
      if (problem.tension > 0)
        solid.active.tension = ramp_to(problem.tension);
      SolidSolverSettings settings;
      if (method.linear_tolerance > 0)
        settings.linear_tolerance = method.linear_tolerance;
      if (method.direct)
        settings.linear = SolidSolverSettings::Linear::direct;
      SolidSolver solver(comm, mesh_of(number, method, solid_element(method.element).shape), solid, settings);
      const SolidSolver::Counts counts = solver.solve_static();
      LandAnswer answer;
      answer.cells = solver.size().cells;
      answer.unknowns = solver.size().dofs();
      answer.steps = counts.steps;
      answer.cut_steps = counts.cut_steps;
      answer.newton_iterations = counts.newton_iterations;
      answer.linear_iterations = counts.linear_iterations;
      answer.assembly = counts.assembly_s;
      answer.solve = counts.solve_s;
      const std::vector<Point3> X = points_of(number);
      measure(answer, X, solver.displacement(X));
      return answer;
    }

    std::string quantity(double value, const std::string &unit)
    {
      return '"' + shortest_digits(value) + ' ' + unit + '"';
    }

    Parameters wall_deck(const Problem &problem, const LandMethod &method)
    {
      Schema schema;
      declare_mechanics(schema);
      std::string solver = method.wall_solver + R"("tolerance": 1e-6)";
      if (method.linear_tolerance > 0)
        solver += R"(, "linear_tolerance": )" + shortest_digits(method.linear_tolerance);
      return parameters_from_json(
        R"({"mechanics": {)" + method.wall_entries + R"("active_stress": "square", "viscosity": "0 Pa s", "bulk_modulus": )"
          + quantity(method.bulk_modulus, "kPa") + R"(, "solver": {)" + solver + R"(},
        "pericardium": {"stiffness": "0 kPa/mm", "damping": "0 kPa s/mm"}, "vessel_ends": {"clamped": true},
        "tissue": {"ventricle": {"passive": {"model": "guccione", )"
          + problem.passive + R"(}, "active": {"model": "linear", "Tref": )" + quantity(std::max(problem.tension, 1.0), "kPa")
          + R"(, "rest_calcium": "0 uM", "full_calcium": "1 uM"}}}}})",
        schema);
    }

    /// Pressure and tension from nothing to `problem`'s, together, through equilibria: the wall feels no time here.
    Mechanics::Loading ramp(Mechanics &mechanics, const Problem &problem, std::size_t nodes)
    {
      constexpr double smallest = 1.0 / 512;
      Mechanics::Loading counts;
      double load = 0, step = 1.0 / 16;
      while (load < 1)
        {
          const double next = std::min(1.0, load + step);
          try
            {
              const Mechanics::Step taken = mechanics.advance(load, next - load, std::vector<double>(nodes, next),
                                                              std::vector<double>{next * problem.pressure});
              counts.newton_iterations += taken.newton_iterations;
              counts.linear_iterations += taken.linear_iterations;
              mechanics.commit();
              ++counts.steps;
              load = next;
              if (taken.newton_iterations <= 6)
                step *= 1.5;
            }
          catch (const StepFailed &failed)
            {
              ++counts.cut_steps;
              step /= 2;
              if (step < smallest)
                throw SolverError({"problem 3 of Land et al. 2015 fails", six_digits(100 * load) + " % of the load", failed.what(), "",
                                   "take a finer mesh"});
            }
        }
      return counts;
    }

    LandAnswer solve_with_wall(MPI_Comm comm, unsigned number, const LandMethod &method)
    {
      const Problem problem = problem_of(number);
      const WallProblem wall = wall_problem(mesh_of(number, method, SolidMesh::Shape::tetrahedra), problem.pressed, problem.held,
                                            problem.fibres);
      const Anatomy &anatomy = wall.anatomy;
      Timers timers;
      Mechanics mechanics(comm, anatomy, wall.fibres,
                          partition_cells(anatomy.cells, anatomy.points.size(), static_cast<unsigned>(size_of(comm))),
                          wall_deck(problem, method), timers);
      const Mechanics::Loading counts = problem.tension > 0 ? ramp(mechanics, problem, anatomy.points.size())
                                                            : mechanics.inflate({problem.pressure});
      LandAnswer answer;
      answer.cells = mechanics.size().cells;
      answer.unknowns = mechanics.size().dofs;
      answer.steps = counts.steps;
      answer.cut_steps = counts.cut_steps;
      answer.newton_iterations = counts.newton_iterations;
      answer.linear_iterations = counts.linear_iterations;
      answer.assembly = timers.seconds("mechanics_assembly");
      answer.solve = timers.seconds("mechanics_solve");
      const std::vector<Point3> X = points_of(number), nodal = mechanics.displacement();
      std::vector<Point3> u;
      for (const Point3 &point : X)
        u.push_back(Probe::find(anatomy.points, anatomy.cells, point).of(nodal));
      measure(answer, X, u);
      return answer;
    }
  }

  LandAnswer solve_land(MPI_Comm comm, unsigned problem, const LandMethod &method)
  {
    const auto start = std::chrono::steady_clock::now();
    LandAnswer answer = method.element == "wall" ? solve_with_wall(comm, problem, method) : solve_with_element(comm, problem, method);
    answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return answer;
  }
}
