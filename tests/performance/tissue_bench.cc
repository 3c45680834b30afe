// The tissue: the slab of Niederer et al. 2011 at h = 0.2 mm, and a diffusion step in matrix-vector products. On one rank; the slab on
// two ranks: mpirun -n 2 vivicor_bench --benchmark_filter=slab (each rank prints the same case, of which it did half).
#include "electrophysiology/tissue/box_mesh.h"
#include "electrophysiology/tissue/diffusion.h"
#include "electrophysiology/verification/slab.h"
#include "tests/performance/bench.h"

#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>

using namespace vivicor;

namespace
{
  /// 1,000 steps of so many us: wall time, and the shares of reaction and diffusion.
  void slab(benchmark::State &state)
  {
    bench::start_mpi();
    SlabRun run;
    run.h = 0.2;
    run.lumping = 1;
    run.time_step = static_cast<double>(state.range(0)) * 1e-3;
    run.t_end = 1000 * run.time_step;
    SlabResult result;
    for (auto _ : state)
      {
        result = run_slab(MPI_COMM_WORLD, run);
        state.SetIterationTime(result.wall);
      }
    state.counters["reaction_s"] = result.ionic;
    state.counters["diffusion_s"] = result.diffusion;
    state.counters["node_steps_per_s"] = static_cast<double>(result.nodes) * static_cast<double>(result.steps) / result.wall;
  }
  BENCHMARK(slab)->Name("slab/h=0.2mm/1000_steps_of_us")->Arg(50)->Arg(10)->Iterations(1)->UseManualTime()->Unit(benchmark::kSecond);

  /// A block of 1 mm tetrahedra through which a front runs: time of a diffusion step of 0.05 ms over that of one product K x.
  void diffusion_step(benchmark::State &state)
  {
    bench::start_mpi();
    const double h = 1;
    const auto box = box_mesh(Element(Element::Shape::simplex, 3, 1), {60, 40, 30}, h);
    const RefinedMesh &mesh = box.nodes;
    const double along = 0.738 / 1.4, across = 0.195 / 1.4; // mm^2/ms: the default ventricles
    const auto matrices = assemble(mesh, box.cells, std::vector<SymmetricTensor>(box.cells.size(), {along, across, across, 0, 0, 0}));
    Halo halo(MPI_COMM_SELF, mesh);
    Diffusion diffusion(MPI_COMM_SELF, mesh, halo, matrices, {});
    AlignedVector V(mesh.n_local(), 0.0), y(mesh.n_owned, 0.0);
    double t = 0;
    const auto front = [&] { // the wave runs at 0.6 mm/ms
      t = t > 90 ? 0 : t + 0.05;
      for (std::size_t i = 0; i < mesh.groups[0].count; ++i)
        V[i] = -85 + 110 / (1 + std::exp(2 * (mesh.points[i][0] - 0.6 * t)));
    };
    double product = 1e9;
    for (unsigned trial = 0; trial < 20; ++trial)
      {
        const auto start = std::chrono::steady_clock::now();
        for (unsigned k = 0; k < 10; ++k)
          multiply(matrices.pattern, matrices.stiffness, nullptr, halo, V.data(), y.data());
        product = std::min(product, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / 10);
      }
    double total = 0, iterations = 0;
    for (auto _ : state)
      {
        front();
        const auto start = std::chrono::steady_clock::now();
        iterations += diffusion.step(0.05, V.data());
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        total += seconds;
        state.SetIterationTime(seconds);
      }
    const auto n = static_cast<double>(state.iterations());
    state.counters["products"] = total / n / product;
    state.counters["cg_iterations"] = iterations / n;
    state.counters["product_us"] = 1e6 * product;
  }
  BENCHMARK(diffusion_step)->Name("diffusion_step/1mm/in_products")->Iterations(400)->UseManualTime()->Unit(benchmark::kMicrosecond);
}
