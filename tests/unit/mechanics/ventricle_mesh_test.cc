// The meshes of the published ventricles: no bad cell at the apex, the walls where they belong, the fibres as published.
#include "core/mesh/vectors.h"
#include "mechanics/verification/land_ventricle.h"
#include "mechanics/verification/solid_anatomy.h"
#include "mechanics/verification/ventricle_mesh.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

using namespace vivicor;

namespace
{
  /// Volume below z = 5 of the ellipsoid with half axes r, r, l about the origin.
  double below_base(double r, double l)
  {
    return M_PI * r * r * (5 + l - (125 + l * l * l) / (3 * l * l));
  }
  const double exact_volume = below_base(10, 20) - below_base(7, 17);

  WallProblem ventricle(const VentricleCounts &counts)
  {
    return wall_problem(ventricle_mesh(SolidMesh::Shape::tetrahedra, counts, LandVentricle::place), ventricle_inside, ventricle_base,
                        LandVentricle::fibres);
  }

  double volume(const Anatomy &anatomy)
  {
    double total = 0;
    for (const auto &cell : anatomy.cells)
      {
        const auto edge = [&](unsigned v) { return anatomy.points[cell[v]] - anatomy.points[cell[0]]; };
        total += dot(edge(1), cross(edge(2), edge(3))) / 6;
      }
    return total;
  }

  /// Smallest over largest |determinant of the edges| at the corners of each hexahedron; 0 for a degenerate one.
  double worst_shape(const SolidMesh &mesh)
  {
    constexpr std::array<double, 8> zero{};
    double worst = 1;
    for (const auto &cell : mesh.cells)
      {
        std::vector<Point3> drawn, x;
        for (const unsigned v : cell)
          drawn.push_back(mesh.vertices[v]);
        for (unsigned v = 0; v < 8; ++v)
          {
            std::vector<double> weights(zero.begin(), zero.end());
            weights[v] = 1;
            x.push_back(mesh.place(drawn, weights));
          }
        double low = 1e300, high = 0;
        for (unsigned v = 0; v < 8; ++v)
          {
            const Point3 a = x[v ^ 1] - x[v], b = x[v ^ 2] - x[v], c = x[v ^ 4] - x[v];
            const bool mirrored = ((v & 1) + (v >> 1 & 1) + (v >> 2)) % 2;
            const double det = dot(a, cross(b, c)) * (mirrored ? -1 : 1) / (norm(a) * norm(b) * norm(c));
            low = std::min(low, -det); // drawn right-handed, placed with the depth downwards at the apex
            high = std::max(high, -det);
          }
        worst = std::min(worst, low / high);
      }
    return worst;
  }
}

TEST(VentricleMesh, HasNoDegenerateCell)
{
  EXPECT_GT(worst_shape(ventricle_mesh(SolidMesh::Shape::hexahedra, {4, 6, 2}, LandVentricle::place)), 0.3);
}

TEST(VentricleMesh, HasTheCountedCellsAndAVertexAtTheApex)
{
  const VentricleCounts counts{4, 6, 2};
  EXPECT_EQ(ventricle_mesh(SolidMesh::Shape::hexahedra, counts, LandVentricle::place).cells.size(), (16u + 4 * 4 * 6) * 2);
  const Anatomy anatomy = ventricle(counts).anatomy;
  EXPECT_EQ(anatomy.cells.size(), (16u + 4 * 4 * 6) * 2 * 6);
  for (const double z : {-17.0, -18.5, -20.0})
    EXPECT_NO_THROW(node_at(anatomy, {0, 0, z}));
}

TEST(VentricleMesh, VolumeConvergesToTheEllipsoids)
{
  const double coarse = volume(ventricle({4, 6, 1}).anatomy) - exact_volume, fine = volume(ventricle({8, 12, 2}).anatomy) - exact_volume;
  EXPECT_LT(std::abs(fine), 0.01 * exact_volume);
  EXPECT_NEAR(coarse / fine, 4, 0.4) << "second order: straight edges on curved walls";
}

