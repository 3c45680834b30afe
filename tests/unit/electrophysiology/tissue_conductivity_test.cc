#include "electrophysiology/tissue/conductivity.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  /// Two layers of cubes across z: transmural 0 at the bottom, 1 at the top; fibres along x.
  test::Box wall(const std::vector<Region> &regions = {{"LV", Tissue::ventricle}},
                 const std::function<unsigned(const Point3 &)> &region = [](const Point3 &) { return 0u; })
  {
    auto box = test::make_box({3, 2, 2}, 2.0, regions, region);
    for (std::size_t n = 0; n < box.anatomy.points.size(); ++n)
      box.fibres.transmural[n] = box.anatomy.points[n][2] / 4;
    return box;
  }

  RefinedMesh refined(const Anatomy &anatomy)
  {
    return build_refined_mesh(anatomy, std::vector<unsigned>(anatomy.cells.size(), 0), 0, 1, [](const NodeKey &) { return 0u; }, 1);
  }

  Conduction conduction_of(const test::Box &box)
  {
    Conduction c;
    c.tissue = {{Tissue::ventricle, {0.4, 0.2, 0.1}}, {Tissue::atrium, {0.6, 0.3, 0.3}}};
    c.fast = 2.0;
    c.fast_depth = 0.1;
    c.region_factor.assign(box.anatomy.regions.size(), 1.0);
    return c;
  }
}

TEST(Conductivity, FollowsTheFibresAndIsFastAlongTheEndocardium)
{
  const auto box = wall();
  const auto mesh = refined(box.anatomy);
  const auto tensors = diffusivity_tensors(mesh, box.anatomy, box.fibres, conduction_of(box));
  std::size_t fast = 0;
  for (std::size_t c = 0; c < mesh.cells.size(); ++c)
    {
      unsigned on_endocardium = 0;
      for (const unsigned n : mesh.cells[c])
        on_endocardium += mesh.points[n][2] < 1e-9;
      const SymmetricTensor expected = on_endocardium >= 3 ? SymmetricTensor{2, 2, 2, 0, 0, 0} : SymmetricTensor{0.4, 0.2, 0.1, 0, 0, 0};
      for (unsigned k = 0; k < 6; ++k)
        EXPECT_NEAR(tensors[c][k], expected[k], 1e-12);
      fast += on_endocardium >= 3;
    }
  EXPECT_EQ(fast, 2u * 6 * 4); // two triangles for each of 6 x 4 refined squares
}

TEST(Conductivity, RegionsScaleAndAtriaHaveNoFastLayer)
{
  const auto box = wall({{"LV", Tissue::ventricle}, {"LA", Tissue::atrium}}, [](const Point3 &p) { return p[0] < 4 ? 0u : 1u; });
  const auto mesh = refined(box.anatomy);
  auto conduction = conduction_of(box);
  conduction.region_factor = {0.5, 1.0};
  const auto tensors = diffusivity_tensors(mesh, box.anatomy, box.fibres, conduction);
  for (std::size_t c = 0; c < mesh.cells.size(); ++c)
    if (mesh.keys[mesh.cells[c][0]].tissue == Tissue::atrium)
      EXPECT_NEAR(tensors[c][0], 0.6, 1e-12);
    else
      EXPECT_TRUE(std::abs(tensors[c][0] - 0.2) < 1e-12 || std::abs(tensors[c][0] - 1.0) < 1e-12) << tensors[c][0];
}

TEST(Conductivity, SpacingIsThatOfTheEquivalentGrid)
{
  EXPECT_NEAR(grid_spacing(wall().anatomy, Tissue::ventricle), 2.0, 1e-12);
  EXPECT_EQ(grid_spacing(wall().anatomy, Tissue::atrium), 0.0);
}
