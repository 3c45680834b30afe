#include "electrophysiology/cells/single_cell.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace vivicor;

namespace
{
  std::unique_ptr<IonicModel> make(const std::string &name, const std::string &settings = "{}")
  {
    Schema schema;
    registry<IonicModel>().at(name).declare(schema);
    return create<IonicModel>(name, parameters_from_json(settings, schema));
  }

  const std::string ventricular = "tentusscher_panfilov_2006_epi";

  /// A membrane that only leaks back to -80 mV within 10 ms, one gate that follows, calcium at rest.
  struct Leak final : IonicModel
  {
    std::vector<std::string> state_names() const override { return {"gate", "calcium"}; }
    std::vector<double> rest() const override { return {0.5, 0.1}; }
    double rest_potential() const override { return -80.0; }
    std::vector<bool> is_gate() const override { return {true, false}; }
    std::size_t calcium_index() const override { return 1; }
    double calcium_to_uM() const override { return 1.0; }

    void step(std::size_t n, std::size_t stride, double dt, double *V, double *s, const double *stimulus, const double *) const override
    {
      std::vector<double> dV(n), ds(2 * stride);
      rates(n, stride, V, s, stimulus, dV.data(), ds.data());
      for (std::size_t i = 0; i < n; ++i)
        V[i] += dt * dV[i];
    }

    void rates(std::size_t n, std::size_t stride, const double *V, const double *, const double *stimulus, double *dV,
               double *ds) const override
    {
      for (std::size_t i = 0; i < n; ++i)
        {
          dV[i] = -(V[i] + 80.0) / 10.0 + (stimulus ? stimulus[i] : 0.0);
          ds[i] = ds[stride + i] = 0.0;
        }
    }
  };
}

// After a stimulus of 1 ms from -80 to about 15 mV, V decays as exp(-t/10 ms): APD is 10 ms ln 2 or ln 10.
TEST(SingleCell, MeasuresAnExponentialDecay)
{
  Pacing pacing;
  pacing.cycle_length = 200.0;
  pacing.stimulus_start = 10.0;
  pacing.stimulus_amplitude = 100.0;
  for (const CellIntegrator integrator : {CellIntegrator::cvode, CellIntegrator::rush_larsen})
    {
      pacing.integrator = integrator;
      pacing.step = 0.01;
      pacing.keep_trace = true;
      const PacedCell cell = pace(Leak(), pacing);
      const Biomarkers &b = cell.beats.at(0);
      const double height = 1000.0 * (1.0 - std::exp(-0.1));
      EXPECT_NEAR(b.rest, -80.0, 1e-3);
      EXPECT_NEAR(b.peak, -80.0 + height, 0.1);
      EXPECT_NEAR(b.dVdt_max, 100.0, 0.1);
      // From the steepest rise, at the start of the stimulus of 1 ms.
      EXPECT_NEAR(b.APD50, 1.0 + 10.0 * std::log(2.0), 0.05);
      EXPECT_NEAR(b.APD90, 1.0 + 10.0 * std::log(10.0), 0.05);
      EXPECT_NEAR(cell.trace.back().t, 200.0, 1e-9);
      EXPECT_DOUBLE_EQ(b.calcium_peak, 0.1);
    }
}

TEST(SingleCell, ReportsNoActionPotentialWhereThereIsNone)
{
  const auto model = make(ventricular, R"({"g_Na_scale": "0", "g_CaL_scale": "0"})");
  Pacing pacing;
  pacing.cycle_length = 400.0;
  pacing.stimulus_amplitude = 20.0;
  const Biomarkers b = pace(*model, pacing).beats.at(0);
  EXPECT_LT(b.peak, 0.0);
  EXPECT_EQ(b.APD90, 0.0);
}

