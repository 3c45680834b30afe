#include "electrophysiology/readout/meshed_heart.h"

#include "core/mpi.h"
#include "electrophysiology/membranes/membranes.h"

#include <utility>

namespace vivicor
{
  namespace
  {
    /// In the order in which this rank's own cells name them.
    std::vector<unsigned> nodes_of_own_cells(const RefinedMesh &mesh)
    {
      std::vector<char> seen(mesh.n_local(), 0);
      std::vector<unsigned> nodes;
      for (std::size_t c = 0; c < mesh.n_own_cells; ++c)
        for (const unsigned node : mesh.cells[c])
          if (!std::exchange(seen[node], 1))
            nodes.push_back(node);
      return nodes;
    }

    /// Nodes of the anatomy that belong to an atrium and to a ventricle.
    std::vector<char> ring_nodes(const Anatomy &anatomy)
    {
      std::vector<char> kinds(anatomy.points.size(), 0);
      for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
        if (const Tissue tissue = anatomy.regions[anatomy.cell_region[c]].tissue; tissue != Tissue::passive)
          for (const unsigned node : anatomy.cells[c])
            kinds[node] |= tissue == Tissue::ventricle ? 1 : 2;
      for (char &kind : kinds)
        kind = kind == 3;
      return kinds;
    }
  }

  MeshedHeart::MeshedHeart(const Context &context, const Parameters &deck, unsigned n_membranes, unsigned degree)
    : comm(context.comm),
      mesh(build_refined_mesh(context.anatomy, context.cell_rank, static_cast<unsigned>(rank_of(comm)),
                              static_cast<unsigned>(deck.integer("refinement")), membrane_of(context.fibres, context.anatomy, deck),
                              n_membranes, degree)),
      halo(comm, mesh),
      electrocardiogram(mesh, context.anatomy, context.fibres, deck),
      electrograms_of_deck(mesh, context.anatomy, context.fibres, source_conductivities(deck), deck),
      statistics(mesh, context.anatomy),
      all_calcium(context.anatomy.points.size()),
      ventricular_calcium(all_calcium.size()),
      atrial_calcium(all_calcium.size()),
      piece_nodes(nodes_of_own_cells(mesh)),
      is_ring(ring_nodes(context.anatomy))
  {
    for (unsigned n = 0; n < mesh.n_local(); ++n)
      if (mesh.is_real(n) && mesh.keys[n].is_anatomy_node())
        own_anatomy_nodes.emplace_back(n, mesh.keys[n].carrier[0]);
  }

  void MeshedHeart::rest_calcium(double ventricular, double atrial)
  {
    for (auto *field : {&all_calcium, &ventricular_calcium, &atrial_calcium})
      std::fill(field->begin(), field->end(), field == &atrial_calcium ? atrial : ventricular);
  }

  void MeshedHeart::update_calcium()
  {
    AlignedVector values(mesh.n_local(), 0.0);
    cell_calcium(values.data());
    halo.update(values.data());
    for (const auto &[local, node] : own_anatomy_nodes)
      {
        const bool ventricle = mesh.keys[local].tissue == Tissue::ventricle;
        (ventricle ? ventricular_calcium : atrial_calcium)[node] = values[local];
        if (!is_ring[node])
          all_calcium[node] = values[local];
      }
  }

  std::vector<double> MeshedHeart::ecg() const
  {
    return electrocardiogram(comm, potential().data());
  }

  std::vector<double> MeshedHeart::electrograms() const
  {
    return electrograms_of_deck(comm, potential().data());
  }

  void MeshedHeart::sample(double t, const AlignedVector &V)
  {
    auto parts = electrocardiogram.electrodes().parts(V.data());
    const auto unipolar = electrograms_of_deck.electrodes().parts(V.data());
    parts.insert(parts.end(), unipolar.begin(), unipolar.end());
    recorder.add(t, std::move(parts));
  }

  std::vector<ElectricalHeart::Sample> MeshedHeart::take_samples()
  {
    std::vector<Sample> samples;
    for (auto &[t, values] : recorder.take(comm))
      {
        const auto unipolar = values.end() - static_cast<std::ptrdiff_t>(electrogram_names().size());
        samples.push_back({t, Electrocardiogram::leads_of(values), {unipolar, values.end()}});
      }
    return samples;
  }

  AlignedVector MeshedHeart::with_ghosts(const AlignedVector &owned) const
  {
    AlignedVector values(owned.begin(), owned.begin() + static_cast<std::ptrdiff_t>(mesh.n_owned));
    values.resize(mesh.n_local(), 0.0);
    halo.update(values.data());
    return values;
  }
}
