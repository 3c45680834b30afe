#include "electrophysiology/tissue/halo.h"

namespace vivicor
{
  Halo::Halo(MPI_Comm comm, const RefinedMesh &mesh) : comm(comm)
  {
    std::map<int, Neighbour> by_rank;
    for (const auto &[rank, nodes] : mesh.send)
      {
        by_rank[rank].send = nodes;
        by_rank[rank].buffer.resize(nodes.size());
      }
    for (const auto &[rank, run] : mesh.receive)
      by_rank[rank].receive = run;
    for (auto &[rank, neighbour] : by_rank)
      {
        neighbour.rank = rank;
        neighbours.push_back(std::move(neighbour));
      }
  }

  void Halo::start(double *x)
  {
    constexpr int tag = 71;
    requests.clear();
    const auto post = [this] { return &requests.emplace_back(MPI_REQUEST_NULL); };
    for (auto &n : neighbours)
      if (n.receive.count > 0)
        MPI_Irecv(x + n.receive.begin, static_cast<int>(n.receive.count), MPI_DOUBLE, n.rank, tag, comm, post());
    for (auto &n : neighbours)
      if (!n.send.empty())
        {
          for (std::size_t k = 0; k < n.send.size(); ++k)
            n.buffer[k] = x[n.send[k]];
          MPI_Isend(n.buffer.data(), static_cast<int>(n.send.size()), MPI_DOUBLE, n.rank, tag, comm, post());
        }
  }

  void Halo::finish()
  {
    MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
  }
}
