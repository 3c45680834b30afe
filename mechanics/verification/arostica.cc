#include "mechanics/verification/arostica.h"

#include "core/error.h"
#include "core/mesh/partition.h"
#include "core/mesh/vectors.h"
#include "core/mpi.h"
#include "core/numbers.h"
#include "mechanics/boundary/prescribed_loads.h"
#include "mechanics/mechanics.h"
#include "mechanics/verification/probe.h"
#include "mechanics/verification/solid/solid_solver.h"
#include "mechanics/verification/solid_anatomy.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>

namespace vivicor
{
  namespace
  {
    constexpr std::array<Point3, 2> points{{{25, 30, 0}, {0, 30, 0}}};           // mm
    constexpr double bulk_modulus = 1000, viscosity = 100, density = 1;          // kPa, kPa ms, mg/mm^3
    constexpr double outside_stiffness = 100, base_stiffness = 0.1, damping = 5; // kPa/mm, kPa/mm, kPa ms/mm
    constexpr double spectral_radius = 2.0 / 3;                                  // alpha_m = 0.2, alpha_f = 0.4

    std::string with_unit(double value, const std::string &unit)
    {
      return '"' + shortest_digits(value) + ' ' + unit + '"';
    }

    std::string passive_entries(const ArosticaCase &of)
    {
      return R"({"a": )" + with_unit(of.a, "kPa") + R"(, "a_f": )" + with_unit(of.a_f, "kPa") + R"(, "a_fs": )" + with_unit(of.a_fs, "kPa")
             + R"(, "a_s": )" + with_unit(of.a_s, "kPa") + "}";
    }

    /// The tension is the calcium (1 kPa per uM).
    Parameters wall_deck(const ArosticaCase &of, const ArosticaRun &run)
    {
      Schema schema;
      declare_mechanics(schema);
      const auto spring = [](double stiffness, const std::string &last) {
        return R"({"stiffness": )" + with_unit(stiffness, "kPa/mm") + R"(, "damping": )" + with_unit(damping / 1000, "kPa s/mm") + last
               + "}";
      };
      return parameters_from_json(
        R"({"mechanics": {)" + run.mechanics + R"("active_stress": "square", "bulk_modulus": )" + with_unit(bulk_modulus, "kPa")
          + R"(, "viscosity": )" + with_unit(viscosity, "Pa s") + R"(, "time": {"scheme": "generalised_alpha", "density": )"
          + with_unit(density, "g/mL") + R"(, "spectral_radius": )" + shortest_digits(spectral_radius) + R"(}, "pericardium": )"
          + spring(outside_stiffness, R"(, "base_factor": 1, "normals": ")" + std::string(run.faceted ? "triangles" : "nodes") + '"')
          + R"(, "vessel_ends": )" + spring(base_stiffness, "") + R"(, "tissue": {"ventricle": {"passive": {"model": "holzapfel_ogden", )"
          + passive_entries(of).substr(1)
          + R"(, "active": {"model": "linear", "Tref": "1 kPa", "rest_calcium": "0 uM", "full_calcium": "1 uM"}}}}})",
        schema);
    }
  }

  namespace
  {
    /// int over a flat triangle of (N.m)^2, with m linear between the corners.
    double square_along_normal(const Point3 &area, const std::array<Point3, 3> &m)
    {
      const Point3 N = unit(area);
      double squares = 0, total = 0;
      for (const Point3 &at_corner : m)
        {
          const double along = dot(N, at_corner);
          squares += along * along;
          total += along;
        }
      return norm(area) / 12 * (squares + total * total);
    }

    /// Along the ellipsoid through X in a plane with the long axis.
    Point3 meridian(const Point3 &X)
    {
      constexpr double per_unit_of_x = 35.0 / 97; // half axes of the epicardium
      const double r = std::hypot(X[1], X[2]);
      if (r == 0)
        return {0, 0, 0};
      const double outwards = per_unit_of_x * per_unit_of_x * X[0]; // beside r
      return unit({-r, outwards * X[1] / r, outwards * X[2] / r});
    }
  }

