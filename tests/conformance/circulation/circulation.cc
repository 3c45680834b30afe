// What every model of the circulation must satisfy, over the registry.
#include "circulation/circulation.h"
#include "core/error.h"
#include "core/units.h"

#include "tests/support/circulation_decks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>
#include <random>

using namespace vivicor;

namespace
{
  std::vector<std::string> names()
  {
    std::vector<std::string> result;
    for (const auto &entry : registry<Circulation>())
      result.push_back(entry.first);
    return result;
  }

  class Loop : public testing::TestWithParam<std::string>
  {
  protected:
    Loop() { loop = test::circulation(GetParam(), test::smallest_deck(GetParam())); }

    double blood(const std::vector<double> &state, const Chambers &volume) const
    {
      return loop->stored_volume(state) + std::accumulate(volume.begin(), volume.end(), 0.);
    }

    std::unique_ptr<Circulation> loop;
    const Chambers volume{120e3, 140e3, 60e3, 60e3};

    /// Where the outlet of the left ventricle leads.
    double arterial_pressure(const std::vector<double> &state) const
    {
      for (const auto &entry : loop->report(0., state, loop->initial_pressures()))
        if (entry.name == "aortic_pressure")
          return entry.value * units::mmHg;
      return std::nan("");
    }

    /// Chamber pressures as they may come, with each valve open or closed.
    std::vector<Chambers> pressures() const
    {
      std::vector<Chambers> result;
      std::mt19937 random(5);
      std::uniform_real_distribution<double> uniform(0., 1.);
      for (unsigned i = 0; i < 100; ++i)
        result.push_back({18. * uniform(random), 5. * uniform(random), 0.3 + 2. * uniform(random), 0.1 + 1.2 * uniform(random)});
      return result;
    }
  };
}

TEST_P(Loop, NamesInitialStateAndPressuresFit)
{
  EXPECT_EQ(loop->chambers(), std::vector<std::string>(chamber_names.begin(), chamber_names.end()));
  EXPECT_EQ(loop->initial().size(), loop->state_names().size());
  EXPECT_EQ(loop->state_scales().size(), loop->state_names().size());
  EXPECT_EQ(loop->initial_pressures().size(), loop->chambers().size());
  for (const double p : loop->initial_pressures())
    {
      EXPECT_GT(p, 0.);
      EXPECT_LT(p, 3.) << "kPa: the heart starts in diastole";
    }
}

TEST_P(Loop, VolumeDerivativeIsExact)
{
  for (const double dt : {0.1, 1., 5.})
    for (const Chambers &p : pressures())
      {
        const Chambers empty(4, 0.); // volumes only add, and would cost the differences their digits
        const auto exact = loop->advance(0., dt, loop->initial(), empty, p);
        double scale = 1e-6;
        for (const auto &row : exact.dV_dp)
          for (const double d : row)
            scale = std::max(scale, std::abs(d));
        for (std::size_t l = 0; l < 4; ++l)
          {
            const double h = 1e-5; // kPa; a valve's width is 1e-3 kPa
            const auto moved = [&](const double step) {
              Chambers q = p;
              q[l] += step;
              return loop->advance(0., dt, loop->initial(), empty, q).volume;
            };
            const Chambers p1 = moved(h), p2 = moved(2 * h), m1 = moved(-h), m2 = moved(-2 * h);
            for (std::size_t k = 0; k < 4; ++k)
              ASSERT_NEAR(exact.dV_dp[k][l], (8. * (p1[k] - m1[k]) - (p2[k] - m2[k])) / (12. * h), 1e-6 * scale)
                << "dV_" << chamber_names[k] << "/dp_" << chamber_names[l] << ", dt " << dt;
          }
      }
}

TEST_P(Loop, BloodIsConservedToRoundOff)
{
  const double before = blood(loop->initial(), volume);
  for (const double dt : {0.1, 1., 5.})
    for (const Chambers &p : pressures())
      {
        const auto step = loop->advance(0., dt, loop->initial(), volume, p);
        ASSERT_NEAR(blood(step.state, step.volume), before, 1e-14 * before * 10.);
      }
}

TEST_P(Loop, AStepIsATrial)
{
  const auto state = loop->initial();
  const auto once = loop->advance(3., 1., state, volume, {10., 3., 1., 0.6});
  loop->advance(4., 0.5, once.state, once.volume, {0.5, 0.5, 0.5, 0.5});
  const auto again = loop->advance(3., 1., state, volume, {10., 3., 1., 0.6});
  EXPECT_EQ(once.state, again.state);
  EXPECT_EQ(once.volume, again.volume);
  EXPECT_EQ(once.dV_dp, again.dV_dp);
}

