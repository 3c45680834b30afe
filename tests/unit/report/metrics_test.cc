// Metrics of synthetic beats and ECGs whose numbers are known.
#include "report/metrics.h"

#include "core/units.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

using namespace vivicor;

namespace
{
  double half_sine(double t, double from, double to)
  {
    return t > from && t < to ? std::sin(std::numbers::pi * (t - from) / (to - from)) : 0;
  }

  /// Integral of half_sine up to t.
  double passed(double t, double from, double to)
  {
    const double share = std::clamp((t - from) / (to - from), 0.0, 1.0);
    return (to - from) / std::numbers::pi * (1 - std::cos(std::numbers::pi * share));
  }

  /// 800 ms: the atria push 20 mL through valves that close at 160 ms, 70 mL leave from 200 to 480 ms, 50 mL enter from
  /// 560 to 760 ms; 120 mL at end-diastole, 50 mL at end-systole.
  TimeSeries synthetic_beat()
  {
    TimeSeries beat;
    const double kick = 20 * units::mL / passed(800, 40, 160), filling = 50 * units::mL / passed(800, 560, 760),
                 ejection = 70 * units::mL / passed(800, 200, 480);
    for (unsigned i = 0; i <= 1600; ++i)
      {
        const double t = 0.5 * i;
        beat.t.push_back(1000 + t);
        const double in = kick * half_sine(t, 40, 160) + filling * half_sine(t, 560, 760);
        const double into = kick * passed(t, 40, 160) + filling * passed(t, 560, 760), out = ejection * passed(t, 200, 480);
        for (unsigned side = 0; side < 2; ++side)
          {
            beat.inflow[side].push_back(in - 0.001 * ejection); // a little leak
            beat.outflow[side].push_back(ejection * half_sine(t, 200, 480));
            beat.volume[side].push_back(100 * units::mL + into - out);
            beat.volume[2 + side].push_back(60 * units::mL - into + 70 * units::mL * t / 800);
            const double scale = side == 0 ? 1 : 0.2;
            beat.pressure[side].push_back(units::mmHg * scale * (8 + 112 * half_sine(t, 160, 560)));
            beat.pressure[2 + side].push_back(units::mmHg * (5 + 3 * half_sine(t, 0, 160)));
          }
        beat.aortic_pressure.push_back(units::mmHg * (80 + 38 * half_sine(t, 200, 500)));
      }
    return beat;
  }
}

TEST(BeatMetrics, Ventricles)
{
  const BeatMetrics m = beat_metrics(synthetic_beat());
  for (unsigned k = 0; k < 2; ++k)
    {
      EXPECT_NEAR(m.chambers[k].edv_mL, 120, 1e-6);
      EXPECT_NEAR(*m.chambers[k].esv_mL, 50, 1e-6);
      EXPECT_NEAR(*m.chambers[k].sv_mL, 70, 1e-6);
      EXPECT_NEAR(*m.chambers[k].ef_pct, 100 * 70 / 120., 1e-6);
    }
  EXPECT_NEAR(m.chambers[0].p_max_mmHg, 120, 1e-4);
  EXPECT_NEAR(m.chambers[1].p_max_mmHg, 24, 1e-4);
  EXPECT_NEAR(m.chambers[0].p_ed_mmHg, 8, 1e-9);
  EXPECT_NEAR(m.chambers[0].dpdt_max_mmHg_s, 112 * std::numbers::pi / 400 * 1000, 0.1);
  EXPECT_NEAR(m.chambers[0].dpdt_min_mmHg_s, -112 * std::numbers::pi / 400 * 1000, 0.1);
}

TEST(BeatMetrics, WorkIsTheAreaOfTheLoop)
{
  // An ellipse of half axes 35 mL and 55 mmHg, counter-clockwise in the plane of volume and pressure: pi 35 mL 55 mmHg in mJ.
  TimeSeries beat = synthetic_beat();
  const std::size_t n = beat.t.size();
  for (std::size_t i = 0; i < n; ++i)
    {
      const double angle = 2 * std::numbers::pi * i / n;
      beat.volume[0][i] = (85 + 35 * std::cos(angle)) * units::mL;
      beat.pressure[0][i] = (60 + 55 * std::sin(angle)) * units::mmHg;
    }
  EXPECT_NEAR(*beat_metrics(beat).chambers[0].work_mJ, std::numbers::pi * 35 * 55 * 0.133322, 0.5);
}

