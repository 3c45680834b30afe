// What every pump must do, over the registry: a hollow sphere of muscle with one chamber and default parameters.
#include "mechanics/pump.h"
#include "tests/conformance/mechanics/models.h"
#include "tests/support/memory_archive.h"
#include "tests/unit/mechanics/solid_meshes.h"

#include <cmath>
#include <memory>

using namespace vivicor;

namespace
{
  constexpr double cycle_length = 3000, at_rest = 800, filled = 1; // ms, ms: after any contraction; kPa

  class Chamber
  {
  public:
    explicit Chamber(const std::string &model)
    {
      const Parameters mechanics = test::deck(R"({"model": ")" + model + R"("})").section("mechanics");
      pump = create<Pump>(model, mechanics, PumpContext{MPI_COMM_SELF, solid.anatomy, solid.fibres, cell_rank, cycle_length, timers});
      pump->preload({filled}, calcium());
      advance(at_rest - 2, 2, free());
      pump->commit();
    }

    std::vector<double> calcium() const { return std::vector<double>(solid.anatomy.points.size(), 0.1); } // uM: diastole
    Pump::Step advance(double t, double dt, const CavityLaw &law) { return pump->advance(t, dt, calcium(), law); }

    /// A law of compliance C (mm^3/kPa) that asks for `more` (mm^3) than the chamber holds now.
    CavityLaw wish(double more, double C = 0) const
    {
      const double V = pump->volume()[0] + more, p0 = pump->pressure()[0];
      return [=](const std::vector<double> &p) { return CavityResponse{{V - C * (p[0] - p0)}, {{-C}}}; };
    }
    /// A chamber that empties into a large and soft vessel under the filling pressure.
    CavityLaw free() const { return wish(0, 1e4); }

    /// What a trial step must not touch; a solver may learn from it.
    vivicor::testing::SavedState committed()
    {
      auto state = vivicor::testing::saved(*pump);
      std::erase_if(state, [](const auto &entry) { return entry.first.find("/solver/") != std::string::npos; });
      return state;
    }
    /// mm^3/kPa at rest, by a trial step to either side.
    double compliance(double more)
    {
      const double up = advance(at_rest, 2, wish(more)).pressure[0], down = advance(at_rest, 2, wish(-more)).pressure[0];
      pump->rollback();
      return 2 * more / (up - down);
    }

    test::Solid solid = test::hollow_sphere(20, 28, 1, 2);
    std::vector<unsigned> cell_rank = test::one_rank(solid);
    Timers timers;
    std::unique_ptr<Pump> pump;
  };

  class Pumps : public ::testing::TestWithParam<std::string>
  {
  protected:
    Chamber chamber{GetParam()};
    Pump &pump = *chamber.pump;
  };

  constexpr double volume_tolerance = 0.1; // mm^3: the default of mechanics.solver.volume_tolerance
}

TEST_P(Pumps, NamesItsCavitiesAndFillsThem)
{
  Chamber fresh(GetParam());
  EXPECT_EQ(fresh.pump->cavities(), std::vector<std::string>{"LV"});
  EXPECT_EQ(fresh.pump->volume().size(), 1u);
  fresh.pump->preload({2.0}, fresh.calcium());
  EXPECT_EQ(fresh.pump->pressure(), std::vector<double>{2.0});
  EXPECT_GT(fresh.pump->volume()[0], 0);
  EXPECT_GT(fresh.pump->size().dofs, 0);
}

TEST_P(Pumps, VolumesFollowTheLaw)
{
  for (const double C : {0.0, 50.0, 5e4})
    {
      const CavityLaw law = chamber.wish(100, C);
      const Pump::Step step = chamber.advance(at_rest, 2, law);
      EXPECT_NEAR(step.volume[0], law(step.pressure).volume[0], volume_tolerance) << "compliance " << C;
      pump.rollback();
    }
}

TEST_P(Pumps, CommitsWhatItTriedToTheBit)
{
  const Pump::Step step = chamber.advance(at_rest, 2, chamber.wish(100, 50));
  pump.commit();
  EXPECT_EQ(pump.pressure(), step.pressure);
  EXPECT_NEAR(pump.volume()[0], step.volume[0], 1e-12 * step.volume[0]);
}

TEST_P(Pumps, RollsBackToTheBit)
{
  const auto before = chamber.committed();
  const auto volume = pump.volume(), pressure = pump.pressure();
  const Pump::Step first = chamber.advance(at_rest, 2, chamber.wish(100, 50));
  pump.rollback();
  chamber.advance(at_rest, 1, chamber.wish(-200));
  pump.rollback();
  EXPECT_EQ(chamber.committed(), before);
  EXPECT_EQ(pump.volume(), volume);
  EXPECT_EQ(pump.pressure(), pressure);
  const Pump::Step again = chamber.advance(at_rest, 2, chamber.wish(100, 50));
  EXPECT_NEAR(again.pressure[0], first.pressure[0], 1e-3 * std::abs(first.pressure[0] - pressure[0]));
}

