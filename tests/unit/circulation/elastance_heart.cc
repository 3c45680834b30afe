// The published loop closed by elastances, against the limit cycles that an independent integration of the same
// equations gives (classical Runge-Kutta, 10 us, 40 beats).
#include "circulation/elastance_heart.h"
#include "core/units.h"
#include "tests/support/circulation_decks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

using namespace vivicor;

namespace
{
  std::unique_ptr<Circulation> loop(const std::string &json = "{}")
  {
    return test::circulation("regazzoni_2022", json);
  }

  const std::string published = R"({
    "systemic": {"arterial_resistance": "0.733 mmHg s/mL", "arterial_compliance": "1.372 mL/mmHg", "arterial_inertance": "0.005 mmHg s^2/mL",
                 "venous_resistance": "0.32 mmHg s/mL", "venous_compliance": "11.363 mL/mmHg", "venous_inertance": "0.0005 mmHg s^2/mL"},
    "pulmonary": {"arterial_resistance": "0.046 mmHg s/mL", "arterial_compliance": "20 mL/mmHg", "arterial_inertance": "0.0005 mmHg s^2/mL",
                  "venous_resistance": "0.0015 mmHg s/mL", "venous_compliance": "16 mL/mmHg", "venous_inertance": "0.0005 mmHg s^2/mL"},
    "valves": {"mitral_resistance": "0.0075 mmHg s/mL", "aortic_resistance": "0.0075 mmHg s/mL", "tricuspid_resistance": "0.0075 mmHg s/mL",
               "pulmonary_resistance": "0.0075 mmHg s/mL", "closed_resistance": "75006.2 mmHg s/mL", "width": "0.01 mmHg"},
    "initial": {"systemic_arterial_pressure": "87.675 mmHg", "systemic_venous_pressure": "35.898 mmHg", "pulmonary_arterial_pressure": "19.545 mmHg",
                "pulmonary_venous_pressure": "15.004 mmHg", "systemic_arterial_flow": "71.104 mL/s", "systemic_venous_flow": "94.039 mL/s",
                "pulmonary_arterial_flow": "94.084 mL/s", "pulmonary_venous_flow": "473.279 mL/s"}})";
  const Chambers published_volumes{118520., 166177., 87183., 86833.};

  ElastanceHeart published_heart(const double atrial_onset)
  {
    const double E = units::mmHg / units::mL, mL = units::mL;
    return ElastanceHeart({{4.482 * E, 0.17 * E, 250., 400., 100., 42. * mL},
                           {0.2 * E, 0.029 * E, 250., 400., 100., 16. * mL},
                           {0.07 * E, 0.18 * E, 170., 170., atrial_onset, 4. * mL},
                           {0.06 * E, 0.07 * E, 170., 170., atrial_onset, 4. * mL}},
                          800.);
  }

  double blood(const Circulation &circulation, const ElastanceHeart::State &state)
  {
    return circulation.stored_volume(state.circulation) + std::accumulate(state.volume.begin(), state.volume.end(), 0.);
  }

  struct Column
  {
    double LV_edv, LV_esv, RV_edv, RV_esv, p_LV, p_RV, systolic, diastolic, pulmonary_systolic, pulmonary_diastolic, LA_min, LA_max, RA_min,
      RA_max, p_LV_onset;
  };

  void expect_limit_cycle(const double atrial_onset, const Column &expected)
  {
    const auto circulation = loop(published);
    const ElastanceHeart heart = published_heart(atrial_onset);
    auto state = heart.start(*circulation, published_volumes);
    const double total = blood(*circulation, state);
    EXPECT_NEAR(total / units::mL, 1617.9, 0.05);
    const ElastanceBeat beat = heart.limit_cycle(*circulation, 8000, 1., 60, state); // dt = 0.1 ms
    const auto near = [](const char *what, const double value, const double reference) {
      EXPECT_NEAR(value, reference, 0.005 * reference) << what;
    };
    near("LV EDV", beat.volume_max[0] / units::mL, expected.LV_edv);
    near("LV ESV", beat.volume_min[0] / units::mL, expected.LV_esv);
    near("RV EDV", beat.volume_max[1] / units::mL, expected.RV_edv);
    near("RV ESV", beat.volume_min[1] / units::mL, expected.RV_esv);
    near("LV peak pressure", beat.pressure_max[0] / units::mmHg, expected.p_LV);
    near("RV peak pressure", beat.pressure_max[1] / units::mmHg, expected.p_RV);
    near("systolic", beat.arterial_max / units::mmHg, expected.systolic);
    near("diastolic", beat.arterial_min / units::mmHg, expected.diastolic);
    near("pulmonary systolic", beat.pulmonary_max / units::mmHg, expected.pulmonary_systolic);
    near("pulmonary diastolic", beat.pulmonary_min / units::mmHg, expected.pulmonary_diastolic);
    near("LA minimum", beat.volume_min[2] / units::mL, expected.LA_min);
    near("LA maximum", beat.volume_max[2] / units::mL, expected.LA_max);
    near("RA minimum", beat.volume_min[3] / units::mL, expected.RA_min);
    near("RA maximum", beat.volume_max[3] / units::mL, expected.RA_max);
    near("LV pressure at its onset", beat.pressure_at_ventricular_onset[0] / units::mmHg, expected.p_LV_onset);
    EXPECT_NEAR((beat.volume_max[0] - beat.volume_min[0]) / (beat.volume_max[1] - beat.volume_min[1]), 1., 1e-3);
  }
}

