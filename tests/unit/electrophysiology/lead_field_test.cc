// Closed-form potentials of triangles and tetrahedra against quadrature, and a sphere against its exact field.
#include "electrophysiology/leads/lead_field.h"
#include "electrophysiology/leads/torso.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>

using namespace vivicor;

namespace
{
  using Triangle3 = std::array<Point3, 3>;
  const Triangle3 triangle{{{0, 0, 0}, {3, 0, 0}, {1, 2, 0.5}}};

  /// Midpoint rule on n^2 equal triangles.
  double by_quadrature(const Triangle3 &t, const Point3 &p, unsigned n)
  {
    const Point3 a = t[1] - t[0], b = t[2] - t[0], normal = cross(a, b);
    const double area = std::sqrt(dot(normal, normal)) / 2;
    double sum = 0;
    for (unsigned i = 0; i < n; ++i)
      for (unsigned j = 0; i + j < n; ++j)
        {
          sum += 1 / distance(t[0] + ((i + 1 / 3.0) / n) * a + ((j + 1 / 3.0) / n) * b, p);
          if (i + j + 1 < n)
            sum += 1 / distance(t[0] + ((i + 2 / 3.0) / n) * a + ((j + 2 / 3.0) / n) * b, p);
        }
    return sum * area / (n * n);
  }

  /// The regular icosahedron, refined and blown up to a sphere.
  TriangleSurface sphere(double radius, unsigned refinements)
  {
    const double g = (1 + std::sqrt(5.0)) / 2;
    TriangleSurface s;
    s.points = {{-1, g, 0},  {1, g, 0},  {-1, -g, 0}, {1, -g, 0}, {0, -1, g},  {0, 1, g},
                {0, -1, -g}, {0, 1, -g}, {g, 0, -1},  {g, 0, 1},  {-g, 0, -1}, {-g, 0, 1}};
    s.triangles = {{0, 11, 5}, {0, 5, 1}, {0, 1, 7}, {0, 7, 10}, {0, 10, 11}, {1, 5, 9}, {5, 11, 4}, {11, 10, 2}, {10, 7, 6}, {7, 1, 8},
                   {3, 9, 4},  {3, 4, 2}, {3, 2, 6}, {3, 6, 8},  {3, 8, 9},   {4, 9, 5}, {2, 4, 11}, {6, 2, 10},  {8, 6, 7},  {9, 8, 1}};
    for (unsigned r = 0; r < refinements; ++r)
      {
        std::map<std::pair<unsigned, unsigned>, unsigned> middles;
        const auto middle = [&](unsigned a, unsigned b) {
          const auto [place, is_new] = middles.try_emplace(std::minmax(a, b), static_cast<unsigned>(s.points.size()));
          if (is_new)
            s.points.push_back(0.5 * (unit(s.points[a]) + unit(s.points[b])));
          return place->second;
        };
        std::vector<std::array<unsigned, 3>> finer;
        for (const auto &[a, b, c] : s.triangles)
          {
            const unsigned ab = middle(a, b), bc = middle(b, c), ca = middle(c, a);
            finer.insert(finer.end(), {{a, ab, ca}, {b, bc, ab}, {c, ca, bc}, {ab, bc, ca}});
          }
        s.triangles = finer;
      }
    for (Point3 &point : s.points)
      point = radius * unit(point);
    return s;
  }

  /// Potential at x on an insulated sphere around the origin of a dipole p at y inside, times 4 pi sigma: the gradient
  /// by y of 2/d + ln(2 R^2 / (R^2 - x.y + R d)) / R, d = |x - y| (Yao 2000, IEEE Trans. Biomed. Eng. 47:964, sums
  /// Legendre's series to the same).
  double on_sphere(const Point3 &x, const Point3 &y, const Point3 &p)
  {
    const double R = std::sqrt(dot(x, x)), d = distance(x, y);
    const Point3 arm = x - y;
    return dot(p, (2 / (d * d * d)) * arm + (1 / R / (R * R - dot(x, y) + R * d)) * (x + (R / d) * arm));
  }
}

TEST(InverseDistanceIntegral, AgreesWithQuadrature)
{
  for (const Point3 &p : {Point3{1, 1, 2}, Point3{-1, 4, 0.3}, Point3{10, -3, 5}, Point3{1.2, 0.6, 0.4}})
    EXPECT_NEAR(inverse_distance_integral(triangle, p), by_quadrature(triangle, p, 800), 2e-4);
}

