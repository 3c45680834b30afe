// Brings the values of ghost nodes from the ranks that own them: neighbours only, so that work goes on meanwhile.
#pragma once

#include "electrophysiology/tissue/refined_mesh.h"

#include <mpi.h>

#include <vector>

namespace vivicor
{
  class Halo
  {
  public:
    Halo(MPI_Comm comm, const RefinedMesh &mesh);

    /// Starts to update the ghosts of `x` (one value a local node); its owned values may be read, not written, until finish().
    void start(double *x);
    void finish();
    void update(double *x)
    {
      start(x);
      finish();
    }

  private:
    struct Neighbour
    {
      int rank;
      std::vector<unsigned> send;
      RefinedMesh::Group receive;
      std::vector<double> buffer;
    };
    MPI_Comm comm;
    std::vector<Neighbour> neighbours;
    std::vector<MPI_Request> requests;
  };
}
