// Every registered membrane model, without naming any: rest, gates, the tissue's scheme against the reference
// integrator, and the same numbers from every instruction set.
#include "electrophysiology/single_cell.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

using namespace vivicor;

namespace
{
  std::unique_ptr<IonicModel> make(const std::string &name)
  {
    Schema schema;
    registry<IonicModel>().at(name).declare(schema);
    return create<IonicModel>(name, parameters_from_json("{}", schema));
  }

  std::vector<std::string> names()
  {
    std::vector<std::string> all;
    for (const auto &entry : registry<IonicModel>())
      all.push_back(entry.first);
    return all;
  }

  /// Batch of n nodes between rest and full depolarisation, with states on both sides of each.
  struct Batch
  {
    Batch(const IonicModel &model, const std::size_t n) : n(n), stride((n + 7) / 8 * 8), V(stride), stimulus(stride)
    {
      const std::vector<double> rest = model.rest();
      const std::vector<bool> gate = model.is_gate();
      states.resize(rest.size() * stride);
      for (std::size_t i = 0; i < n; ++i)
        {
          const double x = n > 1 ? double(i) / (n - 1) : 0.0;
          V[i] = -95.0 + 150.0 * x;
          stimulus[i] = 10.0 * x;
          for (std::size_t k = 0; k < rest.size(); ++k)
            states[k * stride + i] = gate[k] ? 0.98 * rest[k] + 0.02 * x : rest[k] * (0.8 + 0.4 * x);
        }
    }

    std::size_t n, stride;
    std::vector<double> V, stimulus, states;
  };

  /// Limits the instruction set of the models created while it lives.
  struct InstructionSet
  {
    explicit InstructionSet(const int level) { setenv("VIVICOR_ISA", std::to_string(level).c_str(), 1); }
    ~InstructionSet() { unsetenv("VIVICOR_ISA"); }
  };

  class IonicModels : public testing::TestWithParam<std::string>
  {
  };
}

TEST_P(IonicModels, DescribesItsStates)
{
  const auto model = make(GetParam());
  const std::size_t n = model->state_names().size();
  EXPECT_EQ(model->rest().size(), n);
  EXPECT_EQ(model->is_gate().size(), n);
  ASSERT_LT(model->calcium_index(), n);
  const double calcium = model->rest()[model->calcium_index()] * model->calcium_to_uM();
  EXPECT_GT(calcium, 0.03); // uM, diastolic
  EXPECT_LT(calcium, 0.3);
  EXPECT_THAT(model->rest_potential(), testing::AllOf(testing::Gt(-100.0), testing::Lt(-70.0)));
}

TEST_P(IonicModels, RestsAtItsPublishedState)
{
  const auto model = make(GetParam());
  Pacing quiet;
  quiet.stimulus_amplitude = 0.0;
  const PacedCell cell = pace(*model, quiet);
  EXPECT_NEAR(cell.end.V, model->rest_potential(), 1.0); // mV after 1 s
  EXPECT_LT(cell.beats[0].peak, -70.0);
}

TEST_P(IonicModels, KeepsGatesBetweenZeroAndOne)
{
  const auto model = make(GetParam());
  Pacing fast;
  fast.cycle_length = 500.0;
  fast.beats = 3;
  fast.step = 0.1;
  for (const Biomarkers &beat : pace(*model, fast).beats)
    {
      EXPECT_GE(beat.gate_min, 0.0);
      EXPECT_LE(beat.gate_max, 1.0);
      EXPECT_GT(beat.peak, 0.0);
    }
}

