// Unloading against an exact solution: a nearly incompressible neo-Hookean sphere under inner pressure, see sphere.cc. The image is
// the exactly inflated sphere, the answer the radii before.
#include "mechanics/unloading/unloading.h"
#include "tests/unit/mechanics/solid_meshes.h"

#include <gtest/gtest.h>

using namespace vivicor;
using namespace vivicor::test;

namespace
{
  constexpr double a = 20, b = 30, mu = 10, pressure = 3.5; // mm, kPa: unloaded radii

  double exact_inner_stretch()
  {
    const auto P = [](double la) {
      const double lb = std::cbrt(1 + (la * la * la - 1) * a * a * a / (b * b * b));
      return 2 * mu * (1 / lb + 0.25 / std::pow(lb, 4) - 1 / la - 0.25 / std::pow(la, 4));
    };
    double low = 1, high = 1.4;
    for (unsigned k = 0; k < 60; ++k)
      (P((low + high) / 2) < pressure ? low : high) = (low + high) / 2;
    return low;
  }

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
    const Unloading result =
      unload(MPI_COMM_SELF, image.anatomy, image.fibres, one_rank(image),
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
