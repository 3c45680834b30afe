#include "electrophysiology/cells/protocol.h"
#include "tests/support/cells.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace vivicor;
using test::make_cell;

namespace
{
  const std::string ms = "mitchell_schaeffer_2003";

  Pacing reference(const IonicModel &model)
  {
    Pacing pacing = natural_pacing(model);
    pacing.integrator = CellIntegrator::cvode;
    return pacing;
  }
}

// Mitchell and Schaeffer 2003 (Bull. Math. Biol. 65:767), eq. 13, in the limit of a fast upstroke: the gate recovers as
// 1 - h = (1 - h_min) exp(-DI/tau_open) and closes until h_min = 4 tau_in/tau_out, so APD = tau_close ln(h(DI)/h_min).
TEST(Restitution, OfMitchellAndSchaefferFollowsTheirFormula)
{
  const auto model = make_cell(ms);
  Pacing pacing = reference(*model);
  pacing.beats = 6;
  const auto points = s1s2_restitution(*model, pacing, {400.0, 450.0, 500.0, 600.0, 800.0}, resting_state(*model));
  const double tau_in = 0.3, tau_out = 6.0, tau_open = 120.0, tau_close = 150.0, h_min = 4.0 * tau_in / tau_out;
  double gap_least = 1e9, gap_most = -1e9;
  for (const RestitutionPoint &p : points)
    {
      ASSERT_TRUE(p.captured) << p.interval;
      const double formula = tau_close * std::log((1.0 - (1.0 - h_min) * std::exp(-p.diastolic / tau_open)) / h_min);
      std::printf("S1-S2 %.0f ms: DI %.1f ms, APD90 %.1f ms, formula %.1f ms\n", p.interval, p.diastolic, p.APD90, formula);
      gap_least = std::min(gap_least, p.APD90 - formula);
      gap_most = std::max(gap_most, p.APD90 - formula);
    }
  // The fast phases, which the formula leaves out, last some tens of ms and hardly depend on the rest before.
  EXPECT_GT(gap_least, 0.0);
  EXPECT_LT(gap_most, 60.0);
  EXPECT_LT(gap_most - gap_least, 12.0);
  for (std::size_t i = 1; i < points.size(); ++i)
    EXPECT_GT(points[i].APD90, points[i - 1].APD90);
}

TEST(Restitution, TooEarlyABeatGetsNoAnswer)
{
  const auto model = make_cell("tentusscher_panfilov_2006_epi");
  Pacing pacing = reference(*model);
  pacing.beats = 2;
  const auto points = s1s2_restitution(*model, pacing, {200.0, 290.0, 500.0}, resting_state(*model));
  EXPECT_FALSE(points[0].captured); // in the plateau
  EXPECT_FALSE(points[1].captured); // within APD90
  EXPECT_TRUE(points[2].captured);
  EXPECT_GT(points[2].APD90, 250.0);
}

TEST(Restitution, DynamicProtocolStopsWhereTheCellNoLongerFollows)
{
  const auto model = make_cell(ms);
  Pacing pacing = reference(*model);
  pacing.beats = 8;
  const auto points = dynamic_restitution(*model, pacing, {600.0, 400.0, 150.0, 100.0}, resting_state(*model));
  ASSERT_GE(points.size(), 2u);
  ASSERT_LE(points.size(), 3u);
  EXPECT_TRUE(points[0].captured);
  EXPECT_FALSE(points.back().captured);
  EXPECT_LT(points[1].APD90, points[0].APD90);
}

// Ten Tusscher and Panfilov 2006 name their parameter sets by the steepest slope of the dynamic restitution curve: 1.1 is
// the default. Theirs runs on into alternans, where ours no longer counts: it may be somewhat lower.
TEST(Restitution, SlopeOfTenTusscherAndPanfilovIsThePublishedOne)
{
  const auto model = make_cell("tentusscher_panfilov_2006_epi");
  Pacing pacing = natural_pacing(*model);
  pacing.beats = 20;
  std::vector<double> lengths;
  for (const double cycle : {600.0, 400.0, 360.0, 340.0, 330.0, 320.0, 310.0, 300.0, 295.0, 290.0, 285.0, 280.0})
    lengths.push_back(cycle);
  const auto points = dynamic_restitution(*model, pacing, lengths, resting_state(*model));
  for (const RestitutionPoint &p : points)
    std::printf("cycle %.0f ms: DI %.1f ms, APD90 %.1f ms, alternans %.2f ms, %s\n", p.interval, p.diastolic, p.APD90, p.alternans,
                p.captured ? "captured" : "not followed");
  std::printf("steepest slope %.2f (published 1.1)\n", steepest_slope(points, 1.0).value());
  EXPECT_NEAR(steepest_slope(points, 1.0).value(), 1.1, 0.2);
}