TEST_P(Pumps, ASavedStateGoesOnAsTheUnbrokenOne)
{
  chamber.advance(at_rest, 2, chamber.wish(100, 50));
  pump.commit();
  Chamber resumed(GetParam());
  vivicor::testing::load(*resumed.pump, vivicor::testing::saved(pump));
  EXPECT_EQ(vivicor::testing::saved(*resumed.pump), vivicor::testing::saved(pump));
  EXPECT_EQ(resumed.pump->volume(), pump.volume());
  for (unsigned k = 1; k < 4; ++k)
    {
      const double t = at_rest + 2 * k;
      const Pump::Step a = chamber.advance(t, 2, chamber.wish(-50, 20)), b = resumed.advance(t, 2, resumed.wish(-50, 20));
      EXPECT_EQ(a.pressure, b.pressure);
      EXPECT_EQ(a.volume, b.volume);
      pump.commit();
      resumed.pump->commit();
    }
  EXPECT_EQ(vivicor::testing::saved(*resumed.pump), vivicor::testing::saved(pump));
}

// With a vessel of compliance C_v behind it, a chamber of compliance C takes up C/(C + C_v) of what is given to both: the law's
// derivative is used with the right sign and size, and Newton's method converges as it should with it.
TEST_P(Pumps, SharesAVolumeByTheCompliances)
{
  const double more = 0.002 * pump.volume()[0], C = chamber.compliance(more), p0 = pump.pressure()[0];
  ASSERT_GT(C, 0);
  for (const double C_v : {0.2 * C, C, 10 * C})
    {
      const Pump::Step step = chamber.advance(at_rest, 2, chamber.wish(more, C_v));
      EXPECT_NEAR(step.pressure[0] - p0, more / (C + C_v), 0.02 * more / (C + C_v));
      EXPECT_LE(step.newton_iterations, 6u);
      pump.rollback();
    }
}

// Filled and emptied in a second and a half of diastole: what is put in comes back but for what friction takes, and no more.
TEST_P(Pumps, DoesNoNetWorkAtRest)
{
  const double V = pump.volume()[0], stroke = 0.02 * V;
  constexpr unsigned steps = 30;
  constexpr double dt = 50;
  double put_in = 0, net = 0;
  for (unsigned k = 1; k <= steps; ++k)
    {
      const double V_before = pump.volume()[0], p_before = pump.pressure()[0];
      const double target = V + stroke * 0.5 * (1 - std::cos(2 * std::acos(-1.0) * k / steps));
      chamber.advance(at_rest + (k - 1) * dt, dt, chamber.wish(target - V_before));
      pump.commit();
      const double work = 0.5 * (p_before + pump.pressure()[0]) * (pump.volume()[0] - V_before); // uJ, of the blood on the pump
      put_in += std::max(0.0, work);
      net += work;
    }
  std::printf("  %s: %.3f uJ put in, %.2f %% of it lost\n", GetParam().c_str(), put_in, 100 * net / put_in);
  EXPECT_GT(put_in, 0);
  EXPECT_GT(net, -1e-3 * put_in);
  EXPECT_LT(net, 0.05 * put_in);
}

TEST_P(Pumps, AStepThatTheCirculationCannotMakeFailsWithoutTrace)
{
  const auto before = chamber.committed();
  EXPECT_THROW(chamber.advance(at_rest, 2, [](const auto &) -> CavityResponse { throw StepFailed("a valve"); }), StepFailed);
  EXPECT_THROW(chamber.advance(at_rest, 2, [](const auto &) { return CavityResponse{{NAN}, {{0.0}}}; }), StepFailed);
  pump.rollback();
  EXPECT_EQ(chamber.committed(), before);
  EXPECT_NO_THROW(chamber.advance(at_rest, 1, chamber.wish(10)));
}

// A circulation that has no answer for the pressures of a whole Newton step has one for those of a shorter step.
TEST_P(Pumps, StaysWhereTheCirculationHasAnAnswer)
{
  const double V = pump.volume()[0], p0 = pump.pressure()[0], C = chamber.compliance(0.002 * V);
  // Asks for so much more that a Newton step from p0 goes up by 2 kPa; the cubic term balances it at 0.1 kPa already.
  const double more = 2 * C, stiffening = more / 1e-3;
  double farthest = 0;
  const CavityLaw law = [&](const std::vector<double> &p) {
    const double x = p[0] - p0;
    farthest = std::max(farthest, std::abs(x));
    if (std::abs(x) > 0.5)
      throw StepFailed("a valve's equation does not converge");
    return CavityResponse{{V + more - stiffening * x * x * x}, {{-3 * stiffening * x * x}}};
  };
  const Pump::Step step = chamber.advance(at_rest, 2, law);
  EXPECT_GT(farthest, 0.5) << "the test is of a law that fails";
  EXPECT_NEAR(step.volume[0], law(step.pressure).volume[0], volume_tolerance);
  EXPECT_NEAR(step.pressure[0] - p0, 0.1, 0.01);
}

INSTANTIATE_TEST_SUITE_P(Registry, Pumps, ::testing::ValuesIn(test::names<Pump>()), test::test_name);
