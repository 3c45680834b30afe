// States that the discretisation must hit exactly.
#include "tests/unit/mechanics/solid_meshes.h"

#include <gtest/gtest.h>

using namespace vivicor;
using namespace vivicor::test;

// A free cube in a closed pressure bath: the same pressure on all sides gives a uniform contraction, p = -P everywhere, in
// every cell alike, with J - 1 = -P/kappa for the law's vanishing deviator.
TEST(Patch, UniformPressure)
{
  Solid solid = box({3, 2, 4}, {3, 2, 3});
  solid.anatomy.cavities["LV"] = boundary(solid.anatomy); // its blood is outside
  solid.anatomy.fixed = where(solid.anatomy, boundary(solid.anatomy), [](const Point3 &p) { return p[0] < 1e-9; });
  Timers timers;
  Mechanics mechanics(
    MPI_COMM_SELF, solid.anatomy, solid.fibres, one_rank(solid),
    deck(
      R"({"bulk_modulus": "200 kPa", "volume_barrier": "0 kPa", "vessel_ends": {"stiffness": "1e-3 kPa/mm"}, "solver": {"tolerance": 1e-11},
        "tissue": {"ventricle": {"passive": {"model": "neo_hooke"}, "active": {"model": "none"}}}})"),
    timers);
  const double before = mechanics.volume()[0];
  mechanics.inflate({2.0});
  EXPECT_NEAR(mechanics.volume()[0] / before, 1 - 2.0 / 200, 1e-6);
  for (const double p : mechanics.nodal_fields().pressure)
    EXPECT_NEAR(p, 2.0, 1e-4);
}