  FacetRestraint facet_restraint(const VentricleCounts &cells)
  {
    const ArosticaVentricle ventricle;
    const Anatomy anatomy
      = wall_problem(ventricle.mesh(SolidMesh::Shape::tetrahedra, cells), ventricle_inside, ventricle_base, [](const Point3 &) {
          return Frame{};
        }).anatomy;
    constexpr double per_N_m = 1e6; // mN mm
    double turning = 0, sliding = 0, whole = 0;
    for (const Triangle &triangle : anatomy.epicardium)
      {
        std::array<Point3, 3> X, turned, along;
        for (unsigned k = 0; k < 3; ++k)
          {
            X[k] = anatomy.points[triangle.nodes[k]];
            turned[k] = cross({1, 0, 0}, X[k]); // per radian
            along[k] = meridian(X[k]);
          }
        const Point3 area = 0.5 * cross(X[1] - X[0], X[2] - X[0]);
        turning += outside_stiffness * square_along_normal(area, turned);
        sliding += outside_stiffness * square_along_normal(area, along);
        whole += norm(area);
      }
    return {turning / per_N_m, sliding / whole};
  }

  const std::vector<ArosticaCase> &arostica_cases()
  {
    static const std::vector<ArosticaCase> cases{
      {"0A", 0.059, 18.472, 0.216, 2.481, 150, false}, {"0B", 0.059, 18.472, 0.216, 2.481, 0, true},
      {"1", 0.059, 18.472, 0.216, 2.481, 150, true},   {"2A", 0.177, 55.416, 0.648, 7.443, 200, true},
      {"2B", 0.295, 92.360, 1.080, 12.405, 100, true}, {"2C", 0.019, 6.157, 0.072, 0.827, 200, true}};
    return cases;
  }

  const ArosticaCase &arostica_case(const std::string &name)
  {
    for (const ArosticaCase &one : arostica_cases())
      if (one.name == name)
        return one;
    throw std::out_of_range("no case " + name);
  }

  Point3 ArosticaHistory::at(double time, unsigned point) const
  {
    const auto after = std::lower_bound(t.begin(), t.end(), time - 1e-9);
    if (after == t.begin() || after == t.end())
      return after == t.end() ? u.back()[point] : u.front()[point];
    const auto i = static_cast<std::size_t>(after - t.begin());
    const double s = (time - t[i - 1]) / (t[i] - t[i - 1]);
    return (1 - s) * u[i - 1][point] + s * u[i][point];
  }

  double ArosticaHistory::largest(unsigned point, unsigned component, double sign, double end) const
  {
    std::size_t best = 0;
    const auto value = [&](std::size_t i) { return sign * u[i][point][component]; };
    for (std::size_t i = 0; i < t.size() && t[i] <= end; ++i)
      if (value(i) > value(best))
        best = i;
    if (best == 0 || best + 1 == t.size())
      return sign * value(best);
    const double l = value(best - 1), m = value(best), r = value(best + 1), bend = l - 2 * m + r;
    return sign * (bend < 0 ? m - (r - l) * (r - l) / (8 * bend) : m);
  }

  namespace
  {
    struct Loads
    {
      explicit Loads(const ArosticaCase &of) : tension(PrescribedLoad::active_stress(activation(of))), pressed(of.pressed) {}
      static PrescribedLoad::Activation activation(const ArosticaCase &of)
      {
        PrescribedLoad::Activation numbers;
        numbers.sigma = of.tension;
        return numbers;
      }
      PrescribedLoad tension, full_pressure = PrescribedLoad::cavity_pressure({});
      bool pressed;
      double pressure(double t) const { return pressed ? full_pressure(t) : 0.0; }
      /// ms: until then nothing happens at all.
      double start() const
      {
        double t = 0;
        while (tension(t + 1) == 0 && pressure(t + 1) == 0)
          ++t;
        return t;
      }
    };

    /// One of the two discretisations: a step to t + dt under a tension and a pressure (kPa) at its end.
    struct Discretisation
    {
      explicit Discretisation(const ArosticaCase &of) : loads(of) {}
      virtual ~Discretisation() = default;
      /// @throws StepFailed
      virtual void advance(double t, double dt, ArosticaHistory &counts) = 0;
      virtual std::array<Point3, 2> probes() const = 0;
      Loads loads;
    };

    class MovingWall : public Discretisation
    {
    public:
      MovingWall(MPI_Comm comm, const ArosticaCase &of, const ArosticaRun &run)
        : Discretisation(of),
          wall(make(run)),
          mechanics(comm, wall.anatomy, wall.fibres,
                    partition_cells(wall.anatomy.cells, wall.anatomy.points.size(), static_cast<unsigned>(size_of(comm))),
                    wall_deck(of, run), timers),
          probe{Probe::find(wall.anatomy.points, wall.anatomy.cells, points[0]),
                Probe::find(wall.anatomy.points, wall.anatomy.cells, points[1])}
      {
      }
      void advance(double t, double dt, ArosticaHistory &counts) override
      {
        const std::vector<double> calcium(wall.anatomy.points.size(), loads.tension(t + dt));
        const Mechanics::Step step = mechanics.advance(t, dt, calcium, std::vector<double>{loads.pressure(t + dt)});
        mechanics.commit();
        counts.newton_iterations += step.newton_iterations;
        counts.linear_iterations += step.linear_iterations;
      }
      std::array<Point3, 2> probes() const override
      {
        const std::vector<Point3> u = mechanics.displacement();
        return {probe[0].of(u), probe[1].of(u)};
      }