TEST(SingleCell, ScaleFactorsDoWhatBlockersDo)
{
  Pacing pacing;
  pacing.stimulus_start = 10.0;
  const Biomarkers control = pace(*make(ventricular), pacing).beats[0];
  const Biomarkers no_Kr = pace(*make(ventricular, R"({"g_Kr_scale": "0"})"), pacing).beats[0];
  const Biomarkers half_Na = pace(*make(ventricular, R"({"g_Na_scale": "0.5"})"), pacing).beats[0];
  const Biomarkers half_CaL = pace(*make(ventricular, R"({"g_CaL_scale": "0.5"})"), pacing).beats[0];
  EXPECT_GT(no_Kr.APD90, control.APD90 + 20.0);
  EXPECT_LT(half_Na.dVdt_max, 0.8 * control.dVdt_max);
  EXPECT_LT(half_CaL.APD90, control.APD90 - 20.0);
  EXPECT_LT(half_CaL.calcium_peak, control.calcium_peak);

  Pacing quiet;
  quiet.stimulus_amplitude = 0.0;
  quiet.cycle_length = 300.0;
  const double hyperkalaemic = pace(*make(ventricular, R"({"K_o": "10.8 mM"})"), quiet).end.V;
  // Rest follows the potassium potential: RT/F ln 2 = 18.5 mV higher for twice the potassium outside.
  EXPECT_NEAR(hyperkalaemic - -85.4, 18.5, 3.0);
}

TEST(SingleCell, SaysWhereAStateIsLost)
{
  const auto model = make(ventricular);
  CellState start = resting_state(*model);
  start.V = std::nan("");
  try
    {
      pace(*model, {}, start);
      FAIL() << "nothing was thrown";
    }
  catch (const SolverError &error)
    {
      EXPECT_NE(error.text.where.find("t = "), std::string::npos);
    }
}

TEST(SingleCell, RefusesScaleFactorsOutOfRange)
{
  EXPECT_THROW(make(ventricular, R"({"g_Kr_scale": "-1"})"), UserError);
  EXPECT_THROW(make(ventricular, R"({"g_Kr_skale": "1"})"), UserError);
  EXPECT_THROW(make(ventricular, R"({"K_o": "5.4 mV"})"), UserError);
}

// A stimulus late in the cycle makes an action potential that ends in the next: its numbers are those of a stimulus at the start,
// for every beat, the last included.
TEST(SingleCell, NumbersDoNotDependOnWhereTheStimulusLies)
{
  const auto model = make(ventricular);
  for (const CellIntegrator integrator : {CellIntegrator::rush_larsen, CellIntegrator::cvode})
    {
      Pacing pacing = natural_pacing(*model);
      pacing.cycle_length = 600;
      pacing.beats = 3;
      pacing.integrator = integrator;
      for (const double start : {50.0, 400.0, 590.0})
        {
          SCOPED_TRACE(start);
          Pacing rest = pacing, late_pacing = pacing; // what lies before the first stimulus, and then stimuli at the start
          rest.stimulus_amplitude = 0;
          rest.cycle_length = start;
          rest.beats = 1;
          const PacedCell reference = pace(*model, pacing, pace(*model, rest).end);
          late_pacing.stimulus_start = start;
          late_pacing.keep_trace = true;
          const PacedCell late = pace(*model, late_pacing);
          ASSERT_EQ(late.beats.size(), 3u);
          for (std::size_t b = 0; b < 3; ++b)
            {
              EXPECT_GT(late.beats[b].APD90, 250);
              EXPECT_NEAR(late.beats[b].APD90, reference.beats[b].APD90, 0.1);
              EXPECT_NEAR(late.beats[b].APD50, reference.beats[b].APD50, 0.1);
              EXPECT_NEAR(late.beats[b].peak, reference.beats[b].peak, 0.1);
              EXPECT_TRUE(late.beats[b].captured());
            }
          EXPECT_NEAR(late.trace.back().t, 1800, 1e-9) << "what follows the last cycle is not in the trace";
          EXPECT_DOUBLE_EQ(late.trace.back().V, late.end.V);
        }
    }
}

TEST(SingleCell, AnActionPotentialLongerThanTheCycleHasNoDuration)
{
  const auto model = make(ventricular);
  Pacing pacing = natural_pacing(*model);
  pacing.cycle_length = 250;
  for (const double start : {0.0, 200.0})
    {
      pacing.stimulus_start = start;
      EXPECT_EQ(pace(*model, pacing).beats.at(0).APD90, 0.0);
    }
}
