// The discrete space of the moving wall: what is unknown where, and who owns it. Everything that knows the element
// (linear displacement and pressure on tetrahedra) and deal.II is in space.cc.
#pragma once

#include "core/mesh/mesh.h"

#include <mpi.h>

#include <array>
#include <vector>

namespace vivicor
{
  /// One block of unknowns (three displacements, one pressure) per node, numbered so that each rank owns a contiguous range.
  struct Space
  {
    std::vector<long long> number; ///< block of each node of the mesh; -1 for nodes without a cell
    long long begin = 0, end = 0;  ///< blocks owned by this rank
    long long blocks = 0;          ///< of all ranks
    std::vector<unsigned> cells;   ///< this rank's cells, as numbered in the mesh
  };

  /// The block that the four unknowns of a vertex (three displacements, then the pressure) make.
  /// @throws std::logic_error unless they stand in a row, from a multiple of four on: what all of the wall counts on
  long long block_of(const std::array<long long, 4> &unknowns);

  /// Collective. @param cell_rank owner of each cell; nodes between ranks go to the lowest
  Space build_space(MPI_Comm comm, const std::vector<Point3> &points, const std::vector<std::array<unsigned, 4>> &cells,
                    const std::vector<unsigned> &cell_rank);
}
