// The manufactured monodomain problems of Pathmanathan and Gray 2014 (10.1002/cnm.2615): the tables of `vivicor verify`.
#include "electrophysiology/verification/manufactured.h"
#include "tests/verification/electrophysiology/expect_inside.h"

using namespace vivicor;

TEST(Manufactured, OrdersInOneDimensionAndAPublishedError)
{
  test::expect_inside(manufactured_orders(1));
}
TEST(Manufactured, OrdersInTwoDimensions)
{
  test::expect_inside(manufactured_orders(2));
}
TEST(Manufactured, OrdersInThreeDimensions)
{
  test::expect_inside(manufactured_orders(3));
}
