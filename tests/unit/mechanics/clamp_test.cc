// Vessel ends that do not move at all.
#include "tests/unit/mechanics/solid_meshes.h"

#include <gtest/gtest.h>

using namespace vivicor;
using namespace vivicor::test;

namespace
{
  /// Displacement of a beam pressed from below and held at x = 0.
  std::pair<Solid, std::vector<Point3>> bend(const std::string &ends)
  {
    Solid solid = box({4, 1, 1}, {4, 2, 2});
    const Surface surface = boundary(solid.anatomy);
    solid.anatomy.fixed = where(solid.anatomy, surface, [](const Point3 &p) { return p[0] < 1e-9; });
    solid.anatomy.cavities["LV"] = where(solid.anatomy, surface, [](const Point3 &p) { return p[2] < 1e-9; });
    Timers timers;
    Mechanics mechanics(MPI_COMM_SELF, solid.anatomy, solid.fibres, one_rank(solid),
                        deck(R"({"vessel_ends": {)" + ends + R"(}, "solver": {"tolerance": 1e-9},
      "tissue": {"ventricle": {"passive": {"model": "neo_hooke"}, "active": {"model": "none"}}}})"),
                        timers);
    mechanics.inflate({0.02});
    return {solid, mechanics.displacement()};
  }
}

TEST(Clamp, HoldsItsNodesExactlyAndNoOthers)
{
  const auto [solid, u] = bend(R"("clamped": true)");
  double largest = 0;
  for (std::size_t node = 0; node < u.size(); ++node)
    if (solid.anatomy.points[node][0] < 1e-9)
      EXPECT_EQ(norm(u[node]), 0);
    else
      largest = std::max(largest, norm(u[node]));
  EXPECT_GT(largest, 0.05);
}

TEST(Clamp, IsTheLimitOfStiffSprings)
{
  const auto clamped = bend(R"("clamped": true)").second, sprung = bend(R"("stiffness": "1e6 kPa/mm")").second;
  for (std::size_t node = 0; node < clamped.size(); ++node)
    EXPECT_LT(norm(minus(clamped[node], sprung[node])), 1e-4);
}