TEST(Restitution, SlopeIgnoresWhatDidNotAnswerAndAlternates)
{
  const auto point = [](double rest, double APD, bool captured, double alternans) {
    return RestitutionPoint{0.0, rest, 0.0, APD, alternans, captured};
  };
  std::vector<RestitutionPoint> points{point(100, 250, true, 0), point(50, 200, true, 0), point(20, 100, false, 0),
                                       point(45, 100, true, 30), point(200, 260, true, 0)};
  EXPECT_DOUBLE_EQ(steepest_slope(points, 1.0).value(), 1.0);
  EXPECT_FALSE(steepest_slope({}, 1.0));
  EXPECT_FALSE(steepest_slope({point(100, 250, true, 0)}, 1.0));
}

// Where the train has no APD90 of its own, no interval after it is known.
TEST(Restitution, WithoutADurationThereIsNoDiastolicInterval)
{
  const auto model = make_cell("tentusscher_panfilov_2006_epi");
  Pacing pacing = reference(*model);
  pacing.beats = 1;
  pacing.cycle_length = 250; // within the action potential
  const auto points = s1s2_restitution(*model, pacing, {400.0}, resting_state(*model));
  ASSERT_EQ(points.size(), 1u);
  EXPECT_FALSE(points[0].captured);
  EXPECT_TRUE(std::isnan(points[0].diastolic));
}

// Intervals run from stimulus to stimulus, so a late one makes no difference, in the pre-paced beats neither.
TEST(CellProtocol, OnlyASteadyRhythmHasALateStimulus)
{
  const auto model = make_cell(ms);
  for (const auto &[kind, start] : {std::pair{"steady", 200.0}, {"s1s2", 0.0}, {"dynamic", 0.0}})
    EXPECT_EQ(cell_protocol(
                *model, parameters_from_settings({"protocol.kind=" + std::string(kind), "protocol.stimulus_start=200 ms"}, cell_schema(ms)))
                .pacing.stimulus_start,
              start)
      << kind;
}

TEST(CellProtocol, ReadsRangesAndRefusesNonsense)
{
  const auto model = make_cell(ms);
  const auto protocol = [&](const std::vector<std::string> &settings) {
    return cell_protocol(*model, parameters_from_settings(settings, cell_schema(ms)));
  };
  EXPECT_EQ(protocol({"protocol.intervals=300 ms, 0.4 s"}).intervals, (std::vector<double>{300.0, 400.0}));
  EXPECT_EQ(protocol({"protocol.intervals=300 ms:50 ms:400 ms"}).intervals, (std::vector<double>{300.0, 350.0, 400.0}));
  EXPECT_EQ(protocol({"protocol.intervals=400 ms:50 ms:300 ms"}).intervals, (std::vector<double>{400.0, 350.0, 300.0}));
  EXPECT_EQ(protocol({}).pacing.stimulus_amplitude, model->traits().stimulus_amplitude);
  EXPECT_EQ(protocol({"protocol.stimulus_amplitude=3 A/F"}).pacing.stimulus_amplitude, 3.0);
  for (const char *wrong :
       {"protocol.intervals=300", "protocol.intervals=300 ms:400 ms", "protocol.intervals=300 mV", "protocol.intervals=1 ms:0 ms:400 ms",
        "protocol.cycle_length=0.5 ms", "protocol.cycle_length=800 mV", "protocol.stimulus_start=5 s", "protocol.integrator=cvodes",
        "protocol.beats=0", "protocol.beat=3", "protocol.step=0 ms", "tau_inn=1 ms"})
    EXPECT_THROW(protocol({wrong}), UserError) << wrong;
  EXPECT_THROW(protocol({"protocol.kind=s1s2", "protocol.stimulus_amplitude=0 A/F"}), UserError);
  EXPECT_THROW(cell_schema("mitchel_schaeffer_2003"), UserError);
}
