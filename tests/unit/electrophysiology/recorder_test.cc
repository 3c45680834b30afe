// Potentials sampled within the caller's steps.
#include "electrophysiology/readout/recorder.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

using namespace vivicor;

TEST(Recorder, SamplesAtMultiplesOfItsInterval)
{
  Recorder recorder;
  EXPECT_TRUE(recorder.due_times(0, 10).empty());
  recorder.start(0.5);
  unsigned n = 0;
  double t = 0;
  for (int k = 1; k <= 60; ++k)
    {
      n += recorder.due_times(t, k * 0.05).size();
      t = k * 0.05;
    }
  EXPECT_EQ(n, 6u);
  EXPECT_TRUE(recorder.due_times(0.5, 0.95).empty());
  EXPECT_EQ(recorder.due_times(0.95, 1.0 - 1e-9).size(), 1u);
}

// Steps of 0.4 ms do not end on whole milliseconds: the samples do, between the ends of the steps.
TEST(Recorder, SamplesLieOnTheIntervalWhateverTheSteps)
{
  const auto box = test::make_box({6, 1, 1}, 1.0);
  const auto samples = [&](const std::string &step) {
    Timers timers;
    const auto heart = build_electrical_heart(
      MPI_COMM_SELF, box.anatomy, box.fibres, std::vector<unsigned>(box.anatomy.cells.size(), 0),
      test::ep_deck(R"({"refinement": 0, "sinus_node": {"enabled": false}, "time_step": ")" + step
                    + R"(", "stimuli": {"end": {"centre": ["0 mm", "0 mm", "0 mm"], "radius": "2 mm"}},
                         "electrograms": {"tip": {"position": ["6 mm", "1 mm", "0.5 mm"]}}})"),
      timers);
    heart->sample_every(1);
    heart->advance(8); // in steps of 0.4 or 0.1 ms
    heart->commit();
    return heart->take_samples();
  };
  const auto uneven = samples("0.4 ms"), even = samples("0.1 ms");
  ASSERT_EQ(uneven.size(), 8u);
  ASSERT_EQ(even.size(), 8u);
  double largest = 0;
  for (const auto &sample : even)
    largest = std::max(largest, std::abs(sample.electrograms[0]));
  for (unsigned k = 0; k < 8; ++k)
    {
      EXPECT_NEAR(uneven[k].t, k + 1, 1e-9);
      EXPECT_NEAR(uneven[k].electrograms[0], even[k].electrograms[0], 0.15 * largest); // the schemes' own difference
    }
}

TEST(Recorder, ForgetsWhatIsRolledBack)
{
  const auto box = test::make_box({6, 1, 1}, 1.0);
  Timers timers;
  const auto heart = build_electrical_heart(MPI_COMM_SELF, box.anatomy, box.fibres, std::vector<unsigned>(box.anatomy.cells.size(), 0),
                                            test::ep_deck(R"({"refinement": 0, "sinus_node": {"enabled": false},
                         "stimuli": {"end": {"centre": ["0 mm", "0 mm", "0 mm"], "radius": "2 mm"}},
                         "electrograms": {"tip": {"position": ["6 mm", "1 mm", "0.5 mm"]}}})"),
                                            timers);
  ElectricalHeart &ep = *heart;
  ep.sample_every(0.5);
  ep.advance(3);
  ep.rollback(); // a step that failed
  ep.advance(2);
  ep.commit();
  auto samples = ep.take_samples();
  ASSERT_EQ(samples.size(), 4u);
  for (unsigned k = 0; k < 4; ++k)
    EXPECT_NEAR(samples[k].t, 0.5 * (k + 1), 1e-9);
  EXPECT_EQ(samples.back().electrograms, ep.electrograms());
  EXPECT_EQ(samples.back().ecg, ep.ecg());
  ep.advance(3);
  ep.commit();
  samples = ep.take_samples();
  ASSERT_EQ(samples.size(), 2u);
  EXPECT_NE(samples[0].electrograms, samples[1].electrograms);
}
