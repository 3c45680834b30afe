// When the nodes were activated and repolarised, in maps and in numbers.
#include "electrophysiology/readout/meshed_heart.h"

#include "core/mpi.h"
#include "electrophysiology/tissue/propagation.h"

#include <limits>

namespace vivicor
{
  namespace
  {
    double since(double start, double t)
    {
      return t == ActivationMap::never ? -1.0 : t - start;
    }
  }

  MeshedHeart::Maps MeshedHeart::maps() const
  {
    const Beat now = beat();
    Maps maps{with_ghosts(now.activation), with_ghosts(now.repolarisation), AlignedVector(mesh.n_local(), ActivationMap::never), {}};
    maps.velocity = with_ghosts(conduction_velocity(mesh, maps.activation));
    for (std::size_t n = 0; n < mesh.n_local(); ++n)
      {
        double &on = maps.activation[n], &off = maps.repolarisation[n];
        if (off != ActivationMap::never)
          maps.apd90[n] = off - on;
        for (double *time : {&on, &off})
          if (*time != ActivationMap::never)
            *time = since(now.start, *time);
      }
    return maps;
  }

  std::vector<RegionalMaps> MeshedHeart::regional_maps() const
  {
    const auto now = maps();
    return statistics(comm, mesh, now.activation, now.repolarisation, now.apd90, now.velocity);
  }

  ElectricalHeart::Activation MeshedHeart::activation() const
  {
    constexpr double large = std::numeric_limits<double>::max();
    const Beat now = beat();
    double first[2]{large, large}, last[2]{-large, -large}, repolarised = -large, active = 0, all = 0;
    for (std::size_t n = 0; n < mesh.n_owned; ++n)
      if (mesh.is_real(n))
        {
          ++all;
          const double a = now.activation[n], r = now.repolarisation[n];
          if (a == ActivationMap::never)
            continue;
          ++active;
          const unsigned kind = mesh.keys[n].tissue == Tissue::ventricle;
          first[kind] = std::min(first[kind], a);
          last[kind] = std::max(last[kind], a);
          if (kind && r != ActivationMap::never)
            repolarised = std::max(repolarised, r);
        }
    MPI_Allreduce(MPI_IN_PLACE, first, 2, MPI_DOUBLE, MPI_MIN, comm);
    MPI_Allreduce(MPI_IN_PLACE, last, 2, MPI_DOUBLE, MPI_MAX, comm);
    const double late = max(repolarised, comm), activated = sum(active, comm), nodes = sum(all, comm);
    Activation result;
    if (last[0] > -large)
      {
        result.atrial_start = since(now.start, first[0]);
        result.atrial_duration = last[0] - first[0];
      }
    if (last[1] > -large)
      {
        result.ventricular_start = since(now.start, first[1]);
        result.ventricular_duration = last[1] - first[1];
      }
    if (late > -large)
      result.ventricular_repolarisation = since(now.start, late);
    result.activated_fraction = nodes > 0 ? activated / nodes : 0;
    return result;
  }
}