TEST(CirculationElastanceHeart, PublishedLimitCycle)
{
  expect_limit_cycle(900., {136.74, 66.96, 181.56, 111.78, 119.68, 25.05, 118.7, 79.8, 21.4, 18.5, 60.1, 105.2, 82.7, 124.1, 16.1});
}

TEST(CirculationElastanceHeart, LimitCycleWithAtrialKick)
{
  expect_limit_cycle(740., {144.83, 68.64, 189.63, 113.45, 127.87, 25.87, 126.8, 84.4, 21.8, 18.9, 61.8, 108.2, 53.6, 102.5, 17.4});
}

TEST(CirculationElastanceHeart, BloodIsConservedOverABeat)
{
  const auto circulation = loop(published);
  const ElastanceHeart heart = published_heart(740.);
  auto state = heart.start(*circulation, published_volumes);
  const double before = blood(*circulation, state);
  heart.beat(*circulation, 800, state);
  EXPECT_NEAR(blood(*circulation, state), before, 1e-6); // mm^3 = 1e-9 mL
}

// Each chamber obeys its own curve at the end of the step.
TEST(CirculationElastanceHeart, PressuresAreThoseOfTheElastances)
{
  const auto circulation = loop();
  const ElastanceHeart heart = ElastanceHeart::healthy_adult();
  auto state = heart.start(*circulation);
  for (unsigned i = 0; i < 400; ++i)
    {
      heart.advance(*circulation, 2., state);
      for (unsigned k = 0; k < 4; ++k)
        {
          const ElastanceChamber &chamber = heart.chambers()[k];
          ASSERT_NEAR(state.pressure[k], chamber.elastance(2. * (i + 1), 800.) * (state.volume[k] - chamber.unstressed), 1e-9)
            << chamber_names[k] << " at " << state.t;
        }
    }
}

// Backward Euler: the error in the stroke falls with the step, at first order.
TEST(CirculationElastanceHeart, FirstOrderInTheStep)
{
  const auto circulation = loop(published);
  const ElastanceHeart heart = published_heart(740.);
  const auto ejected = [&](const unsigned steps) {
    auto state = heart.start(*circulation, published_volumes);
    const auto beat = heart.beat(*circulation, steps, state);
    return beat.volume_min[0];
  };
  const double reference = 2. * ejected(32000) - ejected(16000);
  const double coarse = std::abs(ejected(800) - reference), fine = std::abs(ejected(3200) - reference);
  EXPECT_GT(std::log(coarse / fine) / std::log(4.), 0.9) << coarse << ", " << fine << " mm^3";
}

TEST(CirculationElastanceHeart, ElastanceCurve)
{
  const ElastanceChamber chamber{2., 1., 250., 400., 700., 0.};
  EXPECT_NEAR(chamber.elastance(700., 800.), 1., 1e-12);
  EXPECT_NEAR(chamber.elastance(825., 800.), 2., 1e-12);
  EXPECT_NEAR(chamber.elastance(150., 800.), 3., 1e-12);
  EXPECT_NEAR(chamber.elastance(350., 800.), 2., 1e-12);
  EXPECT_NEAR(chamber.elastance(600., 800.), 1., 1e-12);
}