TEST(BeatMetrics, AtriaAndTheirKick)
{
  const BeatMetrics m = beat_metrics(synthetic_beat());
  for (unsigned k = 2; k < 4; ++k)
    {
      EXPECT_NEAR(m.chambers[k].p_max_mmHg, 8, 1e-4);
      EXPECT_NEAR(*m.chambers[k].sv_mL, m.chambers[k].edv_mL - *m.chambers[k].esv_mL, 1e-12);
    }
  // Veins fill at 70/800 mL/ms all the time: fullest where the kick's flow exceeds that, x = 40 ms + 120 ms
  // asin(...)/pi.
  const double angle = std::asin(70 / 800. / (20 * std::numbers::pi / 240)), fullest = 40 + 120 * angle / std::numbers::pi;
  EXPECT_NEAR(*m.atrial_kick_mL[0], 20 * (1 + std::cos(angle)) / 2 - (160 - fullest) * 70 / 800., 0.1);
}

TEST(BeatMetrics, ValvesMoveInOrder)
{
  const BeatMetrics m = beat_metrics(synthetic_beat());
  for (const ValveTimes &v : m.valves)
    {
      ASSERT_TRUE(v.in_order());
      EXPECT_NEAR(*v.inflow_closes, 160, 1.5);
      EXPECT_NEAR(*v.outflow_opens, 200, 1.5);
      EXPECT_NEAR(*v.outflow_closes, 480, 1.5);
      EXPECT_NEAR(*v.inflow_opens, 560, 1.5);
      EXPECT_NEAR(*v.isovolumic_contraction(), 40, 2.5);
      EXPECT_NEAR(*v.ejection(), 280, 2.5);
      EXPECT_NEAR(*v.isovolumic_relaxation(), 80, 2.5);
    }
}

// Half sines of 50 mL in 200 ms and of 20 mL in 120 ms: heights as volume over duration.
TEST(BeatMetrics, EarlyFillingOverTheKick)
{
  TimeSeries beat = synthetic_beat();
  for (const auto &ratio : beat_metrics(beat).e_a_ratio)
    EXPECT_NEAR(ratio.value(), (50 / 200.) / (20 / 120.), 0.01);
  for (std::size_t i = 0; i < beat.t.size() && beat.t[i] < 1160; ++i)
    beat.inflow[1][i] = 100 * (1160 - beat.t[i]) / 160; // no kick: what is left of early filling dies away
  EXPECT_TRUE(beat_metrics(beat).e_a_ratio[0]);
  EXPECT_FALSE(beat_metrics(beat).e_a_ratio[1]);
}

// Each side's numbers come from its own series.
TEST(BeatMetrics, SidesAreNotMixedUp)
{
  TimeSeries beat = synthetic_beat();
  const double share[2] = {1.0, 0.9};
  for (unsigned side = 0; side < 2; ++side)
    {
      for (double &q : beat.outflow[side])
        q *= share[side];
      for (std::size_t i = 0; i < beat.t.size(); ++i)
        if (side == 1 && beat.t[i] > 1300)
          beat.inflow[side][i] *= 0.5;
    }
  const BeatMetrics m = beat_metrics(beat);
  EXPECT_NEAR(*m.cardiac_output_L_min, 70 * 75 / 1000., 1e-4) << "of the left ventricle";
  EXPECT_NEAR(m.e_a_ratio[1].value() / m.e_a_ratio[0].value(), 0.5, 0.01);
  for (unsigned k = 0; k < 4; ++k)
    {
      TimeSeries one = synthetic_beat();
      for (double &v : one.volume[k])
        v += 10 * units::mL;
      for (double &p : one.pressure[k])
        p *= 2;
      const BeatMetrics changed = beat_metrics(one), before = beat_metrics(synthetic_beat());
      for (unsigned other = 0; other < 4; ++other)
        {
          EXPECT_NEAR(changed.chambers[other].edv_mL, before.chambers[other].edv_mL + (other == k ? 10 : 0), 1e-9);
          EXPECT_NEAR(changed.chambers[other].p_max_mmHg, before.chambers[other].p_max_mmHg * (other == k ? 2 : 1), 1e-9);
        }
    }
  TimeSeries early = synthetic_beat();
  std::rotate(early.outflow[1].begin(), early.outflow[1].begin() + 20, early.outflow[1].end()); // 10 ms
  EXPECT_NEAR(*beat_metrics(early).valves[1].outflow_opens, 190, 1.5);
  EXPECT_NEAR(*beat_metrics(early).valves[0].outflow_opens, 200, 1.5);
  std::rotate(early.inflow[1].begin(), early.inflow[1].begin() + 40, early.inflow[1].end()); // 20 ms
  EXPECT_NEAR(*beat_metrics(early).valves[1].inflow_opens, 540, 1.5);
  EXPECT_NEAR(*beat_metrics(early).valves[0].inflow_opens, 560, 1.5);
}