    private:
      static WallProblem make(const ArosticaRun &run)
      {
        const ArosticaVentricle ventricle;
        return wall_problem(ventricle.mesh(SolidMesh::Shape::tetrahedra, run.cells), ventricle_inside, ventricle_base,
                            [&](const Point3 &X) { return ventricle.fibres(X); });
      }
      WallProblem wall;
      Timers timers;
      Mechanics mechanics;
      std::array<Probe, 2> probe;
    };

    class GeneralSolid : public Discretisation
    {
    public:
      GeneralSolid(MPI_Comm comm, const ArosticaCase &of, const ArosticaRun &run)
        : Discretisation(of), solver(comm, mesh(run), problem(of, run.element), settings())
      {
      }
      void advance(double, double dt, ArosticaHistory &counts) override
      {
        const SolidSolver::Counts step = solver.advance(dt);
        counts.newton_iterations += step.newton_iterations;
        counts.linear_iterations += step.linear_iterations;
      }
      std::array<Point3, 2> probes() const override
      {
        const auto u = solver.displacement({points[0], points[1]});
        return {u[0], u[1]};
      }

    private:
      SolidMesh mesh(const ArosticaRun &run) const
      {
        SolidMesh curved = ventricle.mesh(solid_element(run.element).shape, run.cells);
        if (run.faceted)
          curved.place = [place = curved.place](const std::vector<Point3> &corners, const std::vector<double> &weights) {
            Point3 X{0, 0, 0};
            for (std::size_t v = 0; v < corners.size(); ++v)
              if (weights[v] != 0)
                X = X + weights[v] * place({corners[v]}, {1.0});
            return X;
          };
        return curved;
      }
      static SolidSolverSettings settings()
      {
        SolidSolverSettings settings;
        settings.newton_tolerance = 1e-6;
        return settings;
      }
      SolidProblem problem(const ArosticaCase &of, const std::string &element) const
      {
        SolidProblem problem;
        problem.element = element;
        problem.volumetric = "log_square";
        problem.bulk_modulus = bulk_modulus;
        problem.passive = passive_law("holzapfel_ogden", passive_entries(of));
        problem.fibres = [this](const Point3 &X) { return ventricle.fibres(X); };
        problem.viscosity = viscosity;
        const double start = loads.start();
        problem.active.tension = [this, start](double t) { return loads.tension(start + t); };
        problem.pressures = {{ventricle_inside, [this, start](double t) { return loads.pressure(start + t); }}};
        problem.robin = {{ventricle_outside, true, outside_stiffness, damping}, {ventricle_base, false, base_stiffness, damping}};
        problem.density = density;
        problem.spectral_radius = spectral_radius;
        return problem;
      }
      ArosticaVentricle ventricle;
      SolidSolver solver;
    };
  }

  ArosticaHistory arostica_history(MPI_Comm comm, const ArosticaCase &of, const ArosticaRun &run,
                                   const std::function<void(const ArosticaHistory &)> &observe)
  {
    constexpr double smallest = 1.0 / 32; // of the step
    const auto start = std::chrono::steady_clock::now();
    std::unique_ptr<Discretisation> wall;
    if (run.element == "wall")
      wall = std::make_unique<MovingWall>(comm, of, run);
    else
      wall = std::make_unique<GeneralSolid>(comm, of, run);

    ArosticaHistory history;
    history.t = {0};
    history.u.emplace_back();
    double t = wall->loads.start(), dt = run.dt;
    if (t > 0)
      {
        history.t.push_back(t);
        history.u.emplace_back();
      }
    while (t < run.end - 1e-9)
      {
        dt = std::min(dt, run.end - t);
        try
          {
            wall->advance(t, dt, history);
          }
        catch (const StepFailed &failed)
          {
            dt /= 2;
            if (dt < smallest * run.dt)
              throw SolverError({"case " + of.name + " of Arostica et al. 2025 fails", "t = " + six_digits(t) + " ms", failed.what(), "",
                                 "take a finer mesh or shorter steps"});
            continue;
          }
        ++history.steps;
        t += dt;
        dt = std::min(run.dt, 2 * dt);
        history.t.push_back(t);
        history.u.push_back(wall->probes());
        history.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (observe)
          observe(history);
      }
    return history;
  }
}
