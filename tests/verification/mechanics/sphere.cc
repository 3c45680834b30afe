// The wall against the exact solution of exact_sphere.h, nearly incompressible.
#include "tests/unit/mechanics/solid_meshes.h"
#include "tests/verification/mechanics/exact_sphere.h"

#include <gtest/gtest.h>

using namespace vivicor;
using namespace vivicor::test;
using namespace vivicor::test::sphere;

namespace
{
  /// Inner radius from the cavity's volume over that at rest, so that the polyhedron's missing volume drops out.
  double inner_stretch(unsigned refinements, unsigned layers, const std::string &bulk = "1e6 kPa")
  {
    const Solid solid = hollow_sphere(a, b, refinements, layers);
    Timers timers;
    Mechanics mechanics(
      MPI_COMM_SELF, solid.anatomy, solid.fibres, one_rank(solid),
      deck(R"({"bulk_modulus": ")" + bulk + R"(", "vessel_ends": {"stiffness": "1e-5 kPa/mm"}, "solver": {"tolerance": 1e-8},
                                 "tissue": {"ventricle": {"passive": {"model": "neo_hooke", "mu": "10 kPa"}, "active": {"model": "none"}}}})"),
      timers);
    const double V0 = mechanics.volume()[0];
    mechanics.inflate({pressure});
    return std::cbrt(mechanics.volume()[0] / V0);
  }
}

TEST(Sphere, ConvergesToTheExactRadiusWithoutLocking)
{
  const double exact = exact_inner_stretch();
  const double coarse = std::abs(inner_stretch(1, 2) - exact), fine = std::abs(inner_stretch(2, 4) - exact),
               finest = std::abs(inner_stretch(3, 8) - exact);
  RecordProperty("exact", std::to_string(exact));
  std::printf("stretch %.5f, errors %.5f %.5f %.5f, orders %.2f %.2f\n", exact, coarse, fine, finest, std::log2(coarse / fine),
              std::log2(fine / finest));
  EXPECT_GT(std::log2(fine / finest), 1.6);
  EXPECT_LT(finest, 0.005 * exact);
}

TEST(Sphere, StiffBulkDoesNotStiffenTheAnswer)
{
  EXPECT_NEAR(inner_stretch(2, 3, "1e3 kPa"), inner_stretch(2, 3, "1e7 kPa"), 0.01);
}
