// Potentials sampled within the caller's steps.
#include "electrophysiology/readout/recorder.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

using namespace vivicor;

TEST(Recorder, SamplesAtMultiplesOfItsInterval)
{
  Recorder recorder;
  EXPECT_FALSE(recorder.is_due(0, 10));
  recorder.start(0.5);
  unsigned n = 0;
  double t = 0;
  for (int k = 1; k <= 60; ++k)
    {
      n += recorder.is_due(t, k * 0.05);
      t = k * 0.05;
    }
  EXPECT_EQ(n, 6u);
  EXPECT_FALSE(recorder.is_due(0.5, 0.95));
  EXPECT_TRUE(recorder.is_due(0.95, 1.0 - 1e-9));
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
