// Mean, spread and range of nodal fields over the regions of the anatomy.
#pragma once

#include "electrophysiology/regional_maps.h"
#include "electrophysiology/tissue/activation_map.h"

#include <mpi.h>

namespace vivicor
{
  class RegionStatistics
  {
  public:
    RegionStatistics() = default;
    RegionStatistics(const RefinedMesh &mesh, const Anatomy &anatomy);

    /// Collective. One row for each excitable region of the anatomy, in its order; fields by local node with ghosts,
    /// `never` for no value. Every node counts with its share of this rank's cells, so that the answer is that of any
    /// partition.
    std::vector<RegionalMaps> operator()(MPI_Comm comm, const RefinedMesh &mesh, const AlignedVector &activation,
                                         const AlignedVector &repolarisation, const AlignedVector &apd90,
                                         const AlignedVector &velocity) const;

  private:
    std::vector<Statistic> of(MPI_Comm comm, const RefinedMesh &mesh, const AlignedVector &field, std::vector<double> &volume) const;

    std::vector<std::string> names;
    std::vector<unsigned> cell_region; ///< place in names, by own cell
    std::vector<double> quarter;       ///< mm^3, a quarter of the volume of an own cell
  };
}
