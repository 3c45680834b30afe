// QRS and T of electrocardiograms made of waves with known beginnings and ends. Tolerances: two standard deviations
// between cardiologists (CSE Working Party 1985, Eur. Heart J. 6:815): 6.5 ms QRS onset, 11.6 ms QRS end, 30.6 ms T
// end.
#include "report/metrics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

using namespace vivicor;

namespace
{
  constexpr double onset_tolerance = 6.5, end_tolerance = 11.6, t_end_tolerance = 30.6;

  /// A raised cosine that begins at `from`, peaks at `top` and is over at `to`.
  struct Wave
  {
    double from, top, to, height; // ms, mV
    double operator()(double t) const
    {
      if (t <= from || t >= to)
        return 0;
      const double phase = t < top ? (t - top) / (top - from) : (t - top) / (to - top);
      return height * (1 + std::cos(M_PI * phase)) / 2;
    }
  };

  struct Beat
  {
    std::vector<Wave> x, y, z; ///< of the heart's vector: left, down, back
    double noise = 0;          ///< mV, standard deviation
  };

  /// Twelve leads of a dipole, as a torso of Frank's kind would give them.
  std::vector<std::vector<double>> record(const Beat &beat, double dt, double duration = 800)
  {
    constexpr double leads[12][3] = {{1, 0, 0},        {0.5, 0.87, 0},   {-0.5, 0.87, 0},   {-0.75, -0.43, 0},
                                     {0.75, -0.43, 0}, {0, 0.87, 0},     {-0.4, 0.1, -1.2}, {0.1, 0.1, -1.6},
                                     {0.7, 0.2, -1.2}, {1.2, 0.3, -0.6}, {1.3, 0.3, 0.1},   {1.1, 0.2, 0.4}};
    std::mt19937 random(7);
    std::normal_distribution<double> noise(0, beat.noise > 0 ? beat.noise : 1);
    std::vector<std::vector<double>> result(12);
    const auto sum = [](const std::vector<Wave> &waves, double t) {
      double total = 0;
      for (const Wave &wave : waves)
        total += wave(t);
      return total;
    };
    for (double t = 0; t < duration; t += dt)
      {
        const double v[3] = {sum(beat.x, t), sum(beat.y, t), sum(beat.z, t)};
        for (unsigned l = 0; l < 12; ++l)
          result[l].push_back(leads[l][0] * v[0] + leads[l][1] * v[1] + leads[l][2] * v[2] + (beat.noise > 0 ? noise(random) : 0.0));
      }
    return result;
  }

  /// P 40 to 130 ms, QRS 200 to 290 ms with a septal q, R and a late S; T 350 to 600 ms, concordant.
  Beat normal()
  {
    return {{{40, 80, 130, 0.08}, {200, 212, 224, -0.15}, {210, 240, 272, 1.1}, {262, 276, 290, -0.15}, {350, 490, 600, 0.3}},
            {{40, 85, 130, 0.1}, {208, 240, 280, 1.0}, {350, 490, 600, 0.3}},
            {{60, 100, 130, 0.03}, {200, 214, 230, -0.3}, {220, 252, 290, 0.8}, {350, 490, 600, -0.15}}};
  }

  /// Left bundle branch block: QRS 200 to 360 ms, slurred and notched, to the left and back; T discordant, 390 to 650
  /// ms.
  Beat bundle_branch_block()
  {
    return {{{40, 80, 130, 0.08}, {200, 252, 300, 1.0}, {260, 312, 360, 1.1}, {390, 540, 650, -0.35}},
            {{40, 85, 130, 0.1}, {205, 250, 320, 0.3}, {390, 540, 650, -0.1}},
            {{60, 100, 130, 0.03}, {200, 260, 310, 0.9}, {270, 315, 360, 1.0}, {390, 540, 650, -0.35}}};
  }

  void expect_delineated(const Beat &beat, double dt, double onset, double end, double t_end)
  {
    const EcgMetrics m = ecg_metrics(record(beat, dt), dt);
    ASSERT_TRUE(m.qrs_onset_ms && m.qrs_ms && m.qt_ms);
    EXPECT_NEAR(*m.qrs_onset_ms, onset, onset_tolerance);
    EXPECT_NEAR(*m.qrs_onset_ms + *m.qrs_ms, end, end_tolerance);
    EXPECT_NEAR(*m.t_end_ms, t_end, t_end_tolerance);
    EXPECT_NEAR(*m.qt_ms, *m.t_end_ms - *m.qrs_onset_ms, 1e-12);
  }
}

