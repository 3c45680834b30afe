#include "core/mesh/partition.h"
#include "electrophysiology/tissue/refined_mesh.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

using namespace vivicor;

namespace
{
  const auto one_group = [](const NodeKey &) { return 0u; };

  RefinedMesh whole(const Anatomy &anatomy, unsigned refinement)
  {
    return build_refined_mesh(anatomy, std::vector<unsigned>(anatomy.cells.size(), 0), 0, refinement, one_group, 1);
  }

  double volume(const RefinedMesh &mesh, std::size_t c)
  {
    Anatomy one;
    one.points = mesh.points;
    one.cells = {mesh.cells[c]};
    return test::volume(one, 0);
  }

  /// A box whose nodes are moved so that no two edges are alike.
  test::Box crooked_box(
    const std::vector<Region> &regions = {{"LV", Tissue::ventricle}},
    const std::function<unsigned(const Point3 &)> &region = [](const Point3 &) { return 0u; })
  {
    auto box = test::make_box({3, 2, 2}, 2.0, regions, region);
    for (std::size_t n = 0; n < box.anatomy.points.size(); ++n)
      for (unsigned d = 0; d < 3; ++d)
        box.anatomy.points[n][d] += 0.25 * std::sin(12.9898 * static_cast<double>(n + 1) + 78.233 * d);
    return box;
  }
}

TEST(RefinedMesh, ChildrenFillTheirParentsAndConform)
{
  const auto box = crooked_box();
  double coarse_volume = 0;
  for (std::size_t c = 0; c < box.anatomy.cells.size(); ++c)
    coarse_volume += test::volume(box.anatomy, c);
  for (const unsigned refinement : {0u, 1u, 2u})
    {
      const auto mesh = whole(box.anatomy, refinement);
      ASSERT_EQ(mesh.cells.size(), box.anatomy.cells.size() << (3 * refinement));
      double total = 0;
      std::map<std::array<unsigned, 3>, unsigned> faces;
      for (std::size_t c = 0; c < mesh.cells.size(); ++c)
        {
          const double v = volume(mesh, c);
          EXPECT_GT(v, 0);
          total += v;
          for (unsigned k = 0; k < 4; ++k)
            {
              std::array<unsigned, 3> face;
              for (unsigned i = 0, j = 0; i < 4; ++i)
                if (i != k)
                  face[j++] = mesh.cells[c][i];
              std::sort(face.begin(), face.end());
              ++faces[face];
            }
        }
      EXPECT_NEAR(total, coarse_volume, 1e-10 * coarse_volume);
      // A face of two cells lies inside, one of one cell on the boundary: 2 (3 2 + 2 2 + 3 2) squares of two triangles.
      std::size_t boundary = 0;
      for (const auto &[face, cells] : faces)
        {
          EXPECT_LE(cells, 2u);
          boundary += cells == 1;
        }
      EXPECT_EQ(boundary, std::size_t(64) << (2 * refinement));
    }
}

TEST(RefinedMesh, NodesAreKnownByTheirCarriers)
{
  const auto box = crooked_box();
  const auto mesh = whole(box.anatomy, 2);
  std::set<NodeKey> keys;
  for (std::size_t n = 0; n < mesh.n_local(); ++n)
    if (mesh.is_real(n))
      {
        EXPECT_TRUE(keys.insert(mesh.keys[n]).second);
        for (unsigned d = 0; d < 3; ++d)
          {
            std::vector<double> coordinate;
            for (const auto &p : box.anatomy.points)
              coordinate.push_back(p[d]);
            EXPECT_NEAR(mesh.keys[n].interpolate(coordinate), mesh.points[n][d], 1e-12);
          }
      }
  const auto weights = mesh.centroid_weights(7, box.anatomy.cells[mesh.parent[7]]);
  for (unsigned d = 0; d < 3; ++d)
    {
      double by_weights = 0, centroid = 0;
      for (unsigned k = 0; k < 4; ++k)
        {
          by_weights += weights[k] * box.anatomy.points[box.anatomy.cells[mesh.parent[7]][k]][d];
          centroid += mesh.points[mesh.cells[7][k]][d] / 4;
        }
      EXPECT_NEAR(by_weights, centroid, 1e-12);
    }
}

TEST(RefinedMesh, AtriaAndVentriclesShareNoNodeAndPassiveCellsAreLeftOut)
{
  const std::vector<Region> regions{{"LV", Tissue::ventricle}, {"LA", Tissue::atrium}, {"ring", Tissue::passive}};
  const auto box = crooked_box(regions, [](const Point3 &p) { return p[0] < 2 ? 0u : p[0] < 4 ? 1u : 2u; });
  const auto mesh = whole(box.anatomy, 1);
  EXPECT_EQ(mesh.cells.size(), 2u * 4 * 6 * 8);
  for (const auto &cell : mesh.cells)
    for (const unsigned n : cell)
      EXPECT_EQ(mesh.keys[n].tissue, mesh.keys[cell[0]].tissue);
  EXPECT_EQ(mesh.groups[0].count, 2u * (3 * 5 * 5)); // two boxes of 3 x 5 x 5 refined nodes; their common face counts twice
}

TEST(RefinedMesh, RanksFitTogether)
{
  const std::vector<Region> regions{{"LV", Tissue::ventricle}, {"LA", Tissue::atrium}};
  const auto box = crooked_box(regions, [](const Point3 &p) { return p[0] < 4 ? 0u : 1u; });
  const unsigned ranks = 3;
  const auto cell_rank = partition_cells(box.anatomy.cells, box.anatomy.points.size(), ranks);
  std::vector<RefinedMesh> meshes;
  for (unsigned r = 0; r < ranks; ++r)
    meshes.push_back(build_refined_mesh(box.anatomy, cell_rank, r, 1, one_group, 1));
  const auto serial = whole(box.anatomy, 1);

  std::set<NodeKey> owned;
  std::size_t cells = 0;
  for (unsigned r = 0; r < ranks; ++r)
    {
      const auto &mesh = meshes[r];
      cells += mesh.n_own_cells;
      for (std::size_t n = 0; n < mesh.n_owned; ++n)
        if (mesh.is_real(n))
          {
            EXPECT_TRUE(owned.insert(mesh.keys[n]).second) << "a node with two owners";
          }
      for (const auto &[other, run] : mesh.receive)
        {
          const auto &given = meshes[static_cast<unsigned>(other)].send.at(static_cast<int>(r));
          ASSERT_EQ(given.size(), run.count);
          for (std::size_t k = 0; k < run.count; ++k)
            EXPECT_EQ(meshes[static_cast<unsigned>(other)].keys[given[k]], mesh.keys[run.begin + k]);
        }
      for (const auto &[other, nodes] : mesh.send)
        EXPECT_EQ(meshes[static_cast<unsigned>(other)].receive.at(static_cast<int>(r)).count, nodes.size());
      // Every cell around an owned node is there: as many as on one rank.
      std::map<NodeKey, unsigned> around, around_serial;
      for (const auto &cell : mesh.cells)
        for (const unsigned n : cell)
          ++around[mesh.keys[n]];
      for (const auto &cell : serial.cells)
        for (const unsigned n : cell)
          ++around_serial[serial.keys[n]];
      for (std::size_t n = 0; n < mesh.n_owned; ++n)
        if (mesh.is_real(n))
          {
            EXPECT_EQ(around[mesh.keys[n]], around_serial[mesh.keys[n]]);
          }
    }
  EXPECT_EQ(cells, serial.cells.size());
  EXPECT_EQ(owned.size(), serial.groups[0].count);
}
