// Node-steps per second and core of every membrane model at every instruction set level of this processor.
#include "electrophysiology/ionic_models/ionic_model.h"

#include <benchmark/benchmark.h>

#include <cstdlib>

using namespace vivicor;

namespace
{
  constexpr std::size_t n = 4104, stride = n; // about what one rank's batch holds; 19 arrays of it fit the second cache

  struct Batch
  {
    explicit Batch(const IonicModel &model) : V(n, model.rest_potential()), stimulus(n, 0.0)
    {
      for (const double value : model.rest())
        states.insert(states.end(), stride, value);
    }

    std::vector<double> V, stimulus, states;
  };

  /// @param fired all nodes on the plateau; else at rest
  void steps(benchmark::State &state, const std::string &name, const int level, const bool fired)
  {
    setenv("VIVICOR_ISA", std::to_string(level).c_str(), 1);
    Schema schema;
    registry<IonicModel>().at(name).declare(schema);
    const auto model = create<IonicModel>(name, parameters_from_json("{}", schema));
    Batch batch(*model);
    const auto step = [&] { model->step(n, stride, 0.05, batch.V.data(), batch.states.data(), batch.stimulus.data()); };
    if (fired)
      {
        batch.stimulus.assign(n, 40.0);
        for (int i = 0; i < 40; ++i) // 2 ms
          step();
        batch.stimulus.assign(n, 0.0);
        for (int i = 0; i < 400; ++i) // 20 ms later
          step();
      }
    for (auto _ : state)
      step();
    state.SetItemsProcessed(state.iterations() * n);
    unsetenv("VIVICOR_ISA");
  }
}

int main(int argc, char **argv)
{
  const int best = __builtin_cpu_supports("x86-64-v4") ? 4 : __builtin_cpu_supports("x86-64-v3") ? 3 : 2;
  for (const auto &model : registry<IonicModel>())
    for (int level = 2; level <= best; ++level)
      for (const bool fired : {false, true})
        {
          const std::string name = model.first;
          benchmark::RegisterBenchmark(
            (name + "/x86-64-v" + std::to_string(level) + (fired ? "/plateau" : "/rest")).c_str(),
            [name, level, fired](benchmark::State &state) { steps(state, name, level, fired); });
        }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
