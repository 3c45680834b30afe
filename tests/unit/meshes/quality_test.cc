#include "meshes/quality.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

using namespace vivicor;

TEST(Quality, DihedralAngles)
{
  // Regular tetrahedron: arccos(1/3). Corner of a cube: three right angles and three of arccos(1/sqrt 3).
  const std::vector<Point3> regular{{1, 1, 1}, {1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}}, corner{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    flat{{0, 0, 0}, {1, 0, 0}, {1, 1, 1e-9}, {0, 1, 0}};
  const double degree = std::acos(-1.0) / 180;
  EXPECT_NEAR(min_dihedral_angle(regular, {0, 2, 1, 3}), std::acos(1.0 / 3) / degree, 1e-9);
  EXPECT_NEAR(min_dihedral_angle(corner, {0, 1, 2, 3}), std::acos(1 / std::sqrt(3.0)) / degree, 1e-9);
  EXPECT_LT(min_dihedral_angle(flat, {0, 1, 2, 3}), 1e-3);
}

TEST(Quality, CountsWhatItSees)
{
  Anatomy anatomy;
  anatomy.points = {{0, 0, 0}, {3, 0, 0}, {0, 3, 0}, {0, 0, 3}, {3, 3, 3}};
  anatomy.cells = {{0, 1, 2, 3}, {1, 2, 3, 4}};
  anatomy.cell_region = {0, 1};
  anatomy.regions = {{"LV", Tissue::ventricle}, {"MV", Tissue::passive}};
  MeshQuality quality = quality_of(anatomy);
  EXPECT_EQ(quality.nodes, 5u);
  EXPECT_EQ(quality.cells, 2u);
  EXPECT_EQ(quality.inverted_cells, 0u);
  EXPECT_NEAR(quality.regions[0].volume_mL, 4.5e-3, 1e-12);
  EXPECT_NEAR(quality.regions[1].volume_mL, 9e-3, 1e-12);
  EXPECT_NEAR(quality.edge_mm.min, 3, 1e-12);
  EXPECT_NEAR(quality.edge_mm.max, 3 * std::sqrt(2.0), 1e-12);
  EXPECT_NEAR(quality.edge_mm.mean, (3 + 6 * std::sqrt(2.0)) / 3, 1e-12); // 3 edges of 3 mm, 6 of 3 sqrt 2
  EXPECT_THAT(describe(quality), testing::HasSubstr("0 inverted"));
  std::swap(anatomy.cells[1][0], anatomy.cells[1][1]);
  EXPECT_EQ(quality_of(anatomy).inverted_cells, 1u);
}