TEST(BeatMetrics, AFillingHeartHasNoEjectionFraction)
{
  TimeSeries beat = synthetic_beat();
  for (double &q : beat.outflow[0])
    q *= 1e-3; // closed: what leaks out is less than a thousandth of the ventricle
  const BeatMetrics m = beat_metrics(beat);
  EXPECT_FALSE(m.valves[0].outflow_opens);
  EXPECT_FALSE(m.chambers[0].ef_pct || m.chambers[0].sv_mL || m.chambers[0].esv_mL);
  EXPECT_TRUE(m.chambers[1].ef_pct);
}

TEST(BeatMetrics, APartOfACycleHasNoneOfAWhole)
{
  TimeSeries beat = synthetic_beat();
  beat.whole = false;
  const BeatMetrics m = beat_metrics(beat);
  EXPECT_FALSE(m.cardiac_output_L_min || m.periodicity_error_pct || m.chambers[0].work_mJ || m.chambers[2].ef_pct);
  EXPECT_NEAR(m.chambers[0].ef_pct.value(), 100 * 70 / 120., 1e-6);
}

TEST(BeatMetrics, Circulation)
{
  const BeatMetrics m = beat_metrics(synthetic_beat());
  EXPECT_NEAR(*m.cardiac_output_L_min, 70 * 75 / 1000., 1e-4);
  EXPECT_NEAR(*m.aortic_systolic_mmHg, 118, 1e-4);
  EXPECT_NEAR(*m.aortic_diastolic_mmHg, 80, 1e-9);
  EXPECT_NEAR(*m.periodicity_error_pct, 0, 1e-9);
}

TEST(BeatMetrics, PeriodicityTakesTheWorstChamber)
{
  TimeSeries beat = synthetic_beat();
  beat.volume[1].back() += 6 * units::mL; // 5 % of 120 mL
  EXPECT_NEAR(*beat_metrics(beat).periodicity_error_pct, 5, 1e-6);
  beat.pressure[3].back() += 0.8 * units::mmHg; // 10 % of 8 mmHg
  EXPECT_NEAR(*beat_metrics(beat).periodicity_error_pct, 10, 1e-3);
}

TEST(BeatMetrics, HeartThatDoesNotEject)
{
  TimeSeries beat = synthetic_beat();
  for (unsigned side = 0; side < 2; ++side)
    {
      beat.outflow[side].assign(beat.t.size(), 0);
      beat.inflow[side].assign(beat.t.size(), 0);
      beat.volume[side].assign(beat.t.size(), 100 * units::mL);
    }
  const BeatMetrics m = beat_metrics(beat);
  EXPECT_FALSE(m.valves[0].outflow_opens);
  EXPECT_FALSE(m.valves[0].in_order());
  EXPECT_FALSE(m.valves[0].isovolumic_contraction());
  EXPECT_NEAR(m.chambers[0].edv_mL, 100, 1e-9);
  for (const auto &found : {m.chambers[0].esv_mL, m.chambers[0].sv_mL, m.chambers[0].ef_pct, m.atrial_kick_mL[0], m.e_a_ratio[0]})
    EXPECT_FALSE(found);
  EXPECT_EQ(*m.cardiac_output_L_min, 0);
}

TEST(BeatMetrics, WrongOrderIsSeen)
{
  ValveTimes times{200., 160., 480., 560.};
  EXPECT_FALSE(times.in_order());
}

TEST(BeatMetrics, ARunOfASingleStepHasThemToo)
{
  TimeSeries beat = synthetic_beat();
  const auto keep_two = [](std::vector<double> &series) { series.resize(2); };
  keep_two(beat.t);
  keep_two(beat.aortic_pressure);
  for (auto *group : {&beat.volume, &beat.pressure})
    for (auto &series : *group)
      keep_two(series);
  for (auto *group : {&beat.inflow, &beat.outflow})
    for (auto &series : *group)
      keep_two(series);
  const BeatMetrics m = beat_metrics(beat);
  EXPECT_NEAR(m.chambers[0].edv_mL, std::max(beat.volume[0][0], beat.volume[0][1]) / 1e3, 1e-9);
  EXPECT_TRUE(std::isfinite(m.chambers[0].p_ed_mmHg));
  EXPECT_FALSE(m.valves[0].outflow_closes);
}

