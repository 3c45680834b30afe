// Numbers of electrical nodes that do not depend on the ranks.
#include "electrophysiology/tissue/node_archive.h"
#include "tests/support/box.h"

#include <gtest/gtest.h>

#include <map>

using namespace vivicor;

namespace
{
  test::Box two_tissues()
  {
    return test::make_box({4, 2, 2}, 2.0, {{"LV", Tissue::ventricle}, {"RA", Tissue::atrium}},
                          [](const Point3 &p) { return p[0] < 4 ? 1u : 0u; });
  }

  /// Numbers of the nodes by what they are, gathered from all ranks.
  std::map<NodeKey, std::int64_t> numbers(const test::Box &box, unsigned ranks, unsigned refinement)
  {
    std::map<NodeKey, std::int64_t> all;
    std::vector<unsigned> cell_rank(box.anatomy.cells.size());
    for (unsigned c = 0; c < cell_rank.size(); ++c)
      cell_rank[c] = (c / 7) % ranks;
    for (unsigned rank = 0; rank < ranks; ++rank)
      {
        const RefinedMesh mesh = build_refined_mesh(
          box.anatomy, cell_rank, rank, refinement, [](const NodeKey &) { return 0u; }, 1);
        const EntityIds ids = node_ids(mesh, box.anatomy);
        for (std::size_t n = 0; n < mesh.n_owned; ++n)
          if (mesh.is_real(n))
            {
              EXPECT_TRUE(all.emplace(mesh.keys[n], ids[n]).second) << "a node with two owners";
            }
          else
            {
              EXPECT_EQ(ids[n], -1);
            }
      }
    return all;
  }
}

TEST(NodeIds, AreUniqueAndTheSameOnAnyRanks)
{
  const auto box = two_tissues();
  for (const unsigned refinement : {0u, 1u, 2u})
    {
      const auto one = numbers(box, 1, refinement);
      std::map<std::int64_t, unsigned> count;
      for (const auto &[key, id] : one)
        EXPECT_EQ(++count[id], 1u) << "refinement " << refinement;
      EXPECT_EQ(numbers(box, 3, refinement), one) << "refinement " << refinement;
    }
}