// docs/decisions/circulation_defaults.md: the default circulation with a healthy adult's elastances meets its targets,
// and its initial state lies on the limit cycle.
TEST(CirculationElastanceHeart, DefaultsAreAHealthyAdult)
{
  const auto circulation = loop();
  const ElastanceHeart heart = ElastanceHeart::healthy_adult();
  auto state = heart.start(*circulation);
  const auto begin = state;
  const ElastanceBeat first = heart.beat(*circulation, 8000, state);
  for (unsigned k = 0; k < 4; ++k)
    EXPECT_NEAR(state.volume[k], begin.volume[k], 0.05 * units::mL) << chamber_names[k];
  const ElastanceBeat beat = heart.limit_cycle(*circulation, 8000, 1., 60, state);
  EXPECT_NEAR(beat.volume_max[0], first.volume_max[0], 0.05 * units::mL);

  const auto in = [](const char *what, const double value, const double low, const double high) {
    EXPECT_GE(value, low) << what;
    EXPECT_LE(value, high) << what;
    std::printf("  %-12s %7.2f (%g to %g)\n", what, value, low, high);
  };
  const auto mmHg = [](const double p) { return p / units::mmHg; };
  const auto mL = [](const double v) { return v / units::mL; };
  in("LV EDV", mL(beat.volume_max[0]), 110, 150);
  in("LV SV", mL(beat.volume_max[0] - beat.volume_min[0]), 65, 75);
  in("LV peak", mmHg(beat.pressure_max[0]), 115, 120);
  in("LV EDP", mmHg(beat.pressure_at_ventricular_onset[0]), 8, 10);
  in("RV peak", mmHg(beat.pressure_max[1]), 24, 26);
  in("RV EDP", mmHg(beat.pressure_at_ventricular_onset[1]), 4, 5);
  in("systolic", mmHg(beat.arterial_max), 116, 120);
  in("diastolic", mmHg(beat.arterial_min), 76, 80);
  in("PA systolic", mmHg(beat.pulmonary_max), 20, 25);
  in("PA diastolic", mmHg(beat.pulmonary_min), 8, 12);
  in("LA mean", mmHg(beat.pressure_mean[2]), 7, 9);
  in("RA mean", mmHg(beat.pressure_mean[3]), 3, 5);
}

// The atria empty themselves before the ventricles contract, and valves open and close in order.
TEST(CirculationElastanceHeart, AtrialKickAndValveOrder)
{
  const auto circulation = loop();
  const ElastanceHeart heart = ElastanceHeart::healthy_adult();
  auto state = heart.start(*circulation);
  const auto flow = [&](const std::string &name) {
    for (const auto &entry : circulation->report(state.t, state.circulation, state.pressure))
      if (entry.name == name)
        return entry.value;
    return std::nan("");
  };
  const double LA_start = state.volume[2], LV_start = state.volume[0];
  double mitral_closes = 0., aortic_opens = 0., aortic_closes = 0., mitral_opens = 0.;
  for (unsigned i = 1; i <= 1600; ++i)
    {
      const bool mitral = flow("mitral_flow") > 1., aortic = flow("aortic_flow") > 1.;
      heart.advance(*circulation, 0.5, state);
      const bool mitral_now = flow("mitral_flow") > 1., aortic_now = flow("aortic_flow") > 1.;
      EXPECT_FALSE(mitral_now && aortic_now) << "both left valves open at " << state.t;
      if (mitral && !mitral_now)
        mitral_closes = state.t;
      if (!mitral && mitral_now)
        mitral_opens = state.t;
      if (!aortic && aortic_now)
        aortic_opens = state.t;
      if (aortic && !aortic_now)
        aortic_closes = state.t;
      if (i == 340) // onset of the ventricles
        {
          EXPECT_LT(state.volume[2], LA_start - 15. * units::mL);
          EXPECT_GT(state.volume[0], LV_start + 15. * units::mL);
        }
    }
  EXPECT_GT(mitral_closes, 170.);
  EXPECT_LT(mitral_closes, aortic_opens);
  EXPECT_LT(aortic_opens, aortic_closes);
  EXPECT_LT(aortic_closes, mitral_opens);
  std::printf("  mitral closes %.1f, aortic opens %.1f and closes %.1f, mitral opens %.1f ms\n", mitral_closes, aortic_opens, aortic_closes,
              mitral_opens);
}

// A shorter cycle, in which the ventricles still relax when it begins, does not begin with less blood.
TEST(CirculationElastanceHeart, begins_with_the_same_blood_whatever_the_cycle)
{
  const auto circulation = loop();
  const ElastanceHeart usual = ElastanceHeart::healthy_adult();
  const double E = units::mmHg / units::mL, mL = units::mL;
  const std::vector<ElastanceChamber> chambers{{2.85 * E, 0.081 * E, 250., 250., 170., 15. * mL},
                                               {0.443 * E, 0.04 * E, 250., 250., 170., 20. * mL},
                                               {0.18 * E, 0.14 * E, 130., 150., 40., 5. * mL},
                                               {0.134 * E, 0.059 * E, 130., 150., 40., 5. * mL}};
  const double at_rest = blood(*circulation, usual.start(*circulation));
  for (const double period : {500., 600., 700., 800., 1500.})
    EXPECT_DOUBLE_EQ(blood(*circulation, ElastanceHeart(chambers, period).start(*circulation)), at_rest) << period;
}
