// Arostica et al. 2025 (10.1016/j.cma.2024.117485), monoventricular: geometry, fibres, loads and short coarse histories.
#include "mechanics/verification/arostica.h"
#include "core/mesh/vectors.h"
#include "mechanics/verification/arostica_ventricle.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace vivicor;

TEST(Arostica, TheChartFindsItsPoints)
{
  for (const double along : {0.05, 0.4, 0.8, 1.0})
    for (const double depth : {0.0, 0.3, 1.0})
      {
        const auto found = ArosticaVentricle::chart(ArosticaVentricle::place(along, 0.7, depth));
        EXPECT_NEAR(found[0], along, 1e-10);
        EXPECT_NEAR(found[1], depth, 1e-10);
      }
  const auto p0 = ArosticaVentricle::chart({25, 30, 0}), p1 = ArosticaVentricle::chart({0, 30, 0});
  EXPECT_NEAR(p0[1], 0.6, 0.1);
  EXPECT_LT(p0[0], 1) << "inside, just below the base";
  EXPECT_NEAR(p1[1], 0.5, 0.05);
  const Point3 endo = ArosticaVentricle::place(1, 0, 0), epi = ArosticaVentricle::place(1, 0, 1);
  EXPECT_NEAR(endo[0], 90.0 * 5 / 17, 1e-9) << "the base is a cone: 26.47 mm inside, 24.25 mm outside";
  EXPECT_NEAR(epi[0], 97.0 * 5 / 20, 1e-9);
}

TEST(Arostica, FibresTurnFromMinusSixtyToSixty)
{
  const ArosticaVentricle ventricle;
  for (const double depth : {0.0, 0.5, 1.0})
    for (const double around : {0.0, 2.0})
      {
        const Point3 X = ArosticaVentricle::place(0.7, around, depth);
        const Frame frame = ventricle.fibres(X);
        EXPECT_NEAR(norm(frame.fibre), 1, 1e-12);
        EXPECT_NEAR(dot(frame.fibre, frame.sheet), 0, 1e-12);
        EXPECT_NEAR(dot(cross(frame.fibre, frame.sheet), frame.normal), 1, 1e-12);
        EXPECT_GT(std::abs(dot(frame.normal, unit({0, X[1], X[2]}))), 0.9) << "normals look through the wall";
        const Point3 round{0, -std::sin(around), std::cos(around)};
        const double angle = std::asin(dot(frame.fibre, cross(frame.normal, round))) * 180 / M_PI;
        const double t = ventricle.laplace_depth(X);
        EXPECT_NEAR(std::abs(angle), std::abs(-60 + 120 * t), 0.1);
        EXPECT_NEAR(dot(frame.fibre, round), std::cos((-60 + 120 * t) * M_PI / 180), 1e-9);
      }
  // Between coaxial cylinders: ln(r/25)/ln(35/25); the ellipsoids are nearly that at their waist.
  EXPECT_NEAR(ventricle.laplace_depth({0, 30, 0}), std::log(30.0 / 25) / std::log(35.0 / 25), 0.01);
  EXPECT_EQ(ventricle.laplace_depth(ArosticaVentricle::place(0.5, 1, 0)), 0);
  EXPECT_EQ(ventricle.laplace_depth(ArosticaVentricle::place(0.5, 1, 1)), 1);
}

TEST(Arostica, PeaksOfTheLoads)
{
  EXPECT_TRUE(arostica_loads().passed()) << arostica_loads().text();
}

TEST(Arostica, FlatTrianglesHinderSlidingLikeThePublishedOnes)
{
  EXPECT_TRUE(arostica_facets().passed()) << arostica_facets().text();
}

// Contraction under pressure until 240 ms on 864 cells: half the step changes little; nothing rings.
TEST(Arostica, ShortStepsConverge)
{
  ArosticaRun run;
  run.end = 240;
  ArosticaHistory history[3];
  for (unsigned k = 0; k < 3; ++k)
    {
      run.dt = 8 >> k;
      history[k] = arostica_history(MPI_COMM_SELF, arostica_case("1"), run);
    }
  const double coarse = relative_difference(history[0], history[1], 0), fine = relative_difference(history[1], history[2], 0);
  std::printf("p0 at 240 ms: %.4f, %.4f, %.4f mm; differences %.5f %.5f\n", history[0].at(240, 0)[0], history[1].at(240, 0)[0],
              history[2].at(240, 0)[0], coarse, fine);
  EXPECT_LT(fine, 0.01);
  EXPECT_LT(fine, coarse / 2.5) << "second order in the end; the activation rises within 5 ms";
  EXPECT_LT(history[2].at(240, 0)[0], -20) << "the base moves towards the apex";
}

// Before the contraction, at 0.28 kPa: linear tetrahedra with stabilised pressures and quadratic ones agree. With parallel diagonals the
// differences of histories are 0.15 and 0.32 (p0, p1) on 864 cells, 0.06 and 0.10 on 6,912.
TEST(Arostica, TwoDiscretisationsAgreeOnFilling)
{
  ArosticaRun run;
  run.dt = 25;
  run.end = 150;
  const ArosticaHistory coarse = arostica_history(MPI_COMM_SELF, arostica_case("1"), run);
  run.element = "P2";
  const ArosticaHistory quadratic = arostica_history(MPI_COMM_SELF, arostica_case("1"), run);
  run.element = "wall";
  run.cells = run.cells.refined();
  const ArosticaHistory fine = arostica_history(MPI_COMM_SELF, arostica_case("1"), run);
  for (unsigned point = 0; point < 2; ++point)
    {
      const double far = relative_difference(coarse, quadratic, point), near = relative_difference(fine, quadratic, point);
      const double one = fine.at(150, point)[0], other = quadratic.at(150, point)[0];
      std::printf("p%u: u_x %.4f and %.4f mm; relative difference of histories: 864 cells %.4f, 6,912 cells %.4f\n", point, one, other, far,
                  near);
      EXPECT_NEAR(one, other, 0.025 * other);
      EXPECT_LT(far, 0.12);
      EXPECT_LT(near, 0.05);
    }
}
