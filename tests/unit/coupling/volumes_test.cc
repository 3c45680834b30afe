#include "core/error.h"
#include "core/units.h"
#include "coupling/volumes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace vivicor;

TEST(Volumes, BelowNothingAreToldWithTheEmptiest)
{
  EXPECT_NO_THROW(require_blood({"LV", "RA"}, {0, 50 * units::mL}, 3));
  EXPECT_NO_THROW(require_blood({}, {}, 3));
  try
    {
      require_blood({"LV", "LA", "RA"}, {-1 * units::mL, 20 * units::mL, -329 * units::mL}, 12);
      ADD_FAILURE();
    }
  catch (const SolverError &error)
    {
      EXPECT_THAT(error.text.what, testing::HasSubstr("negative volume: RA holds -329.0 mL"));
      EXPECT_THAT(error.text.where, testing::HasSubstr("12 ms"));
    }
}