// A short step goes along the rate, and the rate loses no blood.
TEST_P(Loop, RateIsTheLimitOfShortSteps)
{
  const auto state = loop->initial();
  const Chambers empty(4, 0.); // volumes only add, and would cost the differences their digits
  for (const Chambers &p : pressures())
    {
      const auto rate = loop->rate(0., state, p);
      const double dt = 1e-6;
      const auto step = loop->advance(0., dt, state, empty, p);
      double largest = 1e-3;
      for (const double value : rate.state)
        largest = std::max(largest, std::abs(value));
      for (std::size_t s = 0; s < state.size(); ++s)
        ASSERT_NEAR(rate.state[s], (step.state[s] - state[s]) / dt, 1e-4 * largest) << loop->state_names()[s];
      double lost = 0., flow = 1e-3;
      for (std::size_t k = 0; k < 4; ++k)
        {
          flow = std::max(flow, std::abs(rate.volume[k]));
          lost += rate.volume[k];
        }
      for (std::size_t k = 0; k < 4; ++k)
        ASSERT_NEAR(rate.volume[k], step.volume[k] / dt, 1e-4 * flow) << chamber_names[k];
      // Linear in the state: what the vessels take up is the stored volume's change along the rate.
      auto moved = state;
      for (std::size_t s = 0; s < state.size(); ++s)
        moved[s] += rate.state[s];
      ASSERT_NEAR(loop->stored_volume(moved) - loop->stored_volume(state) + lost, 0., 1e-12 * (flow + loop->stored_volume(moved)));
    }
}

// More pressure in a chamber never makes the loop leave more blood in it (but for the valves' tiny leak).
TEST_P(Loop, PressureExpels)
{
  for (const Chambers &p : pressures())
    {
      const auto step = loop->advance(0., 1., loop->initial(), volume, p);
      for (std::size_t k = 0; k < 4; ++k)
        ASSERT_LE(step.dV_dp[k][k], 1e-3) << chamber_names[k];
    }
}

// The coupled Newton method tries many pressures, near and far, at any step: each must have its answer, or a
// StepFailed.
TEST_P(Loop, AnyFinitePressuresHaveAnAnswer)
{
  std::mt19937 random(11);
  std::uniform_real_distribution<double> uniform(0., 1.);
  const auto outlet = [&](const double around) {
    return around + (uniform(random) < 0.5 ? -1. : 1.) * 20. * std::pow(10., -8. * uniform(random));
  };
  for (unsigned i = 0; i < 20000; ++i)
    {
      auto state = loop->initial();
      for (double &value : state)
        value *= 3. * uniform(random) - 0.5;
      const double dt = std::pow(10., 5. * uniform(random) - 3.), around = arterial_pressure(state);
      const Chambers p{outlet(around), outlet(around), 5. * uniform(random) - 1., 5. * uniform(random) - 1.};
      Circulation::Step step{};
      ASSERT_NO_THROW(step = loop->advance(0., dt, state, volume, p)) << "dt " << dt;
      for (const double v : step.volume)
        ASSERT_TRUE(std::isfinite(v));
    }
  EXPECT_THROW(loop->advance(0., 1., loop->initial(), volume, {std::nan(""), 1., 1., 1.}), StepFailed);
}

TEST_P(Loop, ConvergesInTheStep)
{
  // Pressures of an ejecting heart that rise and fall in 100 ms.
  const auto run = [&](const unsigned steps) {
    auto state = loop->initial();
    Chambers v = volume;
    const double dt = 100. / steps;
    for (unsigned i = 1; i <= steps; ++i)
      {
        const double s = std::sin(std::acos(-1.) * i / steps);
        const auto step = loop->advance((i - 1) * dt, dt, state, v, {12. + 4. * s, 2.5 + s, 1., 0.6});
        state = step.state;
        v = step.volume;
      }
    return v[0];
  };
  const double reference = 2. * run(12800) - run(6400);
  const double coarse = std::abs(run(100) - reference), fine = std::abs(run(400) - reference);
  EXPECT_GT(std::log(coarse / fine) / std::log(4.), 0.95) << coarse << " and " << fine << " mm^3";
}

TEST_P(Loop, ReportsWhatObserversLookFor)
{
  const auto step = loop->advance(0., 1., loop->initial(), volume, {16., 3., 1., 0.6}); // both ventricles eject
  std::map<std::string, Circulation::Report> reports;
  for (const auto &entry : loop->report(1., step.state, {16., 3., 1., 0.6}))
    {
      EXPECT_NO_THROW(unit_factor(entry.unit)) << entry.name;
      EXPECT_TRUE(std::isfinite(entry.value)) << entry.name;
      reports[entry.name] = entry;
    }
  for (const std::string name : {"mitral_flow", "aortic_flow", "tricuspid_flow", "pulmonary_flow"})
    ASSERT_TRUE(reports.count(name)) << name;
  for (const std::string name : {"aortic_pressure", "pulmonary_arterial_pressure"})
    ASSERT_TRUE(reports.count(name)) << name;
  EXPECT_EQ(reports["aortic_flow"].unit, "mL/s");
  EXPECT_EQ(reports["aortic_pressure"].unit, "mmHg");
  EXPECT_GT(reports["aortic_flow"].value, 10.);
  EXPECT_NEAR(reports["mitral_flow"].value, 0., 0.1); // closed
  // The flow reported is the flow that left.
  EXPECT_NEAR(reports["aortic_flow"].value - reports["mitral_flow"].value, volume[0] - step.volume[0], 1e-6 * (volume[0] - step.volume[0]));
}

INSTANTIATE_TEST_SUITE_P(Registry, Loop, testing::ValuesIn(names()), [](const auto &info) { return info.param; });
