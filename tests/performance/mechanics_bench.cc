// The solid: residual and tangent of a passive ellipsoid with every law of the registry on the moving wall and on every element
// of the general solver, in time per cell and core, into the matrix; and what its linear systems take under refinement.
#include "mechanics/verification/land_2015.h"
#include "mechanics/verification/solid/solid_bulk.h"
#include "mechanics/verification/solid/solid_system.h"
#include "mechanics/verification/solid_anatomy.h"
#include "mechanics/wall/wall.h"
#include "tests/performance/bench.h"

#include <benchmark/benchmark.h>

#include <cmath>

using namespace vivicor;

namespace
{
  /// mm: strains of some per cent, no two cells alike.
  Point3 displacement(const Point3 &X)
  {
    return {0.2 * std::sin(0.5 * X[1]), 0.2 * std::sin(0.4 * X[2]), 0.2 * std::sin(0.6 * X[0])};
  }
  constexpr double pressure = 0.5; // kPa

  void count(benchmark::State &state, double cells, double points)
  {
    using benchmark::Counter;
    const auto each = Counter::kIsIterationInvariantRate | Counter::kInvert;
    state.counters["per_cell"] = Counter(cells, each);
    state.counters["per_point"] = Counter(points, each);
  }

  void moving_wall(benchmark::State &state, const std::string &law, bool tangent)
  {
    bench::start_mpi();
    const SolidMesh mesh = ventricle_mesh(SolidMesh::Shape::tetrahedra, {8, 16, 4}, LandVentricle::place);
    const auto [anatomy, fibres] = wall_problem(mesh, ventricle_inside, ventricle_base, LandVentricle::fibres);
    const Space space = build_space(MPI_COMM_SELF, anatomy.points, anatomy.cells, std::vector<unsigned>(anatomy.cells.size(), 0));
    std::vector<std::array<long long, 4>> blocks;
    for (const auto &cell : anatomy.cells)
      blocks.push_back({space.number[cell[0]], space.number[cell[1]], space.number[cell[2]], space.number[cell[3]]});
    BlockMatrix matrix(MPI_COMM_SELF, space.begin, space.end, blocks);
    RegionLaw region;
    region.passive = passive_law(law);
    Wall wall(anatomy, fibres, space, matrix, {region}, {});
    std::vector<double> x(4 * matrix.layout().local(), pressure), residual(x.size());
    for (std::size_t node = 0; node < anatomy.points.size(); ++node)
      {
        const Point3 u = displacement(anatomy.points[node]);
        std::copy(u.begin(), u.end(), x.begin() + static_cast<std::ptrdiff_t>(4 * space.number[node]));
      }
    Wall::Result result;
    for (auto _ : state)
      {
        std::fill(residual.begin(), residual.end(), 0.0);
        if (tangent)
          matrix.zero();
        result = wall.assemble(x.data(), 0, residual.data(), tangent ? &matrix : nullptr);
        benchmark::DoNotOptimize(residual.data());
      }
    if (!(result.min_J > 0) || !std::isfinite(result.force_scale2))
      state.SkipWithError("no valid configuration");
    const auto cells = static_cast<double>(anatomy.cells.size());
    count(state, cells, cells);
  }

  void general_element(benchmark::State &state, const std::string &element, const std::string &law)
  {
    bench::start_mpi();
    const SolidElement &kind = solid_element(element);
    SolidProblem problem;
    problem.element = element;
    problem.passive = passive_law(law);
    problem.fibres = LandVentricle::fibres;
    const Discretisation space(MPI_COMM_SELF, kind, ventricle_mesh(kind.shape, {4, 8, 2}, LandVentricle::place), 0);
    SolidBulk bulk(space, problem);
    SolidSystem system(MPI_COMM_SELF, space, std::vector<char>(static_cast<std::size_t>(space.n_u), 0), {});
    std::vector<double> u(static_cast<std::size_t>(space.n_u)), p(static_cast<std::size_t>(space.n_p), pressure);
    for (const auto &cell : space.cells)
      for (unsigned a = 0; 3 * a < cell.u.size(); ++a)
        {
          const Point3 moved = displacement(space.node_position(cell, a));
          for (unsigned i = 0; i < 3; ++i)
            u[static_cast<std::size_t>(cell.u[3 * a + i])] = moved[i];
        }
    const std::vector<double> gap(u.size(), 0.0);
    SolidBulk::Result result;
    for (auto _ : state)
      {
        system.zero();
        result = bulk.assemble({u.data(), p.data()}, true, [&](unsigned cell, const CellTerms &terms) { system.add(cell, terms, gap); });
      }
    if (!(result.min_J > 0) || !std::isfinite(result.force2))
      state.SkipWithError("no valid configuration");
    count(state, static_cast<double>(space.cells.size()), static_cast<double>(space.cells.size() * space.volume.weights.size()));
  }

  /// Problem 2 of Land et al. 2015 on a mesh refined so often, each linear system reduced to 10^-exponent.
  void land(benchmark::State &state)
  {
    bench::start_mpi();
    LandMethod method;
    method.counts = VentricleCounts{2, 4, 1}.refined(static_cast<unsigned>(state.range(0)));
    method.linear_tolerance = std::pow(10.0, -static_cast<double>(state.range(1)));
    LandAnswer answer;
    for (auto _ : state)
      answer = solve_land(MPI_COMM_WORLD, 2, method);
    state.counters["cells"] = static_cast<double>(answer.cells);
    state.counters["unknowns"] = static_cast<double>(answer.unknowns);
    state.counters["newton"] = answer.newton_iterations;
    state.counters["linear_per_newton"] = answer.linear_per_newton();
    state.counters["assembly_s"] = answer.assembly;
    state.counters["solve_s"] = answer.solve;
  }
  BENCHMARK(land)
    ->Name("land_2015_inflation")
    ->ArgNames({"refined", "reduction"})
    ->ArgsProduct({{0, 1, 2, 3}, {3, 6}})
    ->Iterations(1)
    ->Unit(benchmark::kSecond);
}

void bench::add_assembly()
{
  for (const auto &entry : registry<Material>())
    {
      const std::string law = entry.first;
      for (const bool tangent : {false, true})
        benchmark::RegisterBenchmark(("assembly/moving_wall/" + law + (tangent ? "/tangent" : "/residual")).c_str(),
                                     [law, tangent](benchmark::State &state) { moving_wall(state, law, tangent); })
          ->Unit(benchmark::kMillisecond);
      for (const SolidElement &kind : solid_elements())
        benchmark::RegisterBenchmark(("assembly/" + kind.name + "/" + law).c_str(), [element = kind.name, law](benchmark::State &state) {
          general_element(state, element, law);
        })->Unit(benchmark::kMillisecond);
    }
}
