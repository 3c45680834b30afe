#include "core/mpi.h"

namespace vivicor
{
  namespace
  {
    template <class T>
    T reduce(T value, MPI_Datatype type, MPI_Op op, MPI_Comm comm)
    {
      T result{};
      MPI_Allreduce(&value, &result, 1, type, op, comm);
      return result;
    }
  }

  int rank_of(MPI_Comm comm)
  {
    int rank = 0;
    MPI_Comm_rank(comm, &rank);
    return rank;
  }

  int size_of(MPI_Comm comm)
  {
    int size = 1;
    MPI_Comm_size(comm, &size);
    return size;
  }

  double sum(double value, MPI_Comm comm)
  {
    return reduce(value, MPI_DOUBLE, MPI_SUM, comm);
  }
  double max(double value, MPI_Comm comm)
  {
    return reduce(value, MPI_DOUBLE, MPI_MAX, comm);
  }
  double min(double value, MPI_Comm comm)
  {
    return reduce(value, MPI_DOUBLE, MPI_MIN, comm);
  }
  long long sum(long long value, MPI_Comm comm)
  {
    return reduce(value, MPI_LONG_LONG, MPI_SUM, comm);
  }

  void sum(std::vector<double> &values, MPI_Comm comm)
  {
    MPI_Allreduce(MPI_IN_PLACE, values.data(), static_cast<int>(values.size()), MPI_DOUBLE, MPI_SUM, comm);
  }

  bool any(bool mine, MPI_Comm comm)
  {
    return reduce(mine ? 1 : 0, MPI_INT, MPI_MAX, comm) != 0;
  }
}
