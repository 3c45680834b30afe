#include "core/units.h"
#include "meshes/fibres/rules.h"
#include "tests/unit/meshes/fibres_shapes.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  /// Two upside-down bowls side by side: their base is the mouth on a ring, their apex the roof, on veins if wished.
  struct Atria
  {
    explicit Atria(bool with_veins) : bowl({2, 16, 32, 18, 22, 25, 29})
    {
      anatomy.regions = {{"LA", Tissue::atrium}, {"RA", Tissue::atrium}, {"ring", Tissue::passive}, {"veins", Tissue::passive}};
      for (const unsigned chamber : {0u, 1u})
        add(chamber, with_veins);
    }

    void add(unsigned chamber, bool with_veins)
    {
      const Anatomy &one = bowl.anatomy;
      const auto first_node = static_cast<unsigned>(anatomy.points.size()), first_cell = static_cast<unsigned>(anatomy.cells.size());
      for (const Point3 &x : one.points)
        anatomy.points.push_back(x + Point3{100.0 * chamber, 0, 0});
      for (auto cell : one.cells)
        {
          double lowest = 90, highest = 0;
          for (unsigned &n : cell)
            {
              lowest = std::min(lowest, bowl.angle_from_apex[n] / units::degree);
              highest = std::max(highest, bowl.angle_from_apex[n] / units::degree);
              n += first_node;
            }
          anatomy.cells.push_back(cell);
          anatomy.cell_region.push_back(lowest > 80 ? 2 : with_veins && highest < 15 ? 3 : chamber);
        }
      const auto moved = [&](Surface surface) {
        for (Triangle &triangle : surface)
          {
            for (unsigned &n : triangle.nodes)
              n += first_node;
            triangle.cell += first_cell;
          }
        return surface;
      };
      anatomy.cavities[chamber == 0 ? "LA" : "RA"] = moved(one.cavities.at("LV"));
      const Surface outside = moved(one.epicardium);
      anatomy.epicardium.insert(anatomy.epicardium.end(), outside.begin(), outside.end());
    }

    shapes::Ventricles bowl;
    Anatomy anatomy;
  };

  class AtrialFibres : public ::testing::TestWithParam<bool>
  {
  };
}

TEST_P(AtrialFibres, WindAroundTheMouthInBothAtriaAndAllDepths)
{
  const Atria atria(GetParam());
  FibreRules rules{};
  const TissueFibres fibres = atrial_fibres(atria.anatomy, rules);
  unsigned checked = 0;
  for (const unsigned n : fibres.nodes)
    {
      const unsigned own = n % atria.bowl.anatomy.points.size();
      if (atria.bowl.angle_from_apex[own] < 30 * units::degree)
        continue;
      ASSERT_TRUE(fibres.frame[n]) << n;
      const auto directions = atria.bowl.directions(own);
      EXPECT_GT(std::abs(dot(fibres.frame[n]->fibre, directions[0])), std::cos(5 * units::degree));
      EXPECT_GT(dot(fibres.frame[n]->sheet, directions[2]), std::cos(10 * units::degree));
      if (atria.bowl.depth[own] != 0.5)
        {
          EXPECT_NEAR(fibres.transmural[n], atria.bowl.depth[own], 1e-9);
        }
      ++checked;
    }
  EXPECT_GT(checked, 1500u);
}

TEST_P(AtrialFibres, TurnTowardsTheVeinsByTheDecksAngle)
{
  const Atria atria(GetParam());
  FibreRules rules{};
  rules.atrium_endo = 90 * units::degree;
  const TissueFibres fibres = atrial_fibres(atria.anatomy, rules);
  for (const unsigned n : fibres.nodes)
    {
      const unsigned own = n % atria.bowl.anatomy.points.size();
      if (atria.bowl.angle_from_apex[own] < 30 * units::degree || atria.bowl.depth[own] == 0.5)
        continue;
      const unsigned along = atria.bowl.depth[own] == 0 ? 1 : 0;
      EXPECT_GT(std::abs(dot(fibres.frame[n]->fibre, atria.bowl.directions(own)[along])), std::cos(5 * units::degree));
    }
}

INSTANTIATE_TEST_SUITE_P(WithAndWithoutVeins, AtrialFibres, ::testing::Bool());

TEST(AtrialFibresFill, EveryNodeGetsAFrame)
{
  const Atria atria(false);
  TissueFibres fibres = atrial_fibres(atria.anatomy, FibreRules{});
  fibres.frame[fibres.nodes[5]].reset();
  fill_from_neighbours(atria.anatomy, Tissue::atrium, {0, 0, 1}, fibres);
  for (const unsigned n : fibres.nodes)
    {
      ASSERT_TRUE(fibres.frame[n]);
      EXPECT_NEAR(norm(cross(fibres.frame[n]->fibre, fibres.frame[n]->sheet) - fibres.frame[n]->normal), 0, 1e-12);
    }
}

TEST(AtrialFibresFill, IslandsWithoutAnyFrameFallBack)
{
  const Atria atria(false);
  TissueFibres fibres = atrial_fibres(atria.anatomy, FibreRules{});
  fibres.frame.assign(fibres.frame.size(), std::nullopt);
  fill_from_neighbours(atria.anatomy, Tissue::atrium, {0, 0, 1}, fibres);
  for (const unsigned n : fibres.nodes)
    {
      ASSERT_TRUE(fibres.frame[n]);
      EXPECT_NEAR(dot(fibres.frame[n]->fibre, fibres.frame[n]->sheet), 0, 1e-12);
    }
}
