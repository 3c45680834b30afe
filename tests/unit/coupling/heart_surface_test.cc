// The surface that pictures are made of: all of the anatomy's boundary and nothing else, on any number of ranks.
#include "coupling/fields/heart_surface.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>

using namespace vivicor;

namespace
{
  constexpr double h = 1.5;                           // mm
  constexpr double side_area = 5 * (2 * h) * (2 * h); // of a cube of 2 x 2 x 2 cells but its face to the other half

  /// Muscle for x < 2 h, passive tissue beyond; the boundary is the epicardium.
  Anatomy half_passive_bar()
  {
    Anatomy bar = test::make_box({4, 2, 2}, h, {{"LV", Tissue::ventricle}, {"AV", Tissue::passive}}, [](const Point3 &p) {
                    return p[0] < 2 * h ? 0u : 1u;
                  }).anatomy;
    constexpr unsigned outward[4][3] = {{0, 2, 1}, {0, 1, 3}, {0, 3, 2}, {1, 2, 3}};
    std::map<std::array<unsigned, 3>, std::vector<Triangle>> faces;
    for (unsigned c = 0; c < bar.cells.size(); ++c)
      for (const auto &corner : outward)
        {
          const std::array<unsigned, 3> nodes{bar.cells[c][corner[0]], bar.cells[c][corner[1]], bar.cells[c][corner[2]]};
          auto key = nodes;
          std::sort(key.begin(), key.end());
          faces[key].push_back({nodes, c});
        }
    for (const auto &[key, triangles] : faces)
      if (triangles.size() == 1)
        bar.epicardium.push_back(triangles[0]);
    return bar;
  }

  /// Area, negative if a normal points towards the middle of its half.
  double outward_area(const SurfaceGrid &surface, const Point3 &middle)
  {
    double area = 0;
    for (std::size_t t = 0; t < surface.triangles.size(); t += 3)
      {
        const Point3 &a = surface.points[surface.triangles[t]], &b = surface.points[surface.triangles[t + 1]],
                     &c = surface.points[surface.triangles[t + 2]];
        Point3 u, v, out;
        for (unsigned d = 0; d < 3; ++d)
          {
            u[d] = b[d] - a[d];
            v[d] = c[d] - a[d];
            out[d] = a[d] - middle[d];
          }
        const Point3 n{u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
        if (n[0] * out[0] + n[1] * out[1] + n[2] * out[2] <= 0)
          return -1;
        area += 0.5 * std::sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
      }
    return area;
  }

  SurfaceGrid muscle_of(const Anatomy &bar, const std::vector<unsigned> &cell_rank, unsigned rank, unsigned refinement)
  {
    const RefinedMesh mesh = build_refined_mesh(
      bar, cell_rank, rank, refinement, [](const NodeKey &) { return 0u; }, 1);
    VtuPiece grid;
    grid.points = mesh.points;
    grid.cells.assign(mesh.cells.begin(), mesh.cells.begin() + static_cast<std::ptrdiff_t>(mesh.n_own_cells));
    return muscle_surface(bar, grid, mesh.keys);
  }
}

TEST(HeartSurface, muscleIsItsOuterBoundaryOnAnyNumberOfRanks)
{
  const Anatomy bar = half_passive_bar();
  for (const unsigned refinement : {0u, 1u, 2u})
    for (const unsigned ranks : {1u, 2u, 3u})
      {
        std::vector<unsigned> cell_rank(bar.cells.size());
        for (unsigned c = 0; c < cell_rank.size(); ++c)
          cell_rank[c] = c % ranks;
        double area = 0;
        std::size_t triangles = 0;
        for (unsigned rank = 0; rank < ranks; ++rank)
          {
            const SurfaceGrid surface = muscle_of(bar, cell_rank, rank, refinement);
            area += outward_area(surface, {h, h, h});
            triangles += surface.cells.size();
          }
        EXPECT_NEAR(area, side_area, 1e-12 * side_area) << refinement << " refinements, " << ranks << " ranks";
        EXPECT_EQ(triangles, 5u * 8u << (2 * refinement)) << "two a square, four times as many by each refinement";
      }
}

TEST(HeartSurface, passiveTissueIsTheRest)
{
  const Anatomy bar = half_passive_bar();
  const std::vector<unsigned> cell_rank(bar.cells.size(), 0);
  EXPECT_NEAR(outward_area(passive_surface(bar, cell_rank, 0), {3 * h, h, h}), side_area, 1e-12 * side_area);
  EXPECT_TRUE(passive_surface(bar, cell_rank, 1).cells.empty());
}
