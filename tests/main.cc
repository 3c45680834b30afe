#include "core/mpi.h"

#include <gtest/gtest.h>

int main(int argc, char **argv)
{
  MPI_Init(&argc, &argv);
  testing::InitGoogleTest(&argc, argv);
  const int failed = RUN_ALL_TESTS();
  // A test that fails on one rank only must fail the program.
  const bool any_failed = vivicor::any(failed != 0, MPI_COMM_WORLD);
  MPI_Finalize();
  return any_failed ? 1 : 0;
}
