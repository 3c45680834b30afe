// Unloading against an exact solution: a nearly incompressible neo-Hookean sphere under inner pressure, see exact_sphere.h. The image is
// the exactly inflated sphere, the answer the radii before.
#include "mechanics/unloading/unloading.h"
#include "tests/unit/mechanics/solid_meshes.h"
#include "tests/verification/mechanics/exact_sphere.h"

#include <gtest/gtest.h>

using namespace vivicor;
using namespace vivicor::test;
using namespace vivicor::test::sphere;

namespace
{
  /// Relative error of the inner radius, from the cavity's volume over that of the image, so that the polyhedron's missing volume
  /// drops out.
  double error_of_radius(unsigned refinements, unsigned layers)
  {
    const double stretch = exact_inner_stretch(), inner = stretch * a, outer = std::cbrt(b * b * b - a * a * a + inner * inner * inner);
    const Solid image = hollow_sphere(inner, outer, refinements, layers);
    UnloadingSettings settings;
    settings.pressure = {pressure};
    settings.tolerance = 1e-4;
    Timers timers;
    const Unloading result = unload(
      MPI_COMM_SELF, image.anatomy, image.fibres, one_rank(image),
      deck(R"({"bulk_modulus": "1e6 kPa", "vessel_ends": {"stiffness": "1e-5 kPa/mm"}, "solver": {"tolerance": 1e-8},
                      "tissue": {"ventricle": {"passive": {"model": "neo_hooke", "mu": "10 kPa"}, "active": {"model": "none"}}}})"),
      settings, timers, [](unsigned, const UnloadingIteration &) {});
    const double radius = inner * std::cbrt(result.iterations.back().unloaded[0] / result.imaged[0]);
    return radius / a - 1;
  }
}

TEST(UnloadedSphere, ConvergesToTheExactRadius)
{
  const double coarse = error_of_radius(1, 2), fine = error_of_radius(2, 4);
  std::printf("unloaded inner radius, relative errors %.5f %.5f, order %.2f; the image's is %.3f of it\n", coarse, fine,
              std::log2(std::abs(coarse / fine)), exact_inner_stretch());
  EXPECT_LT(std::abs(fine), 0.01);
  EXPECT_GT(std::log2(std::abs(coarse / fine)), 1.5);
}