TEST(BeatMetrics, RefusesSeriesOfDifferentLengths)
{
  TimeSeries beat = synthetic_beat();
  beat.volume[2].pop_back();
  EXPECT_THROW(beat_metrics(beat), std::invalid_argument);
}

namespace
{
  /// P wave at 40-120 ms, QRS of 3 half sines from 200 to 290 ms, T as a triangle rising from 400 to 500 and falling to
  /// 580 ms; twelve leads with different amplitudes and offsets.
  std::vector<std::vector<double>> synthetic_ecg(double dt, double end = 800)
  {
    std::vector<std::vector<double>> leads(12);
    for (unsigned lead = 0; lead < 12; ++lead)
      for (unsigned i = 0; i * dt <= end; ++i)
        {
          const double t = i * dt, p = 0.05 * (1 - std::cos(2 * std::numbers::pi * (t - 40) / 80)) * (t > 40 && t < 120);
          const double qrs = -0.3 * half_sine(t, 200, 230) + half_sine(t, 230, 260) - 0.4 * half_sine(t, 260, 290);
          const double wave = 0.3 * (t < 500 ? std::max(0.0, (t - 400) / 100) : std::max(0.0, (580 - t) / 80));
          const double amplitude = (lead % 2 ? -1 : 1) * (0.5 + 0.1 * lead);
          leads[lead].push_back(amplitude * (p + qrs + wave) + 0.02 * lead);
        }
    return leads;
  }
}

TEST(EcgMetrics, QrsAndQt)
{
  for (const double dt : {0.5, 1.0})
    {
      const EcgMetrics m = ecg_metrics(synthetic_ecg(dt), dt);
      ASSERT_TRUE(m.qrs_ms && m.qt_ms);
      EXPECT_NEAR(*m.qrs_onset_ms, 200, 2 * dt);
      EXPECT_NEAR(*m.qrs_ms, 90, 2 * dt);
      EXPECT_NEAR(*m.qt_ms, 380, 2 * dt);
    }
}

TEST(EcgMetrics, ScaleDoesNotMatter)
{
  auto leads = synthetic_ecg(1);
  const EcgMetrics before = ecg_metrics(leads, 1);
  for (auto &lead : leads)
    for (double &value : lead)
      value *= 1e-3;
  const EcgMetrics after = ecg_metrics(leads, 1);
  EXPECT_NEAR(*after.qrs_ms, *before.qrs_ms, 1e-9);
  EXPECT_NEAR(*after.qt_ms, *before.qt_ms, 1e-9);
}

TEST(EcgMetrics, WavesThatAreNotThereAreNotFound)
{
  EXPECT_FALSE(ecg_metrics({}, 1).qrs_ms);
  EXPECT_FALSE(ecg_metrics(std::vector<std::vector<double>>(12, std::vector<double>(500, 0.3)), 1).qrs_ms);
  const EcgMetrics cut = ecg_metrics(synthetic_ecg(1, 450), 1);
  EXPECT_TRUE(cut.qrs_ms);
  EXPECT_FALSE(cut.qt_ms);
}

// A left ventricle alone: its numbers, and nothing of the chambers that the heart lacks.
TEST(BeatMetrics, OfAHeartWithOneChamber)
{
  TimeSeries beat = synthetic_beat();
  for (unsigned k = 1; k < 4; ++k)
    beat.volume[k] = beat.pressure[k] = {};
  beat.inflow[1] = beat.outflow[1] = {};
  const BeatMetrics whole = beat_metrics(synthetic_beat()), m = beat_metrics(beat);
  EXPECT_TRUE(m.chambers[0].present);
  EXPECT_EQ(m.chambers[0].ef_pct, whole.chambers[0].ef_pct);
  EXPECT_EQ(m.cardiac_output_L_min, whole.cardiac_output_L_min);
  for (unsigned k = 1; k < 4; ++k)
    EXPECT_FALSE(m.chambers[k].present);
  EXPECT_FALSE(m.atrial_kick_mL[0] || m.valves[1].outflow_opens || m.e_a_ratio[1]);
  beat.aortic_pressure = {};
  EXPECT_FALSE(beat_metrics(beat).aortic_systolic_mmHg);
}
