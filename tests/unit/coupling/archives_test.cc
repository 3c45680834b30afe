// What observers and the clock put into a checkpoint: every number by name, each of them loaded again.
#include "core/clock.h"
#include "coupling/deck.h"
#include "coupling/observer.h"
#include "tests/support/memory_archive.h"

#include <gtest/gtest.h>

using namespace vivicor;
using vivicor::testing::load;
using vivicor::testing::saved;
using vivicor::testing::SavedState;

namespace
{
  /// The part's own names are those of `state`, and its numbers come back.
  template <class Part>
  void expect_all_kept(Part &part, const SavedState &state)
  {
    load(part, state);
    EXPECT_EQ(saved(part), state);
    for (const auto &[name, values] : saved(part))
      EXPECT_TRUE(state.count(name)) << name;
  }

  /// A registered observer of the default deck, of which nothing is written.
  std::unique_ptr<Observer> observer(const std::string &name)
  {
    static const Anatomy anatomy;
    static const Parameters deck = parameters_from_json("{}", deck_schema());
    return create<Observer>(name, deck, Observer::Context{MPI_COMM_SELF, anatomy, "", {}, false});
  }
}

TEST(Archives, OfTheClock)
{
  Clock clock(0, 100, 2, 0.1);
  expect_all_kept(clock, {{"clock/time", {3}}, {"clock/size", {0.5}}, {"clock/successes", {2}}, {"clock/failures", {7}}});
}

TEST(Archives, OfTheProgressLine)
{
  const auto progress = observer("progress");
  expect_all_kept(*progress, {{"progress/LV_pressure", {3}}, {"progress/phase", {2}}});
}

TEST(Archives, OfTheShapes)
{
  const auto deformation = observer("deformation");
  SavedState state{{"deformation/ejecting", {1}}, {"deformation/beat", {4}}};
  double next = 10;
  for (const std::string shape : {"end_diastole", "end_systole", "last_end_diastole", "last_end_systole"})
    {
      state["deformation/" + shape] = {next, next + 1, next + 2};
      state["deformation/" + shape + "/volume"] = {next += 10};
    }
  expect_all_kept(*deformation, state);
}

TEST(Archives, OfTheRecordings)
{
  const auto time_series = observer("time_series");
  expect_all_kept(*time_series, {{"time_series/rows", {2}},
                                 {"time_series", {0, 2, 5, 6}},
                                 {"time_series/blood_volume_start", {8}},
                                 {"time_series/blood_volume_now", {9}}});
  const auto ecg = observer("ecg");
  expect_all_kept(*ecg, {{"ecg/rows", {2}}, {"ecg", {0, 1, 5, 6}}, {"electrograms/rows", {1}}, {"electrograms", {0, 3}}});
}

TEST(Archives, OfTheElectricalMaps)
{
  const auto maps = observer("electrical_maps");
  SavedState state{{"electrical_maps/latest_cycle", {3}}, {"electrical_maps/whole_cycle", {2}}};
  double next = 1;
  for (const std::string name : {"electrical_maps/latest", "electrical_maps/whole"})
    {
      for (const std::string time :
           {"atrial_duration", "ventricular_duration", "atrial_start", "ventricular_start", "ventricular_repolarisation"})
        state[name + "/activation/" + time] = {next++};
      state[name + "/activation/atrial_start"] = {}; // not found
      state[name + "/activation/activated_fraction"] = {0.5};
      state[name + "/surface"] = {next, next + 1};
      state[name + "/regions/number"] = {1};
      state[name + "/regions/0/name"] = {'L', 'V'};
      state[name + "/regions/0/volume"] = {next++};
      state[name + "/regions/0/activated_share"] = {0.25};
      for (const std::string map : {"activation", "repolarisation", "apd90", "velocity"})
        state[name + "/regions/0/" + map] = {next++, next++, next++, next++};
    }
  expect_all_kept(*maps, state);
}
