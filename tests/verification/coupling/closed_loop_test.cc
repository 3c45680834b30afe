// The published closed loop integrated by SUNDIALS, against the limit cycles that an independent integration of the same
// equations gives (classical Runge-Kutta, 10 us, 40 beats).
#include "circulation/closed_loop.h"
#include "core/error.h"
#include "core/units.h"
#include "coupling/tasks/circulation_study.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

using namespace vivicor;

namespace
{
  Parameters shipped(const std::string &deck, const std::vector<std::string> &settings = {})
  {
    return read_deck(VIVICOR_SOURCE "/parameters/circulation/" + deck, circulation_schema(), settings).parameters;
  }

  struct Column
  {
    double LV_edv, LV_esv, RV_edv, RV_esv, p_LV, p_RV, systolic, diastolic, pulmonary_systolic, pulmonary_diastolic, LA_min, LA_max, RA_min,
      RA_max, p_LV_onset, output;
  };

  void expect_limit_cycle(const CirculationStudy &study, const Column &expected)
  {
    const auto near = [](const char *what, const double value, const double reference) {
      EXPECT_NEAR(value, reference, 0.005 * reference) << what;
    };
    const auto LV = study.extremes("LV"), RV = study.extremes("RV"), LA = study.extremes("LA"), RA = study.extremes("RA");
    const auto &aorta = study.recording.column("aortic_pressure_mmHg"), &lung = study.recording.column("pulmonary_arterial_pressure_mmHg");
    const auto largest = [](const std::vector<double> &v) { return *std::max_element(v.begin(), v.end()); };
    const auto least = [](const std::vector<double> &v) { return *std::min_element(v.begin(), v.end()); };
    near("LV EDV", LV.volume_max, expected.LV_edv);
    near("LV ESV", LV.volume_min, expected.LV_esv);
    near("LV SV", LV.volume_max - LV.volume_min, expected.LV_edv - expected.LV_esv);
    near("RV EDV", RV.volume_max, expected.RV_edv);
    near("RV ESV", RV.volume_min, expected.RV_esv);
    near("LV peak pressure", LV.pressure_max, expected.p_LV);
    near("RV peak pressure", RV.pressure_max, expected.p_RV);
    near("systolic", largest(aorta), expected.systolic);
    near("diastolic", least(aorta), expected.diastolic);
    near("pulmonary systolic", largest(lung), expected.pulmonary_systolic);
    near("pulmonary diastolic", least(lung), expected.pulmonary_diastolic);
    near("LA minimum", LA.volume_min, expected.LA_min);
    near("LA maximum", LA.volume_max, expected.LA_max);
    near("RA minimum", RA.volume_min, expected.RA_min);
    near("RA maximum", RA.volume_max, expected.RA_max);
    near("LV pressure at its onset", study.recording.column("LV_pressure_mmHg")[100], expected.p_LV_onset);
    near("cardiac output", study.metrics().cardiac_output_L_min.value(), expected.output);
    std::printf("  LV %.2f/%.2f mL, %.2f mmHg; RV %.2f/%.2f mL, %.2f mmHg; aorta %.1f/%.1f, lung %.1f/%.1f mmHg; %.3f L/min; "
                "%zu beats, %ld steps, %.2f s; drift %.1e mL\n",
                LV.volume_max, LV.volume_min, LV.pressure_max, RV.volume_max, RV.volume_min, RV.pressure_max, largest(aorta), least(aorta),
                largest(lung), least(lung), study.metrics().cardiac_output_L_min.value(), study.changes.size(), study.steps, study.seconds,
                study.drift);
  }
}

TEST(ClosedLoop, PublishedLimitCycle)
{
  const CirculationStudy study = study_circulation(shipped("regazzoni_2022.json"));
  EXPECT_TRUE(study.periodic);
  EXPECT_NEAR(study.blood, 1617.9, 0.05);
  expect_limit_cycle(study, {136.74, 66.96, 181.56, 111.78, 119.68, 25.05, 118.7, 79.8, 21.4, 18.5, 60.1, 105.2, 82.7, 124.1, 16.1, 5.23});
}

TEST(ClosedLoop, LimitCycleWithAtrialKick)
{
  const CirculationStudy study = study_circulation(shipped("regazzoni_2022_atrial_kick.json"));
  EXPECT_TRUE(study.periodic);
  expect_limit_cycle(study, {144.83, 68.64, 189.63, 113.45, 127.87, 25.87, 126.8, 84.4, 21.8, 18.9, 61.8, 108.2, 53.6, 102.5, 17.4, 5.71});
}

TEST(ClosedLoop, BloodIsConservedOverEveryBeat)
{
  for (const std::string tolerance : {"1e-5", "1e-8", "1e-10"})
    {
      const CirculationStudy study = study_circulation(
        shipped("regazzoni_2022_atrial_kick.json", {"protocol.beats=10", "protocol.tolerance=" + tolerance}));
      EXPECT_LT(study.drift, 1e-9) << "mL, tolerance " << tolerance;
      std::printf("  tolerance %s: drift %.1e mL, %ld steps\n", tolerance.c_str(), study.drift, study.steps);
    }
}