TEST(VentricleMesh, SurfacesLieOnTheEllipsoidsAndTheBasePlane)
{
  const Anatomy anatomy = ventricle({4, 6, 2}).anatomy;
  const auto each = [&](const Surface &surface, const auto &distance) {
    EXPECT_FALSE(surface.empty());
    for (const Triangle &triangle : surface)
      for (const unsigned node : triangle.nodes)
        EXPECT_NEAR(distance(anatomy.points[node]), 0, 1e-9);
  };
  each(anatomy.cavities.at("LV"), LandVentricle::depth);
  each(anatomy.epicardium, [](const Point3 &X) { return LandVentricle::depth(X) - 1; });
  each(anatomy.fixed, [](const Point3 &X) { return X[2] - 5; });
}

// Linear tetrahedra that are all cut alike twist a ventricle that does not twist.
TEST(VentricleMesh, AlternatingTrianglesAreTheirOwnMirrorImage)
{
  const auto with = [](Diagonals diagonals) {
    return wall_problem(ventricle_mesh(SolidMesh::Shape::tetrahedra, {4, 6, 2}, LandVentricle::place, diagonals), ventricle_inside,
                        ventricle_base, LandVentricle::fibres)
      .anatomy;
  };
  using Corner = std::array<long, 3>;
  const auto triangles = [](const Anatomy &anatomy, double sign) {
    std::set<std::array<Corner, 3>> all;
    for (const Surface *surface : {&anatomy.epicardium, &anatomy.cavities.at("LV"), &anatomy.fixed})
      for (const Triangle &triangle : *surface)
        {
          std::array<Corner, 3> corners;
          std::transform(triangle.nodes.begin(), triangle.nodes.end(), corners.begin(), [&](unsigned node) {
            const Point3 &X = anatomy.points[node];
            return Corner{std::lround(1e6 * X[0]), std::lround(1e6 * sign * X[1]), std::lround(1e6 * X[2])};
          });
          std::sort(corners.begin(), corners.end());
          all.insert(corners);
        }
    return all;
  };
  const Anatomy alternating = with(Diagonals::alternating), parallel = with(Diagonals::parallel);
  EXPECT_EQ(triangles(alternating, 1), triangles(alternating, -1));
  EXPECT_NE(triangles(parallel, 1), triangles(parallel, -1));
}

// +90 degrees (along the meridian) inside, 0 (round the axis) half-way, -90 outside, tangential to the wall.
TEST(LandVentricle, FibresTurnLinearlyThroughTheWall)
{
  for (const double along : {0.1, 0.5, 0.9})
    for (const double around : {0.3, 2.0, 4.0})
      {
        const Point3 inside = LandVentricle::place(along, around, 0), outside = LandVentricle::place(along, around, 1),
                     above = LandVentricle::place(along + 1e-6, around, 0);
        const Frame at_inside = LandVentricle::fibres(inside), at_outside = LandVentricle::fibres(outside);
        EXPECT_NEAR(dot(at_inside.fibre, unit(above - inside)), 1, 1e-6);
        EXPECT_NEAR(at_outside.fibre[2], -std::abs(at_outside.fibre[2]), 1e-12) << "down the meridian";
        EXPECT_NEAR(dot(at_outside.fibre, {-std::sin(around), std::cos(around), 0}), 0, 1e-9);
        const double t = LandVentricle::depth(LandVentricle::place(along, around, 0.3));
        const Frame between = LandVentricle::fibres(LandVentricle::place(along, around, 0.3));
        EXPECT_NEAR(dot(between.fibre, {-std::sin(around), std::cos(around), 0}), std::cos(M_PI * (0.5 - t)), 1e-9);
        EXPECT_NEAR(dot(between.normal, cross(between.fibre, between.sheet)), 1, 1e-12);
      }
}
