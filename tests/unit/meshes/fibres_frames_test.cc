#include "core/mesh/vectors.h"
#include "meshes/fibres/frames.h"

#include <gtest/gtest.h>

#include <numbers>

using namespace vivicor;

namespace
{
  constexpr double degree = std::numbers::pi / 180;
  const Point3 x{1, 0, 0}, y{0, 1, 0}, z{0, 0, 1};

  void expect_near(const Point3 &a, const Point3 &b, double tolerance = 1e-12)
  {
    EXPECT_LT(norm(a - b), tolerance);
  }

  void expect_orthonormal(const Frame &f)
  {
    EXPECT_NEAR(norm(f.fibre), 1, 1e-12);
    EXPECT_NEAR(norm(f.sheet), 1, 1e-12);
    EXPECT_NEAR(dot(f.fibre, f.sheet), 0, 1e-12);
    expect_near(cross(f.fibre, f.sheet), f.normal);
  }

  Axes about_z(double angle)
  {
    return {{std::cos(angle), std::sin(angle), 0}, {-std::sin(angle), std::cos(angle), 0}, z};
  }
}

TEST(FibresFrames, AxisKeepsTheLongitudinalDirection)
{
  const auto q = axis({0, 0, 3}, {2, 0, 5});
  ASSERT_TRUE(q);
  expect_near(q->e1, z);
  expect_near(q->e2, x);
  expect_near(q->e0, y); // counter-clockwise seen from the base
}

TEST(FibresFrames, AxisIsUndefinedForParallelOrVanishingVectors)
{
  EXPECT_FALSE(axis({0, 0, 1}, {0, 0, -2}));
  EXPECT_FALSE(axis({0, 0, 0}, x));
  EXPECT_FALSE(axis(z, {0, 0, 0}));
}

TEST(FibresFrames, OrientTurnsFibreTowardsTheBaseAndSheetAboutIt)
{
  const Axes q{y, z, x}, turned = orient(q, 60 * degree, -65 * degree);
  expect_near(turned.e0, {0, 0.5, std::sqrt(0.75)});
  EXPECT_NEAR(dot(turned.e2, x), std::cos(65 * degree), 1e-12);
  EXPECT_NEAR(dot(turned.e2, turned.e0), 0, 1e-12);
  expect_near(cross(turned.e0, turned.e1), turned.e2);
}

TEST(FibresFrames, BislerpMeetsItsEndsAndHalvesTheAngle)
{
  const Axes a = about_z(0), b = about_z(40 * degree);
  expect_near(bislerp(a, b, 0).e0, a.e0);
  expect_near(bislerp(a, b, 1).e0, b.e0);
  expect_near(bislerp(a, b, 0.5).e0, about_z(20 * degree).e0);
}

TEST(FibresFrames, BislerpTakesHalfTurnsForTheSameFrame)
{
  const Axes a = about_z(0), b = about_z(40 * degree);
  for (const Axes &same :
       {Axes{-1.0 * a.e0, -1.0 * a.e1, a.e2}, Axes{-1.0 * a.e0, a.e1, -1.0 * a.e2}, Axes{a.e0, -1.0 * a.e1, -1.0 * a.e2}})
    {
      const Axes middle = bislerp(same, b, 0.5);
      EXPECT_NEAR(std::abs(dot(middle.e0, about_z(20 * degree).e0)), 1, 1e-12);
      EXPECT_NEAR(std::abs(dot(middle.e2, z)), 1, 1e-12);
    }
}

TEST(FibresFrames, BislerpWorksForEveryLargestQuaternionComponent)
{
  // Turns by 170 degrees about x, y, z and none: each makes another component of the quaternion the largest.
  for (const Axes &a :
       {Axes{x, y, z}, Axes{x, -1.0 * y, -1.0 * z}, Axes{-1.0 * x, y, -1.0 * z}, Axes{-1.0 * x, -1.0 * y, z}, Axes{y, z, x}, Axes{z, x, y}})
    {
      const Axes end = orient(a, 0.3, 0.2), start = bislerp(end, end, 0.7);
      expect_near(start.e0, end.e0);
      expect_near(start.e1, end.e1);
      expect_near(start.e2, end.e2);
    }
}

TEST(FibresFrames, MeanIgnoresTheSigns)
{
  const Frame a{x, y, z}, flipped{-1.0 * x, -1.0 * y, z};
  const Frame *frames[] = {&a, &flipped};
  const double weights[] = {0.5, 0.5};
  const Frame mean = mean_frame(frames, weights, 2);
  expect_near(mean.fibre, x);
  expect_near(mean.sheet, y);
}

TEST(FibresFrames, MeanLiesBetweenAndIsOrthonormal)
{
  const Axes q = about_z(30 * degree);
  const Frame a{x, y, z}, b{-1.0 * q.e0, q.e1, -1.0 * q.e2};
  const Frame *frames[] = {&a, &b};
  const double weights[] = {0.5, 0.5};
  const Frame mean = mean_frame(frames, weights, 2);
  expect_orthonormal(mean);
  expect_near(mean.fibre, about_z(15 * degree).e0);
}

TEST(FibresFrames, MeanOfConflictingFramesIsStillAFrame)
{
  const Frame a{x, y, z}, b{y, x, -1.0 * z}, c{z, x, y};
  const Frame *frames[] = {&a, &b, &c};
  for (const auto &weights : {std::array<double, 3>{0.5, 0.5, 0}, {0, 0.5, 0.5}, {1. / 3, 1. / 3, 1. / 3}, {0, 1, 0}, {0, 0, 1}})
    expect_orthonormal(mean_frame(frames, weights.data(), 3));
}