TEST(Delineation, NormalBeatAtEverySampling)
{
  for (const double dt : {0.5, 1.0, 2.0, 4.0})
    {
      SCOPED_TRACE(dt);
      expect_delineated(normal(), dt, 200, 290, 600);
    }
}

TEST(Delineation, EndOfTIsWhereTheTangentMeetsTheBaseline)
{
  const EcgMetrics m = ecg_metrics(record(normal(), 1), 1);
  EXPECT_NEAR(*m.t_peak_ms, 490, 3);
  EXPECT_NEAR(*m.t_end_ms, 490 + 110 * (0.5 + 1 / M_PI), 4); // of a raised cosine, in closed form
}

TEST(Delineation, WideNotchedComplexAndDiscordantT)
{
  for (const double dt : {1.0, 2.0})
    expect_delineated(bundle_branch_block(), dt, 200, 360, 650);
}

TEST(Delineation, NoPWave)
{
  Beat beat = normal();
  for (auto *waves : {&beat.x, &beat.y, &beat.z})
    waves->erase(waves->begin());
  expect_delineated(beat, 1, 200, 290, 600);
}

TEST(Delineation, NoiseOfTwentyMicrovolts)
{
  for (Beat beat : {normal(), bundle_branch_block()})
    {
      beat.noise = 0.02;
      const double wide = beat.x[1].to > 250 ? 1 : 0;
      for (const double dt : {1.0, 2.0})
        {
          SCOPED_TRACE(dt);
          expect_delineated(beat, dt, 200, wide ? 360 : 290, wide ? 650 : 600);
        }
    }
}

TEST(Delineation, NoiseAloneHasNoWaves)
{
  Beat silence;
  silence.noise = 0.02;
  const EcgMetrics m = ecg_metrics(record(silence, 1), 1);
  EXPECT_FALSE(m.qrs_ms || m.qt_ms);
}

TEST(Delineation, FlatTIsNotFound)
{
  Beat beat = normal();
  for (auto *waves : {&beat.x, &beat.y, &beat.z})
    waves->pop_back();
  beat.noise = 0.02;
  const EcgMetrics m = ecg_metrics(record(beat, 1), 1);
  EXPECT_TRUE(m.qrs_ms);
  EXPECT_FALSE(m.qt_ms);
}

TEST(Delineation, TheNextBeatIsNotThisOnesT)
{
  Beat beat = normal();
  for (auto *waves : {&beat.x, &beat.y, &beat.z})
    for (const Wave wave : std::vector<Wave>(*waves))
      waves->push_back({wave.from + 800, wave.top + 800, wave.to + 800, 0.9 * wave.height});
  const EcgMetrics m = ecg_metrics(record(beat, 1, 1600), 1);
  EXPECT_NEAR(*m.qrs_onset_ms, 200, onset_tolerance);
  EXPECT_NEAR(*m.t_end_ms, 600, t_end_tolerance);
}

TEST(Delineation, AxisIsThatOfTheHeartsVector)
{
  for (const double degrees : {-60.0, 0.0, 45.0, 90.0, 170.0})
    {
      const double angle = degrees * M_PI / 180;
      const Beat beat{{{200, 240, 290, std::cos(angle)}}, {{200, 240, 290, std::sin(angle)}}, {{200, 240, 290, 0.5}}};
      auto leads = record(beat, 1);
      for (double &value : leads[5]) // aVF of a regular triangle
        value *= std::sqrt(3.0) / 2 / 0.87;
      EXPECT_NEAR(*ecg_metrics(leads, 1).qrs_axis_deg, degrees, 0.5);
    }
}

namespace
{
  /// The same beat sampled at given times.
  std::vector<std::vector<double>> record_at(const Beat &beat, const std::vector<double> &times)
  {
    constexpr double fine = 0.05;
    const auto all = record(beat, fine, times.back() + 1);
    std::vector<std::vector<double>> leads(all.size());
    for (std::size_t l = 0; l < all.size(); ++l)
      for (const double t : times)
        leads[l].push_back(all[l][static_cast<std::size_t>(std::lround(t / fine))]);
    return leads;
  }

