#include "electrophysiology/readout/region_statistics.h"

#include "core/mpi.h"
#include "electrophysiology/tissue/matrices.h"

#include <cmath>

namespace vivicor
{
  RegionStatistics::RegionStatistics(const RefinedMesh &mesh, const Anatomy &anatomy)
  {
    std::vector<unsigned> place(anatomy.regions.size(), 0);
    for (std::size_t r = 0; r < anatomy.regions.size(); ++r)
      if (anatomy.regions[r].tissue != Tissue::passive)
        {
          place[r] = static_cast<unsigned>(names.size());
          names.push_back(anatomy.regions[r].name);
        }
    for (std::size_t c = 0; c < mesh.n_own_cells; ++c)
      {
        cell_region.push_back(place[anatomy.cell_region[mesh.parent[c]]]);
        quarter.push_back(p1_cell(mesh, c).volume / 4);
      }
  }

  std::vector<Statistic> RegionStatistics::of(MPI_Comm comm, const RefinedMesh &mesh, const AlignedVector &field,
                                              std::vector<double> &volume) const
  {
    constexpr double large = std::numeric_limits<double>::max();
    const std::size_t n = names.size();
    std::vector<double> totals(2 * n, 0.0), least(n, large), most(n, -large);
    const auto each = [&](const auto &visit) {
      for (std::size_t c = 0; c < mesh.n_own_cells; ++c)
        for (const unsigned node : mesh.cells[c])
          if (field[node] != ActivationMap::never)
            visit(cell_region[c], quarter[c], field[node]);
    };
    each([&](unsigned r, double weight, double value) {
      totals[r] += weight;
      totals[n + r] += weight * value;
      least[r] = std::min(least[r], value);
      most[r] = std::max(most[r], value);
    });
    sum(totals, comm);
    std::vector<double> squares(n, 0.0);
    each([&](unsigned r, double weight, double value) { squares[r] += weight * std::pow(value - totals[n + r] / totals[r], 2); });
    sum(squares, comm);
    MPI_Allreduce(MPI_IN_PLACE, least.data(), static_cast<int>(n), MPI_DOUBLE, MPI_MIN, comm);
    MPI_Allreduce(MPI_IN_PLACE, most.data(), static_cast<int>(n), MPI_DOUBLE, MPI_MAX, comm);
    volume.assign(totals.begin(), totals.begin() + static_cast<std::ptrdiff_t>(n));
    std::vector<Statistic> result(n);
    for (std::size_t r = 0; r < n; ++r)
      if (totals[r] > 0)
        result[r] = {totals[n + r] / totals[r], std::sqrt(squares[r] / totals[r]), least[r], most[r]};
    return result;
  }

  std::vector<RegionalMaps> RegionStatistics::operator()(MPI_Comm comm, const RefinedMesh &mesh, const AlignedVector &activation,
                                                         const AlignedVector &repolarisation, const AlignedVector &apd90,
                                                         const AlignedVector &velocity) const
  {
    constexpr double mm3_in_mL = 1000;
    std::vector<double> whole, activated, ignored;
    of(comm, mesh, AlignedVector(mesh.n_local(), 0.0), whole);
    const auto on = of(comm, mesh, activation, activated), off = of(comm, mesh, repolarisation, ignored),
               duration = of(comm, mesh, apd90, ignored), speed = of(comm, mesh, velocity, ignored);
    std::vector<RegionalMaps> rows;
    for (std::size_t r = 0; r < names.size(); ++r)
      rows.push_back({names[r], whole[r] / mm3_in_mL, whole[r] > 0 ? activated[r] / whole[r] : 0.0, on[r], off[r], duration[r], speed[r]});
    return rows;
  }
}
