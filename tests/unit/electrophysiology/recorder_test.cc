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

// Steps of 0.4 ms do not end on odd milliseconds: the samples do, between the ends of the steps.
TEST(Recorder, SamplesLieOnTheIntervalWhateverTheSteps)
{
  const auto box = test::make_box({6, 1, 1}, 1.0);
  const auto samples = [&](double every) {
    Timers timers;
    const auto heart = build_electrical_heart(MPI_COMM_SELF, box.anatomy, box.fibres, std::vector<unsigned>(box.anatomy.cells.size(), 0),
                                              test::ep_deck(R"({"refinement": 0, "sinus_node": {"enabled": false}, "time_step": "0.4 ms",
                         "stimuli": {"end": {"centre": ["0 mm", "0 mm", "0 mm"], "radius": "2 mm"}},
                         "electrograms": {"tip": {"position": ["6 mm", "1 mm", "0.5 mm"]}}})"),
                                              timers);
    heart->sample_every(every);
    heart->advance(8);
    heart->commit();
    return heart->take_samples();
  };
  const auto steps = samples(0.4), whole = samples(1);
  ASSERT_EQ(steps.size(), 20u);
  ASSERT_EQ(whole.size(), 8u);
  for (unsigned k = 0; k < 8; ++k)
    {
      EXPECT_NEAR(whole[k].t, k + 1, 1e-9);
      const double place = (k + 1) / 0.4 - 1; // among the steps
      const auto before = static_cast<std::size_t>(place + 1e-9);
      const double share = place - static_cast<double>(before), a = steps[before].electrograms[0];
      const double expected = share > 1e-9 ? a + share * (steps[before + 1].electrograms[0] - a) : a;
      EXPECT_NEAR(whole[k].electrograms[0], expected, 1e-9);
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
