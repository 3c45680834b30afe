// The wall with a simple circulation behind its cavity; rolling back, saving and loading; wrong decks.
#include "tests/support/memory_archive.h"
#include "tests/unit/mechanics/solid_meshes.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace vivicor;
using namespace vivicor::test;

namespace
{
  const std::string heart = R"({"vessel_ends": {"stiffness": "0.01 kPa/mm"}, "solver": {"tolerance": 1e-9, "volume_tolerance": "1e-5 mm^3"},
    "tissue": {"ventricle": {"passive": {"model": "guccione"}, "active": {"model": "land_2017"}}}})";

  /// Fibres along the circles of latitude, so that muscle which shortens presses on the blood.
  Solid wound_sphere()
  {
    Solid solid = hollow_sphere(20, 28, 1, 2);
    for (std::size_t i = 0; i < solid.anatomy.points.size(); ++i)
      {
        const Point3 outward = scaled(solid.anatomy.points[i], 1 / norm(solid.anatomy.points[i]));
        Point3 fibre = cross({0, 0.01, 1}, outward);
        fibre = scaled(fibre, 1 / norm(fibre));
        solid.fibres.nodal[i] = {fibre, outward, cross(fibre, outward)};
      }
    return solid;
  }

  struct Ventricle
  {
    Solid solid = wound_sphere();
    Timers timers;
    Mechanics mechanics;
    Ventricle() : mechanics(MPI_COMM_SELF, solid.anatomy, solid.fibres, one_rank(solid), deck(heart), timers) {}
    std::vector<double> calcium(double t) const
    {
      return std::vector<double>(solid.anatomy.points.size(), 0.1 + 1.9 * std::min(1.0, t / 20));
    }
  };

  /// What a trial step must not touch; the solver may learn from it.
  vivicor::testing::SavedState committed(Mechanics &mechanics)
  {
    auto state = vivicor::testing::saved(mechanics);
    std::erase_if(state, [](const auto &entry) { return entry.first.starts_with("mechanics/solver/"); });
    return state;
  }

  CavityLaw held(double volume)
  {
    return [volume](const std::vector<double> &) { return CavityResponse{{volume}, {{0.0}}}; };
  }
}

TEST(SolidCavity, IsovolumicContractionHoldsTheVolumeAndRaisesThePressure)
{
  Ventricle v;
  v.mechanics.inflate({1.0});
  const double filled = v.mechanics.volume()[0];
  double last = 1.0;
  for (unsigned k = 0; k < 25; ++k)
    {
      const auto step = v.mechanics.advance(2 * k, 2, v.calcium(2 * (k + 1)), held(filled));
      v.mechanics.commit();
      EXPECT_NEAR(v.mechanics.volume()[0], filled, 1e-4);
      EXPECT_EQ(step.pressure, v.mechanics.pressure());
      EXPECT_LE(step.newton_iterations, 8u);
      last = step.pressure[0];
    }
  EXPECT_GT(last, 3.0) << "kPa: muscle that cannot shorten presses";
}

TEST(SolidCavity, EjectsAgainstACompliance)
{
  Ventricle v;
  v.mechanics.inflate({1.0});
  const double filled = v.mechanics.volume()[0], compliance = 1000; // mm^3/kPa
  const CavityLaw law = [&](const std::vector<double> &p) { return CavityResponse{{filled - compliance * (p[0] - 1.0)}, {{-compliance}}}; };
  for (unsigned k = 0; k < 30; ++k)
    {
      v.mechanics.advance(2 * k, 2, v.calcium(2 * (k + 1)), law);
      v.mechanics.commit();
      EXPECT_NEAR(v.mechanics.volume()[0], filled - compliance * (v.mechanics.pressure()[0] - 1.0), 1e-4);
    }
  EXPECT_LT(v.mechanics.volume()[0], filled - 500);
}

TEST(SolidCavity, TrialStepsLeaveNoTrace)
{
  Ventricle v;
  v.mechanics.inflate({1.0});
  const double filled = v.mechanics.volume()[0];
  v.mechanics.advance(0, 2, v.calcium(2), held(filled));
  v.mechanics.commit();
  const auto before = committed(v.mechanics);
  const auto first = v.mechanics.advance(2, 2, v.calcium(4), held(filled));
  v.mechanics.advance(2, 1, v.calcium(12), held(filled - 1000));
  EXPECT_EQ(committed(v.mechanics), before);
  const auto again = v.mechanics.advance(2, 2, v.calcium(4), held(filled));
  EXPECT_NEAR(again.pressure[0], first.pressure[0], 1e-6 * first.pressure[0]);
}

TEST(SolidCavity, AnImpossibleStepFailsAndCanBeCut)
{
  Ventricle v;
  v.mechanics.inflate({1.0});
  const auto before = committed(v.mechanics);
  const double filled = v.mechanics.volume()[0];
  EXPECT_THROW(v.mechanics.advance(0, 2, v.calcium(2), held(-1e6)), StepFailed);
  EXPECT_THROW(v.mechanics.advance(0, 2, std::vector<double>(v.solid.anatomy.points.size(), NAN), held(filled)), StepFailed);
  EXPECT_EQ(committed(v.mechanics), before);
  EXPECT_NO_THROW(v.mechanics.advance(0, 1, v.calcium(1), held(filled)));
}

TEST(SolidCavity, ASavedStateGoesOnTheSame)
{
  Ventricle one, two;
  one.mechanics.inflate({1.0});
  const double filled = one.mechanics.volume()[0];
  for (unsigned k = 0; k < 3; ++k)
    {
      one.mechanics.advance(2 * k, 2, one.calcium(2 * (k + 1)), held(filled));
      one.mechanics.commit();
    }
  vivicor::testing::load(two.mechanics, vivicor::testing::saved(one.mechanics));
  EXPECT_EQ(vivicor::testing::saved(two.mechanics), vivicor::testing::saved(one.mechanics));
  const auto a = one.mechanics.advance(6, 2, one.calcium(8), held(filled));
  const auto b = two.mechanics.advance(6, 2, one.calcium(8), held(filled));
  EXPECT_EQ(a.pressure, b.pressure); // to the last bit: the factorisation was saved as well
  EXPECT_EQ(a.volume, b.volume);
}

TEST(SolidCavity, WrongRegionsAreRefused)
{
  const Solid solid = hollow_sphere(20, 28, 0, 1);
  Timers timers;
  const auto build = [&](const std::string &json) {
    Mechanics(MPI_COMM_SELF, solid.anatomy, solid.fibres, one_rank(solid), deck(json), timers);
  };
  try
    {
      build(R"({"regions": {"a": {"of": ["LV"], "passive": {"model": "usyk"}}, "b": {"of": ["LV"], "passive": {"model": "guccione"}}}})");
      FAIL() << "two materials for one region";
    }
  catch (const UserError &error)
    {
      EXPECT_NE(std::string(error.what()).find("two materials"), std::string::npos);
    }
  try
    {
      build(R"({"regions": {"LW": {"passive": {"model": "usyk"}}}})");
      FAIL() << "no such region";
    }
  catch (const UserError &error)
    {
      EXPECT_EQ(error.text.nearest, "LV");
    }
}