// Blood goes round: in the limit cycle both ventricles eject the same.
TEST(ClosedLoop, BothSidesPumpTheSame)
{
  const CirculationStudy study = study_circulation(shipped("regazzoni_2022.json"));
  const auto &t = study.recording.column("t_ms");
  const auto pumped = [&](const std::string &name) {
    const auto &flow = study.recording.column(name);
    double sum = 0.;
    for (std::size_t i = 1; i < t.size(); ++i)
      sum += 0.5 * (flow[i] + flow[i - 1]) * (t[i] - t[i - 1]) / units::s;
    return sum;
  };
  const double aortic = pumped("aortic_flow_mL_s");
  for (const std::string flow :
       {"mitral_flow_mL_s", "tricuspid_flow_mL_s", "pulmonary_flow_mL_s", "systemic_venous_flow_mL_s", "pulmonary_venous_flow_mL_s"})
    EXPECT_NEAR(pumped(flow), aortic, 2e-3 * aortic) << flow; // of sampling at 1 ms
}

// The result does not depend on the tolerance, and the implicit steps of the whole heart go to the same solution.
TEST(ClosedLoop, AgreesWithTheStepsOfTheWholeHeart)
{
  const Parameters parameters = shipped("regazzoni_2022_atrial_kick.json");
  const Parameters section = parameters.section("circulation");
  const auto circulation = create<Circulation>(section.text("model"), section, Circulation::Context{800.});
  const ElastanceHeart heart = elastance_heart(parameters.section("heart"), circulation->chambers());
  const Chambers volume{118520., 166177., 87183., 86833.};
  const auto integrated = [&](const double tolerance) {
    ClosedLoop loop(*circulation, heart, heart.start(*circulation, volume), tolerance);
    loop.advance(500.);
    return loop.volume();
  };
  const auto stepped = [&](const unsigned steps) {
    auto state = heart.start(*circulation, volume);
    for (unsigned i = 0; i < steps; ++i)
      heart.advance(*circulation, 500. / steps, state);
    return state.volume;
  };
  const Chambers exact = integrated(1e-10), rough = integrated(1e-6), coarse = stepped(1000), fine = stepped(4000);
  for (std::size_t k = 0; k < 4; ++k)
    {
      EXPECT_NEAR(rough[k], exact[k], 1.) << "mm^3, " << chamber_names[k];
      // First order: the error falls to a quarter, and Richardson's extrapolation removes most of the rest.
      EXPECT_NEAR((4. * fine[k] - coarse[k]) / 3., exact[k], 0.05 * std::abs(coarse[k] - exact[k]) + 1.) << chamber_names[k];
    }
}

// The defaults are the healthy adult of docs/decisions/circulation_defaults.md.
TEST(ClosedLoop, DefaultsAreTheHealthyAdult)
{
  const Parameters parameters = parameters_from_settings({}, circulation_schema());
  const ElastanceHeart heart = elastance_heart(parameters.section("heart"), {"LV", "RV", "LA", "RA"}),
                       expected = ElastanceHeart::healthy_adult();
  EXPECT_EQ(heart.cycle_length(), expected.cycle_length());
  for (std::size_t k = 0; k < 4; ++k)
    for (const double t : {0., 100., 250., 420., 700.})
      EXPECT_NEAR(heart.chambers()[k].elastance(t, 800.), expected.chambers()[k].elastance(t, 800.), 1e-18) << chamber_names[k];
  const CirculationStudy study = study_circulation(parameters);
  EXPECT_TRUE(study.periodic);
  const auto LV = study.extremes("LV");
  EXPECT_NEAR(LV.volume_max, 124.9, 0.3);
  EXPECT_NEAR(LV.volume_max - LV.volume_min, 70.0, 0.3);
  EXPECT_NEAR(LV.pressure_max, 118.9, 0.5);
  EXPECT_NEAR(study.extremes("RV").pressure_max, 24.7, 0.2);
  EXPECT_NEAR(study.extremes("LA").pressure_mean, 8.07, 0.05);
}

TEST(ClosedLoop, StopsAtTheLastBeat)
{
  const CirculationStudy study = study_circulation(
    shipped("regazzoni_2022_atrial_kick.json", {"protocol.beats=2", "circulation.systemic.arterial_resistance=2 mmHg s/mL"}));
  EXPECT_FALSE(study.periodic);
  ASSERT_EQ(study.changes.size(), 2u);
  EXPECT_GT(study.changes.back(), 1e-2);
  EXPECT_EQ(study.recording.column("t_ms").back(), 800.);
}

TEST(ClosedLoop, RefusesWhatCannotBeIntegrated)
{
  EXPECT_THROW(study_circulation(shipped("regazzoni_2022.json", {"circulation.systemic.arterial_inertance=0 mmHg s^2/mL"})), UserError);
  EXPECT_THROW(study_circulation(shipped("regazzoni_2022.json", {"heart.cycle_length=500 ms"})), UserError);
}