TEST(InverseDistanceIntegral, IsFiniteOnTheTriangle)
{
  // The apex of a right isosceles triangle of leg a: a sqrt(2) asinh(1).
  EXPECT_NEAR(inverse_distance_integral({{{0, 0, 0}, {2, 0, 0}, {0, 2, 0}}}, {0, 0, 0}), 2 * std::sqrt(2.0) * std::asinh(1.0), 1e-12);
  const double above = inverse_distance_integral(triangle, Point3{1.3, 0.7, 0.175} + 1e-9 * unit(Point3{0, -1.5, 6}));
  EXPECT_NEAR(inverse_distance_integral(triangle, {1.3, 0.7, 0.175}), above, 1e-6);
  EXPECT_TRUE(std::isfinite(inverse_distance_integral(triangle, {1.5, 0, 0}))); // on an edge
}

TEST(SolidAngle, OfAClosedSurface)
{
  const TriangleSurface s = sphere(10, 1), box = elliptic_cylinder(150, 105, -330, 200, 24, 12);
  for (const auto &[surface, inside, outside] : {std::tuple{s, Point3{3, -2, 5}, Point3{12, 3, 0}}, {box, {40, -60, 100}, {0, 0, 230}}})
    {
      double in = 0, out = 0;
      for (std::size_t t = 0; t < surface.triangles.size(); ++t)
        {
          in += solid_angle(surface.corners(t), inside);
          out += solid_angle(surface.corners(t), outside);
        }
      EXPECT_NEAR(in, 4 * std::numbers::pi, 1e-10); // and so all triangles are seen counter-clockwise from outside
      EXPECT_NEAR(out, 0, 1e-10);
    }
}

TEST(InverseDistanceGradientIntegral, NearAndFarMeet)
{
  const std::array<Point3, 4> x{{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  const Point3 centroid{0.25, 0.25, 0.25}, direction = unit(Point3{1, 2, -0.5});
  const auto times_r2 = [&](double r) {
    return r * r * dot(inverse_distance_gradient_integral(x, 1 / 6.0, centroid + r * direction), direction);
  };
  const double radius = distance(x[1], centroid);
  EXPECT_NEAR(times_r2(19.9 * radius), times_r2(20.1 * radius), 1e-3 * times_r2(20.1 * radius));
  EXPECT_NEAR(times_r2(1000), 1 / 6.0, 1e-12);
}

TEST(NearestPoint, FaceEdgeAndCorner)
{
  const Triangle3 flat{{{0, 0, 0}, {2, 0, 0}, {0, 2, 0}}};
  EXPECT_LT(distance(nearest_point(flat, {0.5, 0.5, 3}), {0.5, 0.5, 0}), 1e-12);
  EXPECT_LT(distance(nearest_point(flat, {1, -4, 1}), {1, 0, 0}), 1e-12);
  EXPECT_LT(distance(nearest_point(flat, {5, -1, 0}), {2, 0, 0}), 1e-12);
  EXPECT_LT(distance(nearest_point(flat, {2, 2, 0}), {1, 1, 0}), 1e-12);
}

TEST(Torso, IsExactOnASphere)
{
  // An eccentric dipole, half way to the skin, in four directions; differences between electrodes, as leads are.
  constexpr double R = 100;
  const std::vector<Point3> places{{0, 0, R}, {R, 0, 0}, {0, -R, 0}, R * unit(Point3{1, 1, 1})};
  const auto error = [&](unsigned refinements) {
    const Torso torso(sphere(R, refinements), places);
    double worst = 0, largest = 0;
    for (const Point3 &p : {Point3{1, 0, 0}, Point3{0, 1, 0}, Point3{0, 0, 1}, unit(Point3{1, -2, 1})})
      {
        const Point3 y{20, 10, 45};
        std::array<double, 4> ahead, behind;
        torso.potentials(y + 0.5 * p, ahead.data());
        torso.potentials(y - 0.5 * p, behind.data());
        for (unsigned e = 1; e < 4; ++e)
          {
            const double exact = on_sphere(places[e], y, p) - on_sphere(places[0], y, p);
            worst = std::max(worst, std::abs(ahead[e] - behind[e] - (ahead[0] - behind[0]) - exact));
            largest = std::max(largest, std::abs(exact));
          }
      }
    return worst / largest;
  };
  const double coarse = error(2), fine = error(3); // 320 and 1280 triangles
  EXPECT_LT(fine, 0.03);
  EXPECT_LT(fine, 0.5 * coarse);
}

TEST(Torso, ACentralDipoleIsSeenThreeTimesAsStrongly)
{
  const Torso torso(sphere(100, 2), {{0, 0, 100}, {0, 0, -100}});
  std::array<double, 2> ahead, behind;
  torso.potentials({0, 0, 0.5}, ahead.data());
  torso.potentials({0, 0, -0.5}, behind.data());
  EXPECT_NEAR((ahead[0] - behind[0] - ahead[1] + behind[1]) / (2 / 1e4), 3, 0.1);
}
