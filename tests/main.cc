#include "core/mpi.h"
#include "core/mpi_wait.h"

#include <gtest/gtest.h>

int main(int argc, char **argv)
{
  testing::InitGoogleTest(&argc, argv);
  if (testing::GTEST_FLAG(list_tests)) // CTest asks every program before the tests start: it shall not wait for MPI
    return RUN_ALL_TESTS();
  vivicor::start_mpi(argc, argv);
  const int failed = RUN_ALL_TESTS();
  // A test that fails on one rank only must fail the program.
  const bool any_failed = vivicor::any(failed != 0, MPI_COMM_WORLD);
  MPI_Finalize();
  return any_failed ? 1 : 0;
}
