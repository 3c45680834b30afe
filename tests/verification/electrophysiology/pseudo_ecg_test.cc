// Pseudo-ECGs with closed forms. The first two are those by which Chaste checks its own (heart/test/postprocessing,
// TestPseudoEcgCalculator): -integral of D grad V . grad(1/r) along a line from 0 to 1, D = 1, seen from 15. The line
// is here a thin bar.
#include "electrophysiology/leads/source_weights.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

using namespace vivicor;

namespace
{
  const SourceConductivities unit_diffusion{1.0, 1.0, 1 / (4 * std::numbers::pi)};

  double seen_from(const test::Box &box, const Point3 &electrode, const SourceConductivities &sigma,
                   const std::function<double(const Point3 &)> &V)
  {
    const auto mesh = build_refined_mesh(
      box.anatomy, std::vector<unsigned>(box.anatomy.cells.size(), 0), 0, 0, [](const NodeKey &) { return 0u; }, 1);
    const auto weights = unbounded_weights(mesh, box.anatomy, box.fibres, sigma, {electrode});
    std::vector<double> values(mesh.n_owned, 0.0);
    for (std::size_t n = 0; n < mesh.n_owned; ++n)
      if (mesh.is_real(n))
        values[n] = V(mesh.points[n]);
    return weights(MPI_COMM_SELF, values.data())[0];
  }
}

TEST(PseudoEcg, LinearPotentialOnALine)
{
  constexpr double h = 0.01;
  const double seen = seen_from(test::make_box({100, 1, 1}, h), {15, h / 2, h / 2}, unit_diffusion, [](const Point3 &p) { return p[0]; });
  EXPECT_NEAR(seen / (h * h), -(1 / 14.0 - 1 / 15.0), 1e-6);
}

TEST(PseudoEcg, ParabolaOnALine)
{
  constexpr double h = 0.01;
  const double seen = seen_from(test::make_box({100, 1, 1}, h), {15, h / 2, h / 2}, unit_diffusion,
                                [](const Point3 &p) { return p[0] * p[0]; });
  EXPECT_NEAR(seen / (h * h), -(2 / 14.0 - 2 * std::log(1 / 14.0) + 2 * std::log(1 / 15.0)), 1e-6);
}

TEST(PseudoEcg, DipoleLayerSeenFromItsAxisAtAnyDistance)
{
  // V = x in a bar of 20 x 4 x 4 mm: by Gauss' theorem the charge of its two ends, squares of edge 4, and nothing else.
  // The potential of a uniform square of edge a on its axis at height z is a known integral.
  const auto square = [](double a, double z) {
    const double half = a / 2, diagonal = std::sqrt(2 * half * half + z * z);
    return 8 * half * std::asinh(half / std::sqrt(half * half + z * z)) - 4 * z * std::atan(half * half / (z * diagonal));
  };
  const test::Box box = test::make_box({5, 1, 1}, 4.0);
  for (const double x : {20.001, 20.5, 24.0, 40.0, 150.0})
    {
      // grad(1/r) integrated over the bar, x component: 1/r on the far end less that on the near end.
      const double expected = -(square(4, x - 20) - square(4, x));
      EXPECT_NEAR(seen_from(box, {x, 2, 2}, unit_diffusion, [](const Point3 &p) { return p[0]; }), expected, 2e-3 * std::abs(expected))
        << "from " << x;
    }
}

TEST(PseudoEcg, UniformPotentialIsNotSeen)
{
  EXPECT_NEAR(seen_from(test::make_box({4, 2, 2}, 2.0), {9, 2, 2}, {0.17, 0.019, 0.2}, [](const Point3 &) { return -85.0; }), 0.0, 1e-12);
}
