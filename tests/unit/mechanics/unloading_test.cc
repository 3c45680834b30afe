// Unloading a pressurised shape: the fixed point, its acceleration, what it carries along, and how it fails.
#include "mechanics/unloading/anderson.h"
#include "mechanics/unloading/fibre_transport.h"
#include "mechanics/unloading/unloading.h"
#include "tests/unit/mechanics/solid_meshes.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <numeric>

using namespace vivicor;
using namespace vivicor::test;

namespace
{
  const std::string neo_hooke = R"({"bulk_modulus": "1e4 kPa", "vessel_ends": {"stiffness": "1e-4 kPa/mm"}, "solver": {"tolerance": 1e-9},
      "tissue": {"ventricle": {"passive": {"model": "neo_hooke", "mu": "10 kPa"}, "active": {"model": "none"}}}})";
  const std::string usyk = R"({"vessel_ends": {"stiffness": "0.01 kPa/mm"}, "solver": {"tolerance": 1e-9},
      "tissue": {"ventricle": {"passive": {"model": "usyk"}, "active": {"model": "none"}}}})";

  UnloadingSettings at(double pressure, double tolerance = 1e-4, unsigned memory = 5)
  {
    UnloadingSettings settings;
    settings.unload = true;
    settings.pressure = {pressure};
    settings.tolerance = tolerance;
    settings.memory = memory;
    return settings;
  }

  /// The shape under pressure, with its fibres.
  Solid inflated(const Solid &solid, const Parameters &parameters, double pressure)
  {
    Timers timers;
    Mechanics mechanics(MPI_COMM_SELF, solid.anatomy, solid.fibres, one_rank(solid), parameters, timers);
    mechanics.inflate({pressure});
    Solid result = solid;
    const auto u = mechanics.displacement();
    for (std::size_t n = 0; n < u.size(); ++n)
      for (unsigned d = 0; d < 3; ++d)
        result.anatomy.points[n][d] += u[n][d];
    result.fibres = pushed_forward(solid.fibres, solid.anatomy, result.anatomy.points);
    return result;
  }

  Unloading unloaded(const Solid &image, const Parameters &parameters, const UnloadingSettings &settings)
  {
    Timers timers;
    return unload(MPI_COMM_SELF, image.anatomy, image.fibres, one_rank(image), parameters, settings, timers,
                  [](unsigned, const UnloadingIteration &) {});
  }

  double largest_distance(const std::vector<Point3> &a, const std::vector<Point3> &b)
  {
    double largest = 0;
    for (std::size_t n = 0; n < a.size(); ++n)
      largest = std::max(largest, norm(minus(a[n], b[n])));
    return largest;
  }
}

TEST(Anderson, SolvesALinearProblemInAsManyStepsAsItHasEigenvalues)
{
  // r(x) = b - A x with three eigenvalues, one of which makes the plain iteration diverge.
  const std::vector<double> A{0.5, 1.2, 2.5, 0.5, 1.2, 2.5}, b{1, 2, 3, 4, 5, 6};
  const auto residual = [&](const std::vector<double> &x) {
    std::vector<double> r(6);
    for (unsigned i = 0; i < 6; ++i)
      r[i] = b[i] - A[i] * x[i];
    return r;
  };
  const auto size = [](const std::vector<double> &r) { return std::sqrt(std::inner_product(r.begin(), r.end(), r.begin(), 0.0)); };
  Anderson accelerated(5), plain(0);
  std::vector<double> x(6, 0.0), y(6, 0.0);
  for (unsigned k = 0; k < 5; ++k)
    {
      x = accelerated.next(x, residual(x));
      y = plain.next(y, residual(y));
    }
  EXPECT_LT(size(residual(x)), 1e-9);
  EXPECT_GT(size(residual(y)), size(b));
}

TEST(FibreTransport, TakesFibresAsLinesOfTheMaterialAndComesBack)
{
  Solid solid = hollow_sphere(20, 28, 1, 2);
  const double c = std::cos(0.4), s = std::sin(0.4);
  constant_fibres(solid, {{c, s, 0}, {-s, c, 0}, {0, 0, 1}});
  Anatomy sheared = solid.anatomy;
  for (Point3 &x : sheared.points)
    x = {1.3 * x[0] + 0.4 * x[1], 0.9 * x[1], x[2] / 1.17};
  const Fibres there = pushed_forward(solid.fibres, solid.anatomy, sheared.points),
               back = pulled_back(there, sheared, solid.anatomy.points);
  const double fx = 1.3 * c + 0.4 * s, fy = 0.9 * s, length = std::hypot(fx, fy);
  for (std::size_t n = 0; n < solid.anatomy.points.size(); ++n)
    {
      EXPECT_NEAR(there.nodal[n].fibre[0], fx / length, 1e-12);
      EXPECT_NEAR(there.nodal[n].fibre[1], fy / length, 1e-12);
      EXPECT_LT(norm(minus(back.nodal[n].fibre, solid.fibres.nodal[n].fibre)), 1e-12);
      EXPECT_LT(norm(minus(back.nodal[n].sheet, solid.fibres.nodal[n].sheet)), 1e-12);
      EXPECT_LT(norm(minus(back.nodal[n].normal, solid.fibres.nodal[n].normal)), 1e-12);
    }
}

