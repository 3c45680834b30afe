// The wall's blocks of unknowns: that deal.II numbers as all else counts on is checked, not believed.
#include "mechanics/wall/space.h"
#include "tests/unit/mechanics/solid_meshes.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

using namespace vivicor;

TEST(Space, ABlockIsFourUnknownsInARow)
{
  EXPECT_EQ(block_of({0, 1, 2, 3}), 0);
  EXPECT_EQ(block_of({20, 21, 22, 23}), 5);
  EXPECT_THROW(block_of({1, 2, 3, 4}), std::logic_error) << "not from a multiple of four on";
  EXPECT_THROW(block_of({0, 1, 2, 30}), std::logic_error) << "the pressure elsewhere, as if numbered by component";
  EXPECT_THROW(block_of({4, 6, 5, 7}), std::logic_error);
}

TEST(Space, NumbersEveryNodeOnce)
{
  const test::Solid solid = test::box({1, 1, 1}, {2, 2, 1});
  const Space space = build_space(MPI_COMM_SELF, solid.anatomy.points, solid.anatomy.cells, test::one_rank(solid));
  const std::set<long long> blocks(space.number.begin(), space.number.end());
  EXPECT_EQ(blocks.size(), solid.anatomy.points.size());
  EXPECT_EQ(*blocks.begin(), 0);
  EXPECT_EQ(*blocks.rbegin() + 1, space.blocks);
}