  /// What a step of 0.4 ms makes of an interval of 1 ms: 0, 1.2, 2.0, 3.2 ms and so on; and other steps and intervals.
  std::vector<double> sampled_by_steps(double step, double every, double end)
  {
    std::vector<double> times{0};
    for (long k = 1; k * step <= end; ++k)
      if (std::floor(k * step / every + 1e-6) > std::floor((k - 1) * step / every + 1e-6))
        times.push_back(k * step);
    return times;
  }
}

TEST(Delineation, DoesNotDependOnHowTheSamplesFall)
{
  const EcgMetrics reference = ecg_metrics(record(normal(), 1), 1);
  for (const auto &[step, every] : {std::pair{0.4, 1.0}, {0.3, 1.0}, {0.7, 1.0}, {0.45, 2.0}})
    {
      SCOPED_TRACE(step);
      const auto times = sampled_by_steps(step, every, 800);
      const EcgMetrics m = ecg_metrics(times, record_at(normal(), times));
      ASSERT_TRUE(m.qrs_ms && m.qt_ms && m.qrs_axis_deg);
      EXPECT_NEAR(*m.qrs_onset_ms, *reference.qrs_onset_ms, 1.5);
      EXPECT_NEAR(*m.qrs_ms, *reference.qrs_ms, 2);
      EXPECT_NEAR(*m.qt_ms, *reference.qt_ms, 3);
      EXPECT_NEAR(*m.qrs_axis_deg, *reference.qrs_axis_deg, 1);
    }
}

// output.ecg_every may change at a restart: before QRS, within it, after it; finer or coarser.
TEST(Delineation, TheIntervalMayChangeWithinTheRecording)
{
  const EcgMetrics reference = ecg_metrics(record(normal(), 1), 1);
  for (const double change : {100.0, 240.0, 320.0})
    for (const auto &[before, after] : {std::pair{2.0, 1.0}, {1.0, 2.0}, {1.0, 4.0}, {0.5, 2.0}})
      {
        SCOPED_TRACE(change);
        std::vector<double> times;
        for (double t = 0; t < change; t += before)
          times.push_back(t);
        for (double t = change; t < 800; t += after)
          times.push_back(t);
        const EcgMetrics m = ecg_metrics(times, record_at(normal(), times));
        ASSERT_TRUE(m.qrs_ms && m.qt_ms);
        EXPECT_NEAR(*m.qrs_onset_ms, *reference.qrs_onset_ms, onset_tolerance);
        EXPECT_NEAR(*m.qrs_ms, *reference.qrs_ms, std::max(before, after) + 1.5);
        EXPECT_NEAR(*m.qt_ms, *reference.qt_ms, onset_tolerance);
      }
}

// Two beats, the first with a wide and larger complex: each cycle has its own QRS; T may lie beyond the end of its cycle.
TEST(Delineation, OfTheCycleThatIsAskedFor)
{
  Beat beat = bundle_branch_block();
  const Beat second = normal();
  const auto add = [](std::vector<Wave> &to, const std::vector<Wave> &waves) {
    for (const Wave &wave : waves)
      to.push_back({wave.from + 800, wave.top + 800, wave.to + 800, 0.8 * wave.height});
  };
  add(beat.x, second.x);
  add(beat.y, second.y);
  add(beat.z, second.z);
  std::vector<double> times;
  for (double t = 0; t < 1600; ++t)
    times.push_back(t);
  const auto leads = record(beat, 1, 1600);
  const EcgMetrics first = ecg_metrics(times, leads, {0, 800}), last = ecg_metrics(times, leads, {800, 1600}),
                   short_cycle = ecg_metrics(times, leads, {0, 400});
  EXPECT_NEAR(first.qrs_ms.value(), 160, end_tolerance);
  EXPECT_NEAR(last.qrs_onset_ms.value(), 1000, onset_tolerance);
  EXPECT_NEAR(last.qrs_ms.value(), 90, end_tolerance);
  EXPECT_NEAR(last.t_end_ms.value(), 1400, t_end_tolerance);
  EXPECT_NEAR(short_cycle.qrs_ms.value(), 160, end_tolerance);
  EXPECT_NEAR(ecg_metrics(times, leads, {0, 550}).t_end_ms.value(), 650, t_end_tolerance);
}
