#include "electrophysiology/tissue/conductivity.h"

#include "electrophysiology/cells/protocol.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

#include <cmath>

#include <algorithm>

using namespace vivicor;

namespace
{
  /// Two layers of cubes across z: transmural 0 at the bottom, 1 at the top; fibres along x.
  test::Box wall(
    const std::vector<Region> &regions = {{"LV", Tissue::ventricle}},
    const std::function<unsigned(const Point3 &)> &region = [](const Point3 &) { return 0u; })
  {
    auto box = test::make_box({3, 2, 2}, 2.0, regions, region);
    for (std::size_t n = 0; n < box.anatomy.points.size(); ++n)
      box.fibres.transmural[n] = box.anatomy.points[n][2] / 4;
    return box;
  }

  RefinedMesh refined(const Anatomy &anatomy)
  {
    return build_refined_mesh(
      anatomy, std::vector<unsigned>(anatomy.cells.size(), 0), 0, 1, [](const NodeKey &) { return 0u; }, 1);
  }

  Conduction conduction_of(const test::Box &box)
  {
    Conduction c;
    c.tissue = {{Tissue::ventricle, {0.4, 0.2, 0.1}}, {Tissue::atrium, {0.6, 0.3, 0.3}}};
    c.fast_left = c.fast_right = 2.0;
    c.fast_depth = 0.1;
    c.region_factor.assign(box.anatomy.regions.size(), 1.0);
    return c;
  }

  /// The wall as a septum: the left ventricle below it, the right one above.
  test::Box septum()
  {
    auto box = wall();
    for (unsigned c = 0; c < box.anatomy.cells.size(); ++c)
      for (const auto &[cavity, z] : {std::pair{"LV", 0.0}, {"RV", 4.0}})
        {
          std::vector<unsigned> face;
          for (const unsigned n : box.anatomy.cells[c])
            if (box.anatomy.points[n][2] == z)
              face.push_back(n);
          if (face.size() == 3)
            box.anatomy.cavities[cavity].push_back({{face[0], face[1], face[2]}, c});
        }
    for (std::size_t n = 0; n < box.anatomy.points.size(); ++n)
      box.fibres.transmural[n] = box.anatomy.points[n][2] == 2 ? 0.5 : 0.0;
    return box;
  }

  /// Rates of the two layers, over that of a healthy one, with bundles cut.
  std::pair<double, double> layers(const std::string &cuts)
  {
    const Parameters deck = test::ep_deck(R"({"conduction": {"set_by": "conductivity", "fast_endocardial_layer": {
        "conductivity": "4 S/m", "blocked_conductivity": "1 S/m"}}, "conduction_system": {"cut": [)"
                                          + cuts + "]}}");
    const auto model = create<IonicModel>("mitchell_schaeffer_2003", parameters_from_settings({}, cell_schema("mitchell_schaeffer_2003")));
    const Conduction c = build_conduction(wall().anatomy, deck.section("electrophysiology"), {{Tissue::ventricle, model.get()}}, {}, 0);
    return {c.fast_left * c.chi_Cm / 4, c.fast_right * c.chi_Cm / 4};
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

TEST(Conductivity, TheLayerOfABlockedVentricleIsSlow)
{
  using Rates = std::pair<double, double>;
  EXPECT_EQ(layers(""), Rates(1, 1));
  EXPECT_EQ(layers(R"("left_bundle")"), Rates(0.25, 1));
  EXPECT_EQ(layers(R"("right_bundle")"), Rates(1, 0.25));
  EXPECT_EQ(layers(R"("his_bundle")"), Rates(0.25, 0.25));
  EXPECT_EQ(layers(R"("left_anterior_fascicle")"), Rates(1, 1)); // the others feed the layer
}

TEST(Conductivity, EachSideOfTheSeptumHasItsOwnLayer)
{
  const auto box = septum();
  const auto mesh = refined(box.anatomy);
  auto conduction = conduction_of(box);
  conduction.fast_left = 0;
  const auto tensors = diffusivity_tensors(mesh, box.anatomy, box.fibres, conduction);
  for (std::size_t c = 0; c < mesh.cells.size(); ++c)
    {
      const bool on_the_right = std::count_if(mesh.cells[c].begin(), mesh.cells[c].end(),
                                              [&](unsigned n) { return mesh.points[n][2] > 4 - 1e-9; })
                                >= 3;
      EXPECT_NEAR(tensors[c][0], on_the_right ? 2 : 0.4, 1e-12);
      EXPECT_NEAR(tensors[c][1], on_the_right ? 2 : 0.2, 1e-12); // without a layer: the muscle's, which depends on the direction
    }
}

// Children of one element that conduct differently: all eight count, and none of its neighbour's.
TEST(Conductivity, OfAnElementIsTheMeanOfItsEightCells)
{
  std::vector<SymmetricTensor> cells;
  for (unsigned c = 0; c < 16; ++c)
    {
      SymmetricTensor tensor;
      for (unsigned k = 0; k < 6; ++k)
        tensor[k] = (c < 8 ? 1.0 : 1000.0) * std::pow(2.0, c % 8) * (k + 1.0);
      cells.push_back(tensor);
    }
  const auto means = element_means(cells);
  ASSERT_EQ(means.size(), 2u);
  for (unsigned k = 0; k < 6; ++k)
    {
      EXPECT_DOUBLE_EQ(means[0][k], 255.0 / 8 * (k + 1));
      EXPECT_DOUBLE_EQ(means[1][k], 255000.0 / 8 * (k + 1));
    }
}
