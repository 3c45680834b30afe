// Every registered membrane model, without naming any: rest, gates, the tissue's scheme against the reference
// integrator, and the same numbers from every instruction set.
#include "tests/support/cells.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

using namespace vivicor;
using test::make_cell;

namespace
{
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
  const auto model = make_cell(GetParam());
  const std::size_t n = model->state_names().size();
  EXPECT_EQ(model->rest().size(), n);
  EXPECT_EQ(model->is_gate().size(), n);
  EXPECT_THAT(model->rest_potential(), testing::AllOf(testing::Gt(-100.0), testing::Lt(-60.0)));
  if (model->has_calcium())
    {
      ASSERT_LT(model->calcium_index(), n);
      const double calcium = model->rest()[model->calcium_index()] * model->calcium_to_uM();
      EXPECT_GT(calcium, 0.03); // uM, diastolic
      EXPECT_LT(calcium, 0.3);
    }
  else
    EXPECT_EQ(model->calcium_to_uM(), 0.0);
}

TEST_P(IonicModels, RestsAtItsPublishedStateOrFiresByItself)
{
  const auto model = make_cell(GetParam());
  const CellTraits traits = model->traits();
  Pacing quiet = test::own_pacing(*model);
  quiet.stimulus_amplitude = 0.0;
  quiet.cycle_length = std::max(1000.0, 2.0 * traits.cycle_length);
  const PacedCell cell = pace(*model, quiet);
  if (traits.self_firing)
    {
      EXPECT_GT(cell.beats[0].peak, 0.0);
      EXPECT_LT(cell.beats[0].rest, -60.0);
    }
  else
    {
      EXPECT_NEAR(cell.end.V, model->rest_potential(), 1.0); // mV after 1 s or more
      EXPECT_LT(cell.beats[0].peak, model->rest_potential() + 5.0);
    }
}

TEST_P(IonicModels, KeepsGatesBetweenZeroAndOne)
{
  const auto model = make_cell(GetParam());
  Pacing fast = test::own_pacing(*model);
  fast.cycle_length *= 0.5;
  fast.stimulus_start *= 0.5;
  fast.stimulus_amplitude = model->traits().stimulus_amplitude;
  fast.beats = 3;
  fast.step *= 2.0;
  for (const Biomarkers &beat : pace(*model, fast).beats)
    {
      EXPECT_GE(beat.gate_min, 0.0);
      EXPECT_LE(beat.gate_max, 1.0);
      EXPECT_GT(beat.peak, 0.0);
    }
}

TEST_P(IonicModels, RushLarsenAgreesWithCvode)
{
  const auto model = make_cell(GetParam());
  Pacing pacing = test::own_pacing(*model);
  pacing.beats = 2;
  pacing.integrator = CellIntegrator::cvode;
  const Biomarkers reference = pace(*model, pacing).beats.back();
  // It fired and came back: else there is nothing to compare.
  ASSERT_GT(reference.peak, 0.0);
  ASSERT_GT(reference.APD90, 20.0 * model->traits().longest_step);
  ASSERT_GT(reference.APD90, reference.APD50);
  pacing.relative_tolerance = 1e-8;
  const Biomarkers tighter = pace(*model, pacing).beats.back();
  EXPECT_NEAR(reference.APD90, tighter.APD90, 1e-4 * tighter.APD90);
  EXPECT_NEAR(reference.peak, tighter.peak, 1e-3);

  pacing.integrator = CellIntegrator::rush_larsen;
  for (const double part : {0.4, 1.0})
    {
      pacing.step = part * model->traits().longest_step;
      const Biomarkers b = pace(*model, pacing).beats.back();
      std::printf("[ %-32s ] dt %.3f ms: APD90 %.2f (CVODE %.2f), peak %.3f (%.3f), APD50 %.2f (%.2f), dV/dt %.1f (%.1f), "
                  "Ca %.4f (%.4f)\n",
                  GetParam().c_str(), pacing.step, b.APD90, reference.APD90, b.peak, reference.peak, b.APD50, reference.APD50, b.dVdt_max,
                  reference.dVdt_max, b.calcium_peak, reference.calcium_peak);
      EXPECT_NEAR(b.APD90, reference.APD90, 0.01 * reference.APD90) << "dt = " << pacing.step << " ms";
      EXPECT_NEAR(b.peak, reference.peak, 0.01 * std::abs(reference.peak)) << "dt = " << pacing.step << " ms";
    }
}

