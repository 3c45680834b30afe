// What holds a heart in its place, on solids where that is known.
#include "mechanics/boundary/hold.h"
#include "mechanics/validate.h"
#include "tests/unit/mechanics/solid_meshes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

using namespace vivicor;
using namespace vivicor::test;
using testing::HasSubstr;

namespace
{
  /// A cube of 60 mm whose whole surface is pericardium.
  Solid cube()
  {
    Solid solid = box({60, 60, 60}, {3, 3, 3});
    solid.anatomy.epicardium = boundary(solid.anatomy);
    return solid;
  }

  Surface side(const Solid &solid, unsigned direction)
  {
    return where(solid.anatomy, boundary(solid.anatomy), [direction](const Point3 &p) { return p[direction] < 1e-9; });
  }

  MechanicsSettings springs(double pericardium, double vessels, double damping = 0)
  {
    MechanicsSettings settings;
    settings.robin.stiffness = pericardium;
    settings.robin.fixed_stiffness = vessels;
    settings.robin.damping = damping;
    settings.clamped_ends = false;
    return settings;
  }

  Hold hold(const Solid &solid, const MechanicsSettings &settings)
  {
    return hold_of(solid.anatomy, solid.fibres, settings, 800);
  }
}

TEST(Hold, SpringsInAllDirectionsHoldEveryShiftAlike)
{
  Solid solid = cube();
  solid.anatomy.fixed = std::exchange(solid.anatomy.epicardium, {});
  EXPECT_NEAR(hold(solid, springs(0, 5)).stiffness, 5 * 2.0 / 3, 0.1) << "a turn moves the points by sqrt(2/3) of the radius of gyration";
}

TEST(Hold, NormalSpringsOfACubeHoldAShiftWithAThirdOfThem)
{
  const Hold found = hold(cube(), springs(3, 0));
  // A shift: two of six sides. A turn about x: on the sides y and z, n.r = z/R or y/R, and R^2 = 5/12 a^2: 2/3 * 1/12 / (5/12) = 2/15.
  EXPECT_NEAR(found.stiffness, 3 * 2.0 / 15, 1e-3);
  EXPECT_THAT(found.motion, HasSubstr("a turn about"));
}

TEST(Hold, SpringsOnOneSideLeaveShiftsAlongIt)
{
  Solid solid = cube();
  solid.anatomy.epicardium = side(solid, 2);
  EXPECT_LT(hold(solid, springs(1, 0)).stiffness, 1e-12);
}

TEST(Hold, NothingHoldsWithoutSprings)
{
  EXPECT_EQ(hold(cube(), springs(0, 5)).stiffness, 0) << "springs at ends that the mesh has not";
  MechanicsSettings clamped = springs(0, 0);
  clamped.clamped_ends = true;
  EXPECT_FALSE(hold(cube(), clamped).clamped) << "nothing is clamped";
  Solid solid = cube();
  solid.anatomy.fixed = side(solid, 0);
  EXPECT_TRUE(hold(solid, clamped).clamped);
}

TEST(Hold, ADamperHoldsForABeat)
{
  EXPECT_NEAR(hold(cube(), springs(0, 0, 800 * 3)).stiffness, hold(cube(), springs(3, 0)).stiffness, 1e-9);
}

namespace
{
  Parameters whole_deck(const std::string &mechanics)
  {
    Schema schema;
    declare_mechanics(schema);
    schema.section("time").quantity("cycle_length", "800 ms", 200, 3000, "");
    return parameters_from_json(
      R"({"mechanics": {"vessel_ends": {"stiffness": "0 kPa/mm", "damping": "0 kPa s/mm"}, "pericardium": )" + mechanics + "}}", schema);
  }
}

TEST(ValidateMechanics, RefusesAHeartThatNothingHolds)
{
  const Solid solid = cube();
  for (const std::string stiffness : {"0", "1e-9"})
    try
      {
        validate_mechanics(solid.anatomy, solid.fibres,
                           whole_deck(R"({"stiffness": ")" + stiffness + R"( kPa/mm", "damping": "0 kPa s/mm"})"));
        ADD_FAILURE() << stiffness;
      }
    catch (const UserError &error)
      {
        EXPECT_THAT(error.text.what, HasSubstr("nothing holds the heart"));
        EXPECT_FALSE(error.text.where.empty() || error.text.why.empty() || error.text.nearest.empty() || error.text.mend.empty());
      }
  EXPECT_NO_THROW(validate_mechanics(solid.anatomy, solid.fibres, whole_deck(R"({"stiffness": "1 kPa/mm"})")));
}
