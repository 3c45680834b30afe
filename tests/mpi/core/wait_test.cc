// A rank that waits leaves its core to others: its processor time is a small part of the wait.
#include "core/mpi.h"

#include <gtest/gtest.h>

#include <sys/resource.h>

#include <chrono>
#include <functional>
#include <thread>

using namespace vivicor;

namespace
{
  double processor_s()
  {
    rusage used{};
    getrusage(RUSAGE_THREAD, &used);
    const auto seconds = [](const timeval &t) { return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec); };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
  }

  constexpr double late_s = 0.5;

  /// Share of the wait for a late rank 0 that the others are awake in.
  double awake(const std::function<void(int rank)> &exchange)
  {
    const int rank = rank_of(MPI_COMM_WORLD);
    MPI_Barrier(MPI_COMM_WORLD);
    if (rank == 0)
      std::this_thread::sleep_for(std::chrono::duration<double>(late_s));
    const double before = processor_s();
    exchange(rank);
    return max(rank == 0 ? 0.0 : (processor_s() - before) / late_s, MPI_COMM_WORLD);
  }
}

TEST(WaitingRanks, SleepInEveryKindOfWait)
{
  constexpr double seldom = 0.2;
  double value = 1, other = 0;
  MPI_Comm copy = MPI_COMM_NULL;
  EXPECT_LT(awake([](int) { MPI_Barrier(MPI_COMM_WORLD); }), seldom) << "barrier";
  EXPECT_LT(awake([&](int) { MPI_Allreduce(&value, &other, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD); }), seldom) << "reduction";
  EXPECT_LT(awake([&](int) { MPI_Bcast(&value, 1, MPI_DOUBLE, 0, MPI_COMM_WORLD); }), seldom) << "broadcast";
  EXPECT_LT(awake([&](int) { MPI_Comm_dup(MPI_COMM_WORLD, &copy); }), seldom) << "another communicator";
  MPI_Comm_free(&copy);
  const int size = size_of(MPI_COMM_WORLD);
  EXPECT_LT(awake([&](int rank) {
              if (rank > 0)
                MPI_Recv(&other, 1, MPI_DOUBLE, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
              else
                for (int to = 1; to < size; ++to)
                  MPI_Send(&value, 1, MPI_DOUBLE, to, 0, MPI_COMM_WORLD);
            }),
            seldom)
    << "receipt";
  EXPECT_LT(awake([&](int rank) {
              if (rank > 0)
                {
                  MPI_Request request;
                  MPI_Irecv(&other, 1, MPI_DOUBLE, 0, 0, MPI_COMM_WORLD, &request);
                  MPI_Waitall(1, &request, MPI_STATUSES_IGNORE);
                }
              else
                for (int to = 1; to < size; ++to)
                  MPI_Send(&value, 1, MPI_DOUBLE, to, 0, MPI_COMM_WORLD);
            }),
            seldom)
    << "several receipts";
}
