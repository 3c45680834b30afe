// The profiling interface of MPI (MPI 3.1, chapter 14): a program may define any MPI_X itself and go on to PMPI_X.
#include "core/mpi_traffic.h"

#include <mpi.h>

namespace vivicor
{
  namespace
  {
    Traffic traffic;

    void count_message(int count, MPI_Datatype type)
    {
      int size = 0;
      PMPI_Type_size(type, &size);
      ++traffic.messages;
      traffic.bytes += static_cast<double>(count) * size;
    }
  }

  Traffic mpi_traffic()
  {
    return traffic;
  }
}

extern "C" {
using vivicor::traffic, vivicor::count_message;

int MPI_Send(const void *data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm)
{
  count_message(count, type);
  return PMPI_Send(data, count, type, to, tag, comm);
}

int MPI_Isend(const void *data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm, MPI_Request *request)
{
  count_message(count, type);
  return PMPI_Isend(data, count, type, to, tag, comm, request);
}

int MPI_Allreduce(const void *from, void *to, int count, MPI_Datatype type, MPI_Op op, MPI_Comm comm)
{
  ++traffic.collectives;
  return PMPI_Allreduce(from, to, count, type, op, comm);
}

int MPI_Bcast(void *data, int count, MPI_Datatype type, int root, MPI_Comm comm)
{
  ++traffic.collectives;
  return PMPI_Bcast(data, count, type, root, comm);
}

int MPI_Allgather(const void *from, int count, MPI_Datatype type, void *to, int to_count, MPI_Datatype to_type, MPI_Comm comm)
{
  ++traffic.collectives;
  return PMPI_Allgather(from, count, type, to, to_count, to_type, comm);
}

int MPI_Gather(const void *from, int count, MPI_Datatype type, void *to, int to_count, MPI_Datatype to_type, int root, MPI_Comm comm)
{
  ++traffic.collectives;
  return PMPI_Gather(from, count, type, to, to_count, to_type, root, comm);
}

int MPI_Alltoall(const void *from, int count, MPI_Datatype type, void *to, int to_count, MPI_Datatype to_type, MPI_Comm comm)
{
  ++traffic.collectives;
  return PMPI_Alltoall(from, count, type, to, to_count, to_type, comm);
}

int MPI_Alltoallv(const void *from, const int *counts, const int *starts, MPI_Datatype type, void *to, const int *to_counts,
                  const int *to_starts, MPI_Datatype to_type, MPI_Comm comm)
{
  ++traffic.collectives;
  return PMPI_Alltoallv(from, counts, starts, type, to, to_counts, to_starts, to_type, comm);
}

int MPI_Barrier(MPI_Comm comm)
{
  ++traffic.collectives;
  return PMPI_Barrier(comm);
}
}