// An error in either of step() and rates() shows as a gap between them that stays for short steps. Difference quotients of
// two steps are extrapolated to none, since some gates move by 1e-3 of themselves in 1e-6 ms.
TEST_P(IonicModels, StepAndRatesAreTheSameEquations)
{
  const auto model = make_cell(GetParam());
  const std::vector<bool> gate = model->is_gate();
  const Batch start(*model, 61);
  std::vector<double> dV(start.stride), ds(start.states.size());
  model->rates(start.n, start.stride, start.V.data(), start.states.data(), start.stimulus.data(), dV.data(), ds.data());
  const auto stepped = [&](const double dt) {
    Batch batch = start;
    model->step(batch.n, batch.stride, dt, batch.V.data(), batch.states.data(), batch.stimulus.data());
    return batch;
  };
  const double dt = 1e-7;
  const Batch once = stepped(dt), twice = stepped(2.0 * dt), settled = stepped(1e9); // gates at their targets
  const auto slope = [&](const double from, const double after, const double after_twice) {
    return 2.0 * (after - from) / dt - (after_twice - from) / (2.0 * dt);
  };
  for (std::size_t i = 0; i < start.n; ++i)
    {
      EXPECT_NEAR(slope(start.V[i], once.V[i], twice.V[i]), dV[i], 1e-6 * std::abs(dV[i]) + 1e-5);
      for (std::size_t k = 0; k < model->rest().size(); ++k)
        {
          const std::size_t at = k * start.stride + i;
          // What a step adds and subtracts, whose rounding 1/dt magnifies.
          const double size = std::abs(start.states[at]) + (gate[k] ? std::abs(settled.states[at]) : 0.0);
          EXPECT_NEAR(slope(start.states[at], once.states[at], twice.states[at]), ds[at], 1e-5 * std::abs(ds[at]) + 1e-15 * size / dt)
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
      const auto model = make_cell(GetParam());
      Batch batch(*model, 101); // no multiple of any width
      std::vector<double> dV(batch.stride), ds(batch.states.size());
      model->rates(batch.n, batch.stride, batch.V.data(), batch.states.data(), batch.stimulus.data(), dV.data(), ds.data());
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
          EXPECT_NEAR(results[other].states[at], results[0].states[at], 1e-8 * std::abs(results[0].states[at]) + 1e-300);
      }
}

// A node's result may depend neither on its place in the batch nor on its neighbours: ranks split batches differently.
TEST_P(IonicModels, TreatsNodesOneByOne)
{
  const auto model = make_cell(GetParam());
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
  const auto model = make_cell(GetParam());
  const Batch batch(*model, 9);
  std::vector<double> with(batch.stride), without(batch.stride), ds(batch.states.size());
  model->rates(batch.n, batch.stride, batch.V.data(), batch.states.data(), batch.stimulus.data(), with.data(), ds.data());
  model->rates(batch.n, batch.stride, batch.V.data(), batch.states.data(), nullptr, without.data(), ds.data());
  for (std::size_t i = 0; i < batch.n; ++i)
    EXPECT_NEAR(with[i] - without[i], batch.stimulus[i], 1e-9 * (1.0 + std::abs(without[i])));
}

// Rates must be smooth through the removable singularities of the published formulas, wherever they are: second
// differences on a fine grid stay small against the rate itself. Where published formulas jump, the model says so.
TEST_P(IonicModels, RatesAreSmoothInV)
{
  const auto model = make_cell(GetParam());
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

  const std::vector<double> jumps = model->traits().jumps;
  const auto at_jump = [&](const double v) {
    return std::any_of(jumps.begin(), jumps.end(), [&](const double jump) { return std::abs(v - jump) <= 1.5 * h; });
  };
  const auto expect_smooth = [&](const double *f, const double unit, const std::string &name) {
    for (std::size_t i = one_mV; i + one_mV < n; ++i)
      {
        const double scale = std::abs(f[i - one_mV]) + std::abs(f[i]) + std::abs(f[i + one_mV]) + 1e-10 * unit;
        ASSERT_TRUE(std::isfinite(f[i])) << name << " at V = " << V[i];
        if (!at_jump(V[i]))
          {
            ASSERT_LE(std::abs(f[i + 1] - 2.0 * f[i] + f[i - 1]), 1e-4 * scale) << name << " at V = " << V[i];
          }
      }
  };
  expect_smooth(dV.data(), 1.0, "V");
  for (std::size_t k = 0; k < rest.size(); ++k)
    expect_smooth(&ds[k * stride], model->is_gate()[k] ? 1.0 : rest[k], model->state_names()[k]);
}

INSTANTIATE_TEST_SUITE_P(All, IonicModels, testing::ValuesIn(test::cell_names()), [](const auto &info) { return info.param; });
