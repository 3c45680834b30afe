// The few collective operations the parts share. An exception on one rank deadlocks the others: agree first, then throw.
#pragma once

#include <mpi.h>

#include <vector>

namespace vivicor
{
  int rank_of(MPI_Comm comm);
  int size_of(MPI_Comm comm);

  double sum(double value, MPI_Comm comm);
  double max(double value, MPI_Comm comm);
  double min(double value, MPI_Comm comm);
  long long sum(long long value, MPI_Comm comm);
  void sum(std::vector<double> &values, MPI_Comm comm); ///< in place, element by element

  /// True on every rank if `mine` is true on any.
  bool any(bool mine, MPI_Comm comm);
}
