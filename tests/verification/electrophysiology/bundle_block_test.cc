// A bundle branch block: how long the ventricles take, and which wall comes last.
#include "electrophysiology/conduction_system/walls.h"
#include "electrophysiology/electrical_heart.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace vivicor;

namespace
{
  struct Heart
  {
    static Schema schema()
    {
      Schema deck;
      declare_anatomy(deck);
      declare_fibres(deck);
      declare_electrophysiology(deck);
      return deck;
    }

    /// The electrical part of parameters/whole_heart/heart.json with another AV delay and target edge length.
    static Parameters deck(const std::string &size, const std::string &conduction_system)
    {
      return parameters_from_json(R"({"mesh": {)" + size + R"(}, "electrophysiology": {"av_node": {"delay": "5 ms"}, "conduction": {
          "atria": {"velocity_longitudinal": "1.4 m/s", "velocity_transverse": "0.8 m/s", "velocity_normal": "0.8 m/s"},
          "fast_endocardial_layer": {"velocity": "3 m/s"}}, "conduction_system": )"
                                    + conduction_system + "}}",
                                  schema());
    }

    Heart(const std::string &size, const std::string &conduction_system)
    {
      const Parameters parameters = deck(size, conduction_system);
      const Anatomy anatomy = build_anatomy(parameters, {});
      const Fibres fibres = build_fibres(anatomy, parameters);
      Timers timers;
      const auto built = build_electrical_heart(MPI_COMM_SELF, anatomy, fibres, std::vector<unsigned>(anatomy.cells.size(), 0), parameters,
                                                timers);
      ElectricalHeart &heart = *built;
      double t = 0;
      do
        heart.advance(t += 10);
      while (t < 400 && heart.activation().activated_fraction < 1);
      result = heart.activation();
      for (const auto &wall : activation_by_wall(MPI_COMM_SELF, anatomy, fibres, heart.fields(true)))
        walls[wall.wall] = wall;
    }

    const std::string &last_wall() const
    {
      return std::max_element(walls.begin(), walls.end(), [](const auto &a, const auto &b) { return a.second.last < b.second.last; })
        ->first;
    }

    ElectricalHeart::Activation result;
    std::map<std::string, WallActivation> walls;
  };

  const std::string minimal = R"("element_size": "12 mm")", healthy = R"({"model": "early_sites"})";

  std::string without(const std::string &branch)
  {
    return R"({"model": "early_sites", "cut": [")" + branch + R"("]})";
  }
}

// What a complete block adds in patients; the lateral wall comes last: Strauss et al. 2011 (10.1016/j.amjcard.2010.11.010).
TEST(BundleBlock, OfTheLeftOneComesLateToTheLateralWall)
{
  const Heart before("", healthy), after("", without("left_bundle"));
  EXPECT_EQ(before.result.activated_fraction, 1.0);
  EXPECT_GT(before.result.ventricular_duration.value(), 60); // a healthy QRS lasts 70 to 110 ms
  EXPECT_LT(before.result.ventricular_duration.value(), 100);
  EXPECT_EQ(after.result.activated_fraction, 1.0);
  EXPECT_GT(after.result.ventricular_duration.value(), before.result.ventricular_duration.value() + 40);
  EXPECT_LT(after.result.ventricular_duration.value(), before.result.ventricular_duration.value() + 90);
  EXPECT_EQ(after.last_wall(), "LV lateral");
  EXPECT_GT(after.walls.at("LV lateral").mean, after.walls.at("LV septal").mean + 15);
  EXPECT_NEAR(after.walls.at("RV").first - after.result.ventricular_start.value(), 0, 8); // the right bundle is not touched
}

TEST(BundleBlock, OfTheRightOneComesLateToTheRightVentricle)
{
  const Heart before(minimal, healthy), after(minimal, without("right_bundle"));
  EXPECT_EQ(after.result.activated_fraction, 1.0);
  EXPECT_GT(after.walls.at("RV").mean, before.walls.at("RV").mean + 10);
  EXPECT_NEAR(after.walls.at("LV lateral").mean, before.walls.at("LV lateral").mean, 8);
}
