// Node-steps per second and core of every membrane model at every instruction set level of this processor, and of the
// same equations one double at a time with the C library's functions. `difference` is the largest relative difference
// in V from that scalar model after 10 ms of a fired action potential.
#include "electrophysiology/ionic_models/ionic_model.h"
#include "tests/performance/bench.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
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

  std::unique_ptr<IonicModel> model_at(const std::string &name, const int level)
  {
    setenv("VIVICOR_ISA", std::to_string(level).c_str(), 1);
    Schema schema;
    registry<IonicModel>().at(name).declare(schema);
    auto model = create<IonicModel>(name, parameters_from_json("{}", schema));
    unsetenv("VIVICOR_ISA");
    return model;
  }

  void step(const IonicModel &model, Batch &batch, const double dt)
  {
    model.step(n, stride, dt, batch.V.data(), batch.states.data(), batch.stimulus.data());
  }

  /// From rest, with a stimulus twice as long as the model asks for, to `time` ms after it.
  Batch fired_batch(const IonicModel &model, const double time)
  {
    const CellTraits traits = model.traits();
    const double dt = traits.longest_step;
    Batch batch(model);
    batch.stimulus.assign(n, traits.stimulus_amplitude);
    for (double t = 0.0; t < 2.0 * traits.stimulus_duration; t += dt)
      step(model, batch, dt);
    batch.stimulus.assign(n, 0.0);
    for (double t = 0.0; t < time; t += dt)
      step(model, batch, dt);
    return batch;
  }

  double difference(const IonicModel &model, const IonicModel &scalar)
  {
    const Batch a = fired_batch(model, 10.0), b = fired_batch(scalar, 10.0);
    double worst = 0.0;
    for (std::size_t i = 0; i < n; ++i)
      worst = std::max(worst, std::abs(a.V[i] - b.V[i]) / std::abs(b.V[i]));
    return worst;
  }

  /// @param level of the instruction set; 1 is scalar @param fired all nodes on the plateau; else at rest
  /// @param order of a generalised Rush-Larsen scheme; 0: the model's own step
  void steps(benchmark::State &state, const std::string &name, const int level, const bool fired, const int order)
  {
    const auto model = model_at(name, level);
    const double dt = model->traits().longest_step;
    Batch batch = fired ? fired_batch(*model, 20.0) : Batch(*model);
    for (auto _ : state)
      if (order == 0)
        step(*model, batch, dt);
      else
        model->grl_step(order, n, stride, dt, batch.V.data(), batch.states.data(), batch.stimulus.data());
    state.SetItemsProcessed(state.iterations() * n);
    if (fired && level > 1 && order == 0)
      state.counters["difference"] = difference(*model, *model_at(name, 1));
  }
}

void bench::add_membranes()
{
  const int best = __builtin_cpu_supports("x86-64-v4") ? 4 : __builtin_cpu_supports("x86-64-v3") ? 3 : 2;
  for (const auto &model : registry<IonicModel>())
    for (int level = 1; level <= best; ++level)
      for (const bool fired : {false, true})
        for (const int order : {0, 1, 2})
          if (order == 0 || (level == best && fired))
            {
              const std::string name = model.first;
              const std::string scheme = order ? "/grl" + std::to_string(order) : "";
              benchmark::RegisterBenchmark(
                (name + (level == 1 ? "/scalar" : "/x86-64-v" + std::to_string(level)) + (fired ? "/plateau" : "/rest") + scheme).c_str(),
                [name, level, fired, order](benchmark::State &state) { steps(state, name, level, fired, order); });
            }
}
