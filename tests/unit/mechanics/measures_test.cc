// Clinical measures under motions whose answer is known.
#include "mechanics/measures/measures.h"

#include "core/units.h"
#include "tests/unit/meshes/fibres_shapes.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  class MeasuresOfMotion : public ::testing::Test
  {
  protected:
    MeasuresOfMotion() : MeasuresOfMotion(false) {}
    explicit MeasuresOfMotion(bool with_right) : heart({4, 20, 40}, with_right)
    {
      Schema schema;
      declare_fibres(schema);
      fibres = build_fibres(heart.anatomy, parameters_from_json("{}", schema));
    }

    template <class Motion>
    std::vector<Point3> displacement(Motion motion) const
    {
      std::vector<Point3> u;
      for (const Point3 &x : heart.anatomy.points)
        u.push_back(motion(x) - x);
      return u;
    }

    template <class Motion>
    Measures after(Motion motion) const
    {
      return measure(heart.anatomy, fibres, displacement([](const Point3 &x) { return x; }), displacement(motion));
    }

    shapes::Ventricles heart;
    Fibres fibres;
  };

  class MeasuresOfBiventricle : public MeasuresOfMotion
  {
  protected:
    MeasuresOfBiventricle() : MeasuresOfMotion(true) {}
  };

  // Length of the endocardial meridian from apex to base, semi-axes 20 and `length`: Simpson's rule.
  double meridian(double length)
  {
    constexpr unsigned n = 1000;
    double sum = 0;
    for (unsigned i = 0; i <= n; ++i)
      {
        const double a = 0.5 * std::numbers::pi * i / n, weight = i == 0 || i == n ? 1 : i % 2 ? 4 : 2;
        sum += weight * std::hypot(20 * std::cos(a), length * std::sin(a));
      }
    return sum * 0.5 * std::numbers::pi / n / 3;
  }

  // Mean thickness of the LV wall along the inner ellipsoid's normal over the nodes that the measure takes.
  double mean_thickness(const shapes::Ventricles &heart, const Fibres &fibres)
  {
    double sum = 0, count = 0;
    for (unsigned n = 0; n < heart.anatomy.points.size(); ++n)
      if (heart.depth[n] == 0 && fibres.apicobasal[n] >= 0.3 && fibres.apicobasal[n] <= 0.7)
        {
          // |diag(1/30, 1/30, 1/60) (x + s d)| = 1.
          const auto scaled = [](const Point3 &x) { return Point3{x[0] / 30, x[1] / 30, x[2] / 60}; };
          const Point3 x = scaled(heart.anatomy.points[n]), d = scaled(heart.directions(n)[2]);
          sum += (std::sqrt(dot(x, d) * dot(x, d) + dot(d, d) * (1 - dot(x, x))) - dot(x, d)) / dot(d, d);
          count += 1;
        }
    return sum / count;
  }
}

TEST_F(MeasuresOfMotion, RestIsZero)
{
  const Measures m = after([](const Point3 &x) { return x; });
  for (const double value : {m.avpd, m.wall_thickening, m.torsion, m.gls, m.fibre_strain})
    EXPECT_NEAR(value, 0, 1e-10);
}

TEST_F(MeasuresOfMotion, RigidMotionOfADeformedHeartIsZero)
{
  const auto deform = [](const Point3 &x) { return Point3{1.1 * x[0] + 0.002 * x[1] * x[2], 0.95 * x[1], 0.9 * x[2] + 0.05 * x[0]}; };
  const auto carry = [&](const Point3 &x) { return shapes::turned(deform(x), unit({0.3, -1, 0.4}), 0.9) + Point3{12, -30, 55}; };
  const Measures m = measure(heart.anatomy, fibres, displacement(deform), displacement(carry));
  for (const double value : {m.avpd, m.wall_thickening, m.torsion, m.gls, m.fibre_strain})
    EXPECT_NEAR(value, 0, 1e-9);
}

TEST_F(MeasuresOfMotion, AxialCompression)
{
  constexpr double k = 0.85;
  const Measures m = after([](const Point3 &x) { return Point3{x[0], x[1], k * x[2]}; });
  EXPECT_NEAR(m.avpd, 60 * (1 - k), 1e-10);
  EXPECT_NEAR(m.torsion, 0, 1e-10);
  EXPECT_NEAR(m.gls, 100 * (meridian(50 * k) / meridian(50) - 1), 0.02);
}

TEST_F(MeasuresOfMotion, AxialCompressionAlongAxialFibres)
{
  constexpr double k = 0.85;
  fibres.nodal.assign(heart.anatomy.points.size(), {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}});
  EXPECT_NEAR(after([](const Point3 &x) { return Point3{x[0], x[1], k * x[2]}; }).fibre_strain, -15, 1e-10);
}

TEST_F(MeasuresOfMotion, UniformScaling)
{
  constexpr double k = 0.9;
  const Measures m = after([](const Point3 &x) { return k * x; });
  EXPECT_NEAR(m.avpd, 60 * (1 - k), 1e-10);
  EXPECT_NEAR(m.gls, -10, 1e-10);
  EXPECT_NEAR(m.fibre_strain, -10, 1e-10);
  EXPECT_NEAR(m.torsion, 0, 1e-10);
  EXPECT_NEAR(m.wall_thickening, (k - 1) * mean_thickness(heart, fibres), 0.01);
}

TEST_F(MeasuresOfMotion, TwistIsTorsion)
{
  // Right-handed about z by c z: the apex (z = -60) turns counter-clockwise for someone looking from there.
  constexpr double c = 0.004;
  const Measures m = after([](const Point3 &x) { return shapes::turned(x, {0, 0, 1}, c * x[2]); });
  EXPECT_NEAR(m.torsion, c / units::degree * 10, 1e-9);
  EXPECT_NEAR(m.avpd, 0, 1e-10);
  EXPECT_NEAR(m.wall_thickening, 0, 0.02);
}

TEST_F(MeasuresOfMotion, WallThickensByTheMovementOfItsInnerSurface)
{
  std::vector<Point3> u(heart.anatomy.points.size());
  for (unsigned n = 0; n < u.size(); ++n)
    u[n] = -3 * (1 - heart.depth[n]) * heart.directions(n)[2];
  const Measures m = measure(heart.anatomy, fibres, std::vector<Point3>(u.size(), Point3{0, 0, 0}), u);
  EXPECT_NEAR(m.wall_thickening, 3, 0.03);
  EXPECT_LT(m.gls, 0);
}

TEST_F(MeasuresOfBiventricle, SeptumEndsAtTheRightEndocardium)
{
  // Doubling adds the mean thickness: that of the LV wall (9.5 mm), more where the RV's wall grows out of it, but
  // nowhere as far as the RV's outside.
  const double thickness = after([](const Point3 &x) { return 2.0 * x; }).wall_thickening;
  EXPECT_GT(thickness, mean_thickness(heart, fibres));
  EXPECT_LT(thickness, mean_thickness(heart, fibres) + 0.6);
}
