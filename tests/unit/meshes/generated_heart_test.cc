#include "core/units.h"
#include "meshes/anatomy.h"
#include "meshes/quality.h"
#include "meshes/sources/generated/flat_cells.h"
#include "meshes/sources/generated/gmsh_heart.h"
#include "meshes/surfaces.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <set>

using namespace vivicor;

namespace
{
  Anatomy default_heart()
  {
    Schema schema;
    declare_anatomy(schema);
    return build_anatomy(parameters_from_json("{}", schema), {});
  }

  HeartSizes minimal()
  {
    HeartSizes sizes;
    sizes.element = 12;
    return sizes;
  }

  // Half an ellipsoid of revolution and the slice between its equator and a plane at height h.
  double cut_ellipsoid(double radius, double half_length, double h)
  {
    return std::numbers::pi * radius * radius * (2.0 / 3 * half_length + h - h * h * h / (3 * half_length * half_length));
  }
}

TEST(GeneratedHeart, IsAHeart)
{
  const Anatomy heart = default_heart();
  const MeshQuality quality = quality_of(heart);
  SCOPED_TRACE(describe(quality));
  EXPECT_GE(quality.nodes, 4000u);
  EXPECT_LE(quality.nodes, 6000u);
  EXPECT_EQ(quality.inverted_cells, 0u);
  EXPECT_GT(quality.min_dihedral_deg, 5);

  const auto within = [](double value, double low, double high) { return value >= low && value <= high; };
  EXPECT_TRUE(within(quality.cavity_mL.at("LV"), 75, 90));
  EXPECT_TRUE(within(quality.cavity_mL.at("RV"), 80, 100));
  EXPECT_TRUE(within(quality.cavity_mL.at("LA"), 35, 50));
  EXPECT_TRUE(within(quality.cavity_mL.at("RA"), 35, 55));
  for (const auto &[name, surface] : heart.cavities)
    EXPECT_TRUE(open_edges(surface).empty()) << name;

  // The mesh's LV against the body that it approximates: chords of 5 mm lose under 2 %.
  const HeartSizes sizes;
  const HeartShape shape = heart_shape(sizes);
  const double exact = cut_ellipsoid(sizes.lv_radius, shape.lv.semi_axes[2], -shape.lv.centre[2]) / units::mL;
  EXPECT_NEAR(quality.cavity_mL.at("LV"), exact, 0.02 * exact);

  // Four closed inner surfaces and one outside.
  const auto pieces = connected_pieces(boundary_of(heart.cells));
  EXPECT_EQ(std::set<unsigned>(pieces.begin(), pieces.end()).size(), 5u);
  EXPECT_GE(heart.fixed.size(), 8u * 6); // eight vessel ends

  for (const auto &region : quality.regions)
    EXPECT_GT(region.cells, 50u) << region.region.name;
  EXPECT_EQ(heart.regions.size(), 12u); // insulation found nothing to do

  std::vector<bool> ventricle(heart.points.size());
  for (std::size_t c = 0; c < heart.cells.size(); ++c)
    if (heart.regions[heart.cell_region[c]].tissue == Tissue::ventricle)
      for (const unsigned node : heart.cells[c])
        ventricle[node] = true;
  for (std::size_t c = 0; c < heart.cells.size(); ++c)
    for (const unsigned node : heart.cells[c])
      EXPECT_FALSE(ventricle[node] && heart.regions[heart.cell_region[c]].tissue == Tissue::atrium);
}

// x to the left, y to the back, z up, and so right-handed: whatever the sizes, the organs lie where a patient's do.
TEST(GeneratedHeart, IsNotMirrored)
{
  std::vector<HeartSizes> hearts(4);
  hearts[1].rv_width = 40;
  hearts[1].rv_depth = 48;
  hearts[1].ra_radius = 30;
  hearts[2].la_radius = 28;
  hearts[2].aorta_radius = hearts[2].pulmonary_radius = 14;
  hearts[3].lv_radius = 18;
  hearts[3].rv_width = 18;
  for (const HeartSizes &sizes : hearts)
    {
      const HeartShape shape = heart_shape(sizes);
      const double pulmonary = shape.pulmonary.foot[1], aortic = shape.aorta.foot[1], left_atrium = shape.la.centre[1];
      EXPECT_LT(pulmonary, aortic - 5); // in front of it
      EXPECT_LT(aortic, left_atrium - 20);
      EXPECT_GT(shape.ra.centre[1], pulmonary + 20);
      EXPECT_LT(shape.rv.centre[1], shape.lv.centre[1]); // turned to the front
      for (const double left : {shape.lv.centre[0], shape.la.centre[0], shape.aorta.foot[0]})
        {
          EXPECT_LT(shape.rv.centre[0], left - 5);
          EXPECT_LT(shape.ra.centre[0], left - 20);
          EXPECT_LT(shape.pulmonary.foot[0], left - 5);
        }
      for (unsigned vein = 0; vein < 4; ++vein) // the pulmonary ones
        EXPECT_GT(shape.veins[vein].axis[1], 0.3);
    }
}

TEST(GeneratedHeart, MinimalIsSmall)
{
  const Mesh mesh = generate_heart(minimal());
  EXPECT_GE(mesh.points.size(), 1000u);
  EXPECT_LE(mesh.points.size(), 1500u);
  double angle = 90;
  for (std::size_t c = 0; c < mesh.cells.size(); ++c)
    {
      EXPECT_GT(signed_volume(mesh, c), 0);
      angle = std::min(angle, min_dihedral_angle(mesh.points, mesh.cells[c]));
    }
  EXPECT_GT(angle, 5);
}

TEST(FlatCells, OnTheSurfaceAreTakenAway)
{
  // A wedge on a square whose two triangles were joined the wrong way: the flat cell 0 1 2 3 lies on top of two good
  // ones.
  Mesh mesh;
  mesh.points = {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}, {0.5, 0.5, -1}};
  mesh.points[1][2] = mesh.points[3][2] = -0.01;
  mesh.cells = {{0, 1, 2, 3}, {4, 0, 1, 3}, {4, 1, 2, 3}};
  for (std::size_t c = 0; c < mesh.cells.size(); ++c)
    if (signed_volume(mesh, c) < 0)
      std::swap(mesh.cells[c][2], mesh.cells[c][3]);
  mesh.cell_tag = {7, 8, 9};
  EXPECT_EQ(remove_flat_boundary_cells(mesh, 5), 1u);
  EXPECT_EQ(mesh.cell_tag, (std::vector<int>{8, 9}));
  EXPECT_TRUE(open_edges(boundary_of(mesh.cells)).empty());
  EXPECT_EQ(remove_flat_boundary_cells(mesh, 5), 0u);
}
