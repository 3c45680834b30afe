// Elastance chambers against their formulas; what they refuse.
#include "mechanics/elastance/elastance_pump.h"
#include "tests/unit/mechanics/solid_meshes.h"

#include "core/units.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace vivicor;

namespace
{
  constexpr double period = 800, E = units::mmHg / units::mL; // ms, kPa/mm^3
  const double pi = std::acos(-1.0);

  struct Ventricle
  {
    explicit Ventricle(const std::string &json = "", const std::string &cavity = "LV", Tissue tissue = Tissue::ventricle)
      : deck(test::deck(R"({"model": "elastance")" + json + "}"))
    {
      solid.anatomy.regions[0].tissue = tissue;
      auto surface = solid.anatomy.cavities.extract("LV");
      surface.key() = cavity;
      solid.anatomy.cavities.insert(std::move(surface));
      pump = std::make_unique<ElastancePump>(PumpContext{MPI_COMM_SELF, solid.anatomy, solid.fibres, cell_rank, period, timers},
                                             deck.section("mechanics"));
    }
    std::vector<double> calcium(double value) const { return std::vector<double>(solid.anatomy.points.size(), value); }

    test::Solid solid = test::hollow_sphere(20, 28, 1, 1);
    std::vector<unsigned> cell_rank = test::one_rank(solid);
    Timers timers;
    Parameters deck;
    std::unique_ptr<ElastancePump> pump;
  };

  CavityLaw held(double volume)
  {
    return [volume](const std::vector<double> &) { return CavityResponse{{volume}, {{0.0}}}; };
  }

  std::string refusal(const std::function<void()> &action)
  {
    try
      {
        action();
      }
    catch (const UserError &error)
      {
        return error.what();
      }
    return "";
  }
}

TEST(ElastancePump, HasTheFormulasPressure)
{
  Ventricle v;
  v.pump->preload({1.0}, v.calcium(0.1));
  EXPECT_NEAR(v.pump->volume()[0], 15 * units::mL + 1.0 / (0.081 * E), 1e-9 * v.pump->volume()[0]);
  const double V = 100 * units::mL, stretched = V - 15 * units::mL;
  // At rest, at half of the rise, at the peak, at three quarters of the fall's depth, at rest again, in the next beat.
  for (const auto &[t, e] :
       {std::pair{100.0, 0.0}, {170 + 125.0, 0.5}, {420.0, 1.0}, {420 + 250 * 2.0 / 3, 0.25}, {700.0, 0.0}, {1220.0, 1.0}})
    {
      const Pump::Step step = v.pump->advance(t - 2, 2, v.calcium(0.1), held(V));
      EXPECT_NEAR(step.pressure[0], (2.85 * e + 0.081) * E * stretched, 1e-9) << t;
      EXPECT_NEAR(step.volume[0], V, 1e-6);
    }
}

TEST(ElastancePump, FollowsTheCalciumOfItsOwnMuscle)
{
  Ventricle v(R"(, "drive": "calcium", "calcium": {"half": "0.5 uM", "steepness": 3, "lag": "40 ms"})");
  std::vector<double> calcium = v.calcium(0.1);
  v.pump->preload({1.0}, calcium);
  const double V = 100 * units::mL, stretched = V - 15 * units::mL;
  const auto hill = [](double c) { return std::pow(c / 0.5, 3) / (1 + std::pow(c / 0.5, 3)); };
  for (std::size_t i = 0; i < calcium.size(); ++i) // the outer surface does not count
    calcium[i] = test::norm(v.solid.anatomy.points[i]) < 24 ? 1.0 : 7.0;
  double e = hill(0.1);
  for (unsigned k = 0; k < 5; ++k)
    {
      const Pump::Step step = v.pump->advance(2 * k, 2, calcium, held(V));
      e += 2.0 / 42.0 * (hill(1.0) - e);
      EXPECT_NEAR(step.pressure[0], (2.85 * e + 0.081) * E * stretched, 1e-9) << k;
      v.pump->commit();
    }
  calcium[0] = NAN;
  EXPECT_THROW(v.pump->advance(10, 2, calcium, held(V)), StepFailed);
}

TEST(ElastancePump, RefusesWhatCannotBeat)
{
  const std::string long_beat = refusal([] { Ventricle v(R"(, "chambers": {"RV": {"contraction": "500 ms", "relaxation": "400 ms"}})"); });
  EXPECT_NE(long_beat.find("RV contracts and relaxes for 900 ms"), std::string::npos) << long_beat;
  const std::string aorta = refusal([] { Ventricle v("", "LVX"); });
  EXPECT_NE(aorta.find("'LVX' has no elastance"), std::string::npos) << aorta;
  const std::string stone = refusal([] { Ventricle v(R"(, "drive": "calcium")", "LV", Tissue::passive); });
  EXPECT_NE(stone.find("no muscle lines the chamber LV"), std::string::npos) << stone;
  EXPECT_EQ(refusal([] { Ventricle v("", "LA", Tissue::passive); }), "");
}

TEST(ElastancePump, IsCheckedBeforeAMeshIsMade)
{
  Schema schema;
  declare_mechanics(schema);
  schema.section("time").quantity("cycle_length", "400 ms", 1, 1e4, "of a beat");
  const Parameters deck = parameters_from_json(R"({"mechanics": {"model": "elastance"}})", schema);
  EXPECT_NE(refusal([&] { check_mechanics({}, deck); }).find("a beat lasts 400 ms only"), std::string::npos);
}
