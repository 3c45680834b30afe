// What every device must satisfy, over the registry: ports that name themselves, trials that can be taken back, a state that comes back.
#include "coupling/devices/device.h"
#include "tests/support/memory_archive.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <set>

using namespace vivicor;

namespace
{
  std::vector<std::string> names()
  {
    std::vector<std::string> result;
    for (const auto &entry : registry<Device>())
      result.push_back(entry.first);
    return result;
  }

  class EveryDevice : public ::testing::TestWithParam<std::string>
  {
  protected:
    /// With its defaults, and a place where it wants one.
    std::unique_ptr<Device> made() const
    {
      Schema schema;
      registry<Device>().at(GetParam()).declare(schema);
      nlohmann::json deck = nlohmann::json::object();
      for (const Entry &entry : schema.entries())
        if (entry.key == "position")
          deck[entry.key] = {"1 mm", "2 mm", "3 mm"};
      return create<Device>(GetParam(), parameters_from_json(deck.dump(), schema), Device::Context{"own", "here", anatomy, 800});
    }

    /// 100 ms of its life in steps of 0.1 ms, beside tissue that is up for a while.
    static void live(Device &device, double from)
    {
      std::vector<double> current(8, 0.), potential(8, -85.);
      const Readings readings{from, {{"LV", 1e5}, {"RV", 1e5}, {"LA", 5e4}, {"RA", 5e4}}, {{"LV", 1}, {"RV", 1}, {"LA", 1}, {"RA", 1}}, {}};
      for (int k = 0; k < 1000; ++k)
        {
          std::fill(current.begin(), current.end(), 0.);
          device.drive(from + 0.1 * k, 0.1, current.data());
          for (const double value : current)
            ASSERT_TRUE(std::isfinite(value));
          std::fill(potential.begin(), potential.end(), k > 500 && k < 700 ? 20. : -85.);
          if (device.listening_interval() > 0 && k % 5 == 0)
            device.hear(from + 0.1 * k, potential.data());
        }
      device.observe(readings);
    }

    static std::vector<double> numbers(const Device &device)
    {
      std::vector<double> values;
      for (const auto &channel : device.channels())
        values.push_back(channel.value);
      return values;
    }

    Anatomy anatomy;
  };
}

TEST_P(EveryDevice, NamesItsPortsAndChannels)
{
  const auto device = made();
  const Ports ports = device->ports();
  for (const Electrode &electrode : ports.electrodes)
    EXPECT_FALSE(electrode.name.empty() || electrode.where.empty());
  for (const TissueChange &change : ports.tissue)
    EXPECT_TRUE(change.conduction >= 0 && !change.where.empty());
  for (const auto &addition : ports.circulation.additions)
    EXPECT_TRUE(addition.element && !addition.name.empty() && !addition.where.empty());
  for (const SurfaceTerm &term : ports.surfaces)
    EXPECT_TRUE(term.stiffness >= 0 && term.damping >= 0 && !term.where.empty());
  std::set<std::string> channels;
  for (const auto &channel : device->channels())
    {
      EXPECT_TRUE(channels.insert(channel.name).second) << channel.name;
      EXPECT_TRUE(std::isfinite(channel.value)) << channel.name;
    }
}

TEST_P(EveryDevice, TakesATrialBack)
{
  const auto device = made();
  device->ports();
  live(*device, 0);
  device->commit();
  const auto before = vivicor::testing::saved(*device);
  std::vector<double> current(8, 0.), potential(8, 20.);
  for (int k = 0; k < 20000; ++k)
    {
      device->drive(100 + 0.1 * k, 0.1, current.data());
      device->hear(100 + 0.1 * k, potential.data());
    }
  device->rollback();
  EXPECT_EQ(vivicor::testing::saved(*device), before);
}

TEST_P(EveryDevice, ComesBackFromItsArchive)
{
  const auto unbroken = made(), resumed = made();
  unbroken->ports();
  resumed->ports();
  live(*unbroken, 0);
  unbroken->commit();
  vivicor::testing::load(*resumed, vivicor::testing::saved(*unbroken));
  for (Device *device : {unbroken.get(), resumed.get()})
    for (double t = 100; t < 2000; t += 100)
      {
        live(*device, t);
        device->commit();
      }
  EXPECT_EQ(vivicor::testing::saved(*resumed), vivicor::testing::saved(*unbroken));
  EXPECT_EQ(numbers(*resumed), numbers(*unbroken));
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryDevice, ::testing::ValuesIn(names()), [](const auto &info) { return info.param; });
