// Segments and their strains under deformations whose answer is known.
#include "mechanics/measures/regional_strain.h"
#include "mechanics/measures/wall_thickness.h"

#include "tests/unit/meshes/fibres_shapes.h"

#include <gtest/gtest.h>

#include <numeric>

using namespace vivicor;

namespace
{
  class Segments : public ::testing::Test
  {
  protected:
    Segments() : heart({3, 24, 48}, true)
    {
      Schema schema;
      declare_fibres(schema);
      fibres = build_fibres(heart.anatomy, parameters_from_json("{}", schema));
    }

    template <class Motion>
    std::array<SegmentMeasures, n_segments> after(Motion motion) const
    {
      std::vector<Point3> u;
      for (const Point3 &x : heart.anatomy.points)
        u.push_back(motion(x) - x);
      return regional_measures(heart.anatomy, fibres, std::vector<Point3>(u.size(), Point3{0, 0, 0}), u);
    }

    Point3 centre(std::size_t cell) const
    {
      Point3 sum{0, 0, 0};
      for (const unsigned n : heart.anatomy.cells[cell])
        sum = sum + 0.25 * heart.anatomy.points[n];
      return sum;
    }

    shapes::Ventricles heart;
    Fibres fibres;
  };
}

TEST_F(Segments, CoverTheLeftVentricleAndNothingElse)
{
  const std::vector<int> segment = segments_of(heart.anatomy);
  std::array<unsigned, n_segments> cells{};
  for (std::size_t c = 0; c < segment.size(); ++c)
    {
      EXPECT_EQ(segment[c] >= 0, heart.anatomy.regions[heart.anatomy.cell_region[c]].name == "LV");
      if (segment[c] >= 0)
        ++cells[segment[c]];
    }
  for (unsigned s = 0; s < n_segments; ++s)
    EXPECT_GT(cells[s], 0u) << segment_names()[s];
}

TEST_F(Segments, LieWhereTheConventionPutsThem)
{
  // Inner apex at z = -50, base at z = 0; the RV covers azimuths from 45 to 180 degrees, so that the septum's middle is at 112.5;
  // anterior is up x septal, a quarter turn further.
  const std::vector<int> segment = segments_of(heart.anatomy);
  const double septal = 112.5, anterior = septal + 90;
  const auto within = [](double a, double b, double half_width) { return std::abs(std::remainder(a - b, 360)) < half_width; };
  unsigned checked = 0;
  for (std::size_t c = 0; c < segment.size(); ++c)
    {
      if (segment[c] < 0)
        continue;
      const Point3 x = centre(c);
      const double azimuth = std::atan2(x[1], x[0]) * 180 / std::numbers::pi;
      const int expected_ring = x[2] < -50 ? 3 : x[2] < -100.0 / 3 ? 2 : x[2] < -50.0 / 3 ? 1 : 0;
      if (std::abs(x[2] + 50) < 1 || std::abs(x[2] + 100.0 / 3) < 1 || std::abs(x[2] + 50.0 / 3) < 1)
        continue;
      EXPECT_EQ(segment[c] / 6, segment[c] == 16 ? 2 : expected_ring) << x[2];
      EXPECT_EQ(segment[c] == 16, expected_ring == 3);
      if (expected_ring < 2 && within(azimuth, anterior, 25))
        EXPECT_EQ(segment[c] % 6, 0);
      if (expected_ring < 2 && within(azimuth, anterior - 60, 25))
        EXPECT_EQ(segment[c] % 6, 1) << "anteroseptal";
      if (expected_ring < 2 && within(azimuth, anterior + 60, 25))
        EXPECT_EQ(segment[c] % 6, 5) << "anterolateral";
      if (expected_ring == 2 && within(azimuth, septal, 40))
        EXPECT_EQ(segment[c], 13) << "apical septal";
      ++checked;
    }
  EXPECT_GT(checked, segment.size() / 3);
}

TEST_F(Segments, RestAndRigidMotionAreZero)
{
  const auto segments = after([](const Point3 &x) { return shapes::turned(x, unit({0.3, -1, 0.4}), 0.9) + Point3{12, -30, 55}; });
  for (const SegmentMeasures &s : segments)
    {
      for (const double strain : {s.fibre_strain, s.circumferential_strain, s.longitudinal_strain, s.radial_strain})
        EXPECT_NEAR(strain, 0, 1e-9);
      EXPECT_NEAR(s.thickness, s.thickness_ed, 1e-9);
    }
}