TEST_P(IonicModels, RushLarsenAgreesWithCvode)
{
  const auto model = make(GetParam());
  Pacing pacing;
  pacing.beats = 2;
  pacing.stimulus_start = 20.0;
  pacing.stimulus_amplitude = 30.0;
  pacing.stimulus_duration = 2.0;
  pacing.integrator = CellIntegrator::cvode;
  const Biomarkers reference = pace(*model, pacing).beats.back();
  ASSERT_GT(reference.APD90, 200.0);
  pacing.relative_tolerance = 1e-8;
  const Biomarkers tighter = pace(*model, pacing).beats.back();
  EXPECT_NEAR(reference.APD90, tighter.APD90, 1e-4 * tighter.APD90);
  EXPECT_NEAR(reference.peak, tighter.peak, 1e-3);

  pacing.integrator = CellIntegrator::rush_larsen;
  for (const double step : {0.02, 0.05})
    {
      pacing.step = step;
      const Biomarkers b = pace(*model, pacing).beats.back();
      std::printf(
        "[ %-32s ] dt %.2f ms: APD90 %.2f (CVODE %.2f), peak %.3f (%.3f), APD50 %.2f (%.2f), dV/dt %.1f (%.1f), "
        "Ca %.4f (%.4f)\n",
        GetParam().c_str(), step, b.APD90, reference.APD90, b.peak, reference.peak, b.APD50, reference.APD50,
        b.dVdt_max, reference.dVdt_max, b.calcium_peak, reference.calcium_peak);
      EXPECT_NEAR(b.APD90, reference.APD90, 0.01 * reference.APD90) << "dt = " << step << " ms";
      EXPECT_NEAR(b.peak, reference.peak, 0.01 * std::abs(reference.peak)) << "dt = " << step << " ms";
    }
}

// The step is first order in V and concentrations: an error in either of step() and rates() shows as a gap that stays.
TEST_P(IonicModels, StepAndRatesAreTheSameEquations)
{
  const auto model = make(GetParam());
  const Batch start(*model, 61);
  Batch stepped = start;
  std::vector<double> dV(start.stride), ds(start.states.size());
  model->rates(start.n, start.stride, start.V.data(), start.states.data(), start.stimulus.data(), dV.data(), ds.data());
  const double dt = 1e-7;
  model->step(start.n, start.stride, dt, stepped.V.data(), stepped.states.data(), start.stimulus.data());
  for (std::size_t i = 0; i < start.n; ++i)
    {
      EXPECT_NEAR((stepped.V[i] - start.V[i]) / dt, dV[i], 1e-6 * std::abs(dV[i]) + 1e-5);
      for (std::size_t k = 0; k < model->rest().size(); ++k)
        {
          const std::size_t at = k * start.stride + i;
          // Rounding of s, magnified by 1/dt, and the curvature of the exponential.
          EXPECT_NEAR((stepped.states[at] - start.states[at]) / dt, ds[at],
                      1e-3 * std::abs(ds[at]) + 4e-16 * std::abs(start.states[at]) / dt)
            << model->state_names()[k] << " at V = " << start.V[i];
        }
    }
}

TEST_P(IonicModels, AgreeOnEveryInstructionSet)
{
  std::vector<Batch> results;
  std::vector<std::vector<double>> slopes;
  for (const int level : {2, 3, 4})
    {
      const InstructionSet limit(level);
      const auto model = make(GetParam());
      Batch batch(*model, 101); // no multiple of any width
      std::vector<double> dV(batch.stride), ds(batch.states.size());
      model->rates(batch.n, batch.stride, batch.V.data(), batch.states.data(), batch.stimulus.data(), dV.data(),
                   ds.data());
      slopes.push_back(dV);
      for (int step = 0; step < 200; ++step)
        model->step(batch.n, batch.stride, 0.02, batch.V.data(), batch.states.data(), batch.stimulus.data());
      results.push_back(batch);
    }
  for (const std::size_t other : {1, 2})
    for (std::size_t i = 0; i < results[0].n; ++i)
      {
        EXPECT_NEAR(slopes[other][i], slopes[0][i], 1e-10 * (1.0 + std::abs(slopes[0][i])));
        EXPECT_NEAR(results[other].V[i], results[0].V[i], 1e-8 * std::abs(results[0].V[i]) + 1e-10);
        for (std::size_t at = i; at < results[0].states.size(); at += results[0].stride)
          EXPECT_NEAR(results[other].states[at], results[0].states[at],
                      1e-8 * std::abs(results[0].states[at]) + 1e-300);
      }
}

