// The slab of Niederer et al. 2011 (10.1098/rsta.2011.0139) by place, beside other codes on the same grids: the tables of
// `vivicor verify electrophysiology`.
#include "electrophysiology/verification/slab.h"
#include "tests/verification/electrophysiology/expect_inside.h"

using namespace vivicor;

TEST(SlowSlab, HalfAMillimetre)
{
  test::expect_inside(slab_table(MPI_COMM_SELF, 0.5));
}
TEST(SlowSlab, AFifthOfAMillimetre)
{
  test::expect_inside(slab_table(MPI_COMM_SELF, 0.2));
}
TEST(SlowSlab, ATenthOfAMillimetre)
{
  test::expect_inside(slab_table(MPI_COMM_SELF, 0.1, false));
}
TEST(SlowSlab, Converged)
{
  test::expect_inside(slab_converged(MPI_COMM_SELF, false));
}
