// What every compartment and every element of a network must satisfy, over the registries.
#include "circulation/compartment.h"
#include "circulation/element.h"
#include "core/units.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <cmath>

using namespace vivicor;

namespace
{
  /// Values for the entries that a model demands: the middle of what it allows, in the logarithm, near 1 in its unit.
  template <class Contract>
  Parameters demanded(const std::string &name)
  {
    Schema schema;
    registry<Contract>().at(name).declare(schema);
    nlohmann::json json = nlohmann::json::object();
    for (const Entry &entry : schema.entries())
      if (entry.required)
        json[entry.key] = std::to_string(std::clamp(entry.unit == "ms" ? 200. : 1., entry.min, entry.max)) + " " + entry.unit;
    return parameters_from_json(json.dump(), schema);
  }

  template <class Contract>
  std::vector<std::string> names()
  {
    std::vector<std::string> result;
    for (const auto &entry : registry<Contract>())
      result.push_back(entry.first);
    return result;
  }

  class CompartmentModel : public testing::TestWithParam<std::string>
  {
  protected:
    const std::unique_ptr<Compartment> place = create<Compartment>(GetParam(), demanded<Compartment>(GetParam()),
                                                                   Compartment::Context{800.});
  };

  class ElementModel : public testing::TestWithParam<std::string>
  {
  protected:
    const std::unique_ptr<CirculationElement> element = create<CirculationElement>(GetParam(), demanded<CirculationElement>(GetParam()));
    const std::vector<CirculationElement::Ends> ends{{10., 1.}, {1., 10.}, {2., 1.99}, {1., 1.}, {-1., 3.}, {16., 12.}};
    using State = std::vector<double>;

    CirculationElement::Step step(double dt, const State &old, const CirculationElement::Ends &p, State &state) const
    {
      state.resize(old.size());
      return element->advance(5., dt, old.data(), p, state.data());
    }
  };
}

TEST_P(CompartmentModel, PressureAndVolumeAreInverse)
{
  for (const double t : {0., 130., 333., 790., 930.})
    for (const double p : {-2., 0., 0.5, 3., 16.})
      {
        const auto held = place->volume(t, p);
        EXPECT_NEAR(place->pressure(t, held.value), p, 1e-9 * (1. + std::abs(p)));
        EXPECT_GT(held.slope, 0.);
        const double h = 1e-4;
        EXPECT_NEAR((place->volume(t, p + h).value - place->volume(t, p - h).value) / (2. * h), held.slope, 1e-5 * held.slope);
      }
  EXPECT_TRUE(std::isfinite(place->initial_pressure()));
}

TEST_P(ElementModel, FlowsYieldToPressure)
{
  State state;
  for (const double dt : {0.05, 1., 10.})
    for (const auto &p : ends)
      {
        const auto now = step(dt, element->initial(), p, state);
        EXPECT_GE(now.dflow_dfrom, -1e-3);
        EXPECT_LE(now.dflow_dto, 1e-3);
        const double h = 1e-6;
        const double from = (step(dt, element->initial(), {p.from + h, p.to}, state).flow
                             - step(dt, element->initial(), {p.from - h, p.to}, state).flow)
                            / (2. * h);
        const double to = (step(dt, element->initial(), {p.from, p.to + h}, state).flow
                           - step(dt, element->initial(), {p.from, p.to - h}, state).flow)
                          / (2. * h);
        EXPECT_NEAR(now.dflow_dfrom, from, 1e-4 * std::abs(from) + 1e-6);
        EXPECT_NEAR(now.dflow_dto, to, 1e-4 * std::abs(to) + 1e-6);
      }
}

TEST_P(ElementModel, AShortStepGoesAlongTheRate)
{
  State state, rate(element->initial().size());
  EXPECT_EQ(element->initial().size(), element->state_names().size());
  for (const auto &p : ends)
    {
      const State old = element->initial();
      const double dt = 1e-6, flow = step(dt, old, p, state).flow;
      EXPECT_NEAR(element->rate(5., old.data(), p, rate.data()), flow, 1e-4 * (std::abs(flow) + 1.));
      for (std::size_t s = 0; s < old.size(); ++s)
        EXPECT_NEAR((state[s] - old[s]) / dt, rate[s], 1e-3 * (std::abs(rate[s]) + 1e-3)) << element->state_names()[s];
    }
}

TEST_P(ElementModel, AStepIsATrial)
{
  State once, between, again;
  const auto first = step(1., element->initial(), {10., 1.}, once);
  step(0.5, once, {1., 10.}, between);
  const auto second = step(1., element->initial(), {10., 1.}, again);
  EXPECT_EQ(first.flow, second.flow);
  EXPECT_EQ(once, again);
}

TEST_P(ElementModel, ChannelsHaveUnits)
{
  for (const auto &channel : element->channels(5., element->initial().data(), {10., 1.}))
    {
      EXPECT_NO_THROW(unit_factor(channel.unit)) << channel.name;
      EXPECT_TRUE(std::isfinite(channel.value)) << channel.name;
    }
}

INSTANTIATE_TEST_SUITE_P(Registry, CompartmentModel, testing::ValuesIn(names<Compartment>()), [](const auto &info) { return info.param; });
INSTANTIATE_TEST_SUITE_P(Registry, ElementModel, testing::ValuesIn(names<CirculationElement>()),
                         [](const auto &info) { return info.param; });