TEST_F(Segments, UniformScalingIsTheSameInEveryDirection)
{
  for (const SegmentMeasures &s : after([](const Point3 &x) { return 0.9 * x; }))
    {
      for (const double strain : {s.fibre_strain, s.circumferential_strain, s.longitudinal_strain, s.radial_strain})
        EXPECT_NEAR(strain, -10, 1e-9);
      EXPECT_NEAR(s.thickness, 0.9 * s.thickness_ed, 1e-9);
    }
}

TEST_F(Segments, SqueezingAcrossTheAxisIsCircumferential)
{
  // diag(a, a, b): what lies across the axis shortens by a wherever it points; the wall's normal n and the meridian m stretch to
  // sqrt(a^2 cos^2 + b^2 sin^2) with the angle of the wall: at the base of an ellipsoid the meridian is the axis.
  constexpr double a = 0.85, b = 0.92;
  const auto segments = after([](const Point3 &x) { return Point3{a * x[0], a * x[1], b * x[2]}; });
  for (unsigned k = 0; k < 16; ++k)
    EXPECT_NEAR(segments[k].circumferential_strain, 100 * (a - 1), 0.05) << segment_names()[k];

  // The endocardium's normal at angle alpha from the apex is along (sin alpha/20, -cos alpha/50).
  std::array<double, 3> expected{}, weight{};
  const std::vector<int> segment = segments_of(heart.anatomy);
  for (std::size_t c = 0; c < segment.size(); ++c)
    if (segment[c] >= 0 && segment[c] < 12)
      {
        double alpha = 0;
        for (const unsigned n : heart.anatomy.cells[c])
          alpha += 0.25 * heart.angle_from_apex[n];
        const double across = std::sin(alpha) / 20, along = std::cos(alpha) / 50, length = std::hypot(across, along);
        const unsigned ring = segment[c] / 6;
        expected[ring] += 100 * (std::hypot(a * along / length, b * across / length) - 1);
        weight[ring] += 1;
      }
  for (unsigned ring = 0; ring < 2; ++ring)
    {
      double longitudinal = 0, volume = 0;
      for (unsigned k = 6 * ring; k < 6 * ring + 6; ++k)
        {
          longitudinal += segments[k].volume * segments[k].longitudinal_strain;
          volume += segments[k].volume;
        }
      EXPECT_NEAR(longitudinal / volume, expected[ring] / weight[ring], 0.1) << "ring " << ring;
    }
  EXPECT_NEAR(whole_wall(segments).circumferential_strain, 100 * (a - 1), 0.1);
}

TEST_F(Segments, AnIncompressibleThickeningHasTheStrainsOfAThickWalledTube)
{
  // About the axis r^2 -> r^2 - k with the axis stretched so that volume is kept: lambda_c = r'/r, lambda_r = r/r' (lambda_z = 1).
  // In the basal third the ellipsoid is a tube but for a few degrees.
  constexpr double k = 100; // mm^2
  const auto segments = after([](const Point3 &x) {
    const double r2 = x[0] * x[0] + x[1] * x[1], factor = r2 > 2 * k ? std::sqrt(1 - k / r2) : std::sqrt(0.5);
    return Point3{factor * x[0], factor * x[1], x[2]};
  });
  const std::vector<int> segment = segments_of(heart.anatomy);
  std::array<double, 2> expected{};
  double volume = 0;
  for (std::size_t c = 0; c < segment.size(); ++c)
    if (segment[c] >= 0 && segment[c] < 6)
      {
        const auto &n = heart.anatomy.cells[c];
        const auto &p = heart.anatomy.points;
        const double v = dot(p[n[1]] - p[n[0]], cross(p[n[2]] - p[n[0]], p[n[3]] - p[n[0]]));
        const Point3 x = centre(c);
        const double factor = std::sqrt(1 - k / (x[0] * x[0] + x[1] * x[1]));
        expected[0] += v * 100 * (factor - 1);
        expected[1] += v * 100 * (1 / factor - 1);
        volume += v;
      }
  SegmentMeasures basal;
  for (unsigned s = 0; s < 6; ++s)
    {
      basal.volume += segments[s].volume;
      basal.circumferential_strain += segments[s].volume * segments[s].circumferential_strain;
      basal.radial_strain += segments[s].volume * segments[s].radial_strain;
      EXPECT_GT(segments[s].thickness, segments[s].thickness_ed);
    }
  EXPECT_NEAR(basal.circumferential_strain / basal.volume, expected[0] / volume, 0.1);
  EXPECT_NEAR(basal.radial_strain / basal.volume, expected[1] / volume, 0.4);
}
