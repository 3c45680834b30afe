#include "meshes/fibres/landmarks.h"
#include "meshes/fibres/laplace.h"
#include "tests/unit/meshes/fibres_shapes.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  std::vector<unsigned> all_cells(const Anatomy &anatomy)
  {
    return cells_of(anatomy, Tissue::ventricle);
  }
}

TEST(FibresLaplace, ReproducesLinearFieldsAndTheirGradient)
{
  const shapes::Ventricles heart({3, 8, 16});
  const Anatomy &a = heart.anatomy;
  const Point3 slope{0.3, -0.2, 0.7};
  const Laplace laplace(a.points, a.cells, all_cells(a));

  // Prescribed on the whole boundary: every node but those inside the wall, off the base.
  std::map<unsigned, double> boundary;
  for (unsigned n = 0; n < a.points.size(); ++n)
    if (heart.depth[n] == 0 || heart.depth[n] == 1 || a.points[n][2] == 0)
      boundary[n] = 1 + dot(slope, a.points[n]);
  ASSERT_LT(boundary.size(), a.points.size());

  const std::vector<double> u = laplace.solve(boundary);
  const std::vector<Point3> gradient = laplace.gradient(u);
  for (unsigned n = 0; n < a.points.size(); ++n)
    {
      EXPECT_NEAR(u[n], 1 + dot(slope, a.points[n]), 1e-7);
      EXPECT_LT(norm(gradient[n] - slope), 1e-7);
    }
}

TEST(FibresLaplace, SolvesAShellAsTheRadialSolutionDoes)
{
  // Hemispherical shell, u = 1 inside and 0 outside: u = (1/r - 1/b)/(1/a - 1/b).
  const double a = 20, b = 30;
  const shapes::Ventricles heart({8, 24, 48, a, b, a, b});
  const Anatomy &anatomy = heart.anatomy;
  const Laplace laplace(anatomy.points, anatomy.cells, all_cells(anatomy));
  std::map<unsigned, double> boundary;
  for (unsigned n = 0; n < anatomy.points.size(); ++n)
    if (heart.depth[n] == 0 || heart.depth[n] == 1)
      boundary[n] = 1 - heart.depth[n];
  const std::vector<double> u = laplace.solve(boundary);
  double worst = 0;
  for (unsigned n = 0; n < anatomy.points.size(); ++n)
    worst = std::max(worst, std::abs(u[n] - (1 / norm(anatomy.points[n]) - 1 / b) / (1 / a - 1 / b)));
  EXPECT_LT(worst, 5e-3);
}

TEST(FibresLaplace, LeavesAPieceWithoutPrescribedNodesAtZero)
{
  const std::vector<Point3> points{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {5, 0, 0}, {6, 0, 0}, {5, 1, 0}, {5, 0, 1}};
  const Laplace laplace(points, {{0, 1, 2, 3}, {4, 5, 6, 7}}, {0, 1});
  const std::vector<double> u = laplace.solve({{0, 2.0}});
  for (unsigned n = 0; n < 8; ++n)
    EXPECT_NEAR(u[n], n < 4 ? 2.0 : 0.0, 1e-9);
}