TEST(Unloading, RecoversTheShapeThatWasInflated)
{
  const Solid solid = hollow_sphere(20, 28, 1, 2);
  const Parameters parameters = deck(usyk);
  const Solid image = inflated(solid, parameters, 1.0);
  ASSERT_GT(largest_distance(image.anatomy.points, solid.anatomy.points), 1.0) << "mm: nothing to find";
  const Unloading result = unloaded(image, parameters, at(1.0));
  for (const auto &it : result.iterations)
    std::printf("  max %.2e mean %.2e mm, volume ratio %.3f\n", it.max_error, it.mean_error, it.smallest_volume_ratio);
  EXPECT_LT(largest_distance(result.points, solid.anatomy.points), 1e-3) << "mm";
  EXPECT_LT(result.iterations.back().max_error, 1e-4);
  EXPECT_NEAR(result.iterations.back().inflated[0], result.imaged[0], 1e-5 * result.imaged[0]);
  double turn = 0;
  for (std::size_t n = 0; n < result.points.size(); ++n)
    turn = std::max(turn, norm(minus(result.fibres.nodal[n].fibre, solid.fibres.nodal[n].fibre)));
  EXPECT_LT(turn, 1e-3);
}

TEST(Unloading, AccelerationSavesIterations)
{
  const Parameters parameters = deck(neo_hooke);
  const Solid image = inflated(hollow_sphere(20, 28, 1, 2), parameters, 2.5);
  const auto iterations = [&](unsigned memory) { return unloaded(image, parameters, at(2.5, 1e-4, memory)).iterations.size(); };
  const auto accelerated = iterations(5), plain = iterations(0);
  std::printf("  %zu iterations with, %zu without acceleration\n", accelerated, plain);
  EXPECT_LT(accelerated, plain);
  EXPECT_LE(accelerated, 10u);
}

TEST(Unloading, WithoutPressureTheImageIsTheAnswer)
{
  const Solid image = hollow_sphere(20, 28, 1, 1);
  const Unloading result = unloaded(image, deck(R"({"tissue": {"ventricle": {"active": {"model": "none"}}}})"), at(0.0));
  EXPECT_EQ(result.iterations.size(), 1u);
  EXPECT_EQ(largest_distance(result.points, image.anatomy.points), 0.0);
}

TEST(Unloading, SaysWhichIterationAndCellStoppedIt)
{
  const Solid image = hollow_sphere(20, 28, 1, 1);
  UnloadingSettings settings = at(1.0, 1e-9);
  settings.max_iterations = 2;
  try
    {
      unloaded(image, deck(usyk), settings);
      FAIL() << "two iterations cannot be enough";
    }
  catch (const SolverError &error)
    {
      EXPECT_NE(error.text.where.find("iteration 2"), std::string::npos);
      EXPECT_NE(error.text.why.find("worst cell"), std::string::npos);
      EXPECT_NE(error.text.why.find("region LV"), std::string::npos);
    }
  // A neo-Hookean balloon beyond its largest pressure: no image of this pressure exists.
  try
    {
      unloaded(image, deck(neo_hooke), at(50.0));
      FAIL() << "a soft sphere cannot hold this";
    }
  catch (const SolverError &error)
    {
      EXPECT_NE(error.text.where.find("iteration 1"), std::string::npos);
    }
}

TEST(Reference, DeckEntriesAreReadInTheOrderOfTheCavities)
{
  const Parameters parameters = deck(
    R"({"reference": {"scheme": "unload", "pressures": {"LV": "10 mmHg", "RV": "4 mmHg"}, "tolerance": "5 um", "memory": 3}})");
  const UnloadingSettings settings = read_reference(parameters.section("mechanics"), {"RV", "LV"});
  EXPECT_TRUE(settings.unload);
  EXPECT_NEAR(settings.pressure[0], 4 * 0.133322, 1e-5);
  EXPECT_NEAR(settings.pressure[1], 10 * 0.133322, 1e-5);
  EXPECT_NEAR(settings.tolerance, 0.005, 1e-12);
  EXPECT_EQ(settings.memory, 3u);
  EXPECT_THROW(read_reference(parameters.section("mechanics"), {"aorta"}), UserError);
}