// A node's result may depend neither on its place in the batch nor on its neighbours: ranks split batches differently.
TEST_P(IonicModels, TreatsNodesOneByOne)
{
  const auto model = make(GetParam());
  const Batch start(*model, 37);
  Batch together = start;
  model->step(together.n, together.stride, 0.05, together.V.data(), together.states.data(), together.stimulus.data());
  for (std::size_t i = 0; i < start.n; ++i)
    {
      Batch alone(*model, 1);
      alone.V[0] = start.V[i];
      alone.stimulus[0] = start.stimulus[i];
      for (std::size_t k = 0; k < model->rest().size(); ++k)
        alone.states[k * alone.stride] = start.states[k * start.stride + i];
      model->step(1, alone.stride, 0.05, alone.V.data(), alone.states.data(), alone.stimulus.data());
      EXPECT_EQ(alone.V[0], together.V[i]);
      for (std::size_t k = 0; k < model->rest().size(); ++k)
        EXPECT_EQ(alone.states[k * alone.stride], together.states[k * together.stride + i]) << model->state_names()[k];
    }
}

TEST_P(IonicModels, StimulusAddsToTheRateOfV)
{
  const auto model = make(GetParam());
  const Batch batch(*model, 9);
  std::vector<double> with(batch.stride), without(batch.stride), ds(batch.states.size());
  model->rates(batch.n, batch.stride, batch.V.data(), batch.states.data(), batch.stimulus.data(), with.data(),
               ds.data());
  model->rates(batch.n, batch.stride, batch.V.data(), batch.states.data(), nullptr, without.data(), ds.data());
  for (std::size_t i = 0; i < batch.n; ++i)
    EXPECT_NEAR(with[i] - without[i], batch.stimulus[i], 1e-9 * (1.0 + std::abs(without[i])));
}

// Rates must be smooth through the removable singularities of the published formulas, wherever they are: second
// differences on a fine grid stay small against the rate itself. The h and j gates of sodium switch formulas at -40 mV,
// with a jump.
TEST_P(IonicModels, RatesAreSmoothInV)
{
  const auto model = make(GetParam());
  const double h = 0.0025;
  const std::size_t n = 64001, stride = 64008, one_mV = 400;
  const std::vector<double> rest = model->rest();
  std::vector<double> V(stride), states(rest.size() * stride), dV(stride), ds(states.size());
  for (std::size_t i = 0; i < n; ++i)
    {
      V[i] = -100.0 + h * i; // the published singularities lie on this grid, up to rounding
      for (std::size_t k = 0; k < rest.size(); ++k)
        states[k * stride + i] = rest[k];
    }
  model->rates(n, stride, V.data(), states.data(), nullptr, dV.data(), ds.data());

  const auto expect_smooth = [&](const double *f, const double unit, const std::string &name) {
    for (std::size_t i = one_mV; i + one_mV < n; ++i)
      {
        const double scale = std::abs(f[i - one_mV]) + std::abs(f[i]) + std::abs(f[i + one_mV]) + 1e-10 * unit;
        ASSERT_TRUE(std::isfinite(f[i])) << name << " at V = " << V[i];
        if (std::abs(V[i] + 40.0) > 1.5 * h)
          {
            ASSERT_LE(std::abs(f[i + 1] - 2.0 * f[i] + f[i - 1]), 1e-4 * scale) << name << " at V = " << V[i];
          }
      }
  };
  expect_smooth(dV.data(), 1.0, "V");
  for (std::size_t k = 0; k < rest.size(); ++k)
    expect_smooth(&ds[k * stride], model->is_gate()[k] ? 1.0 : rest[k], model->state_names()[k]);
}

INSTANTIATE_TEST_SUITE_P(All, IonicModels, testing::ValuesIn(names()), [](const auto &info) { return info.param; });
