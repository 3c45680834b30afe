#include "core/log.h"
#include "core/mesh/partition.h"
#include "core/mpi.h"
#include "coupling/calcium_supply.h"
#include "coupling/deck.h"
#include "coupling/devices.h"
#include "coupling/observers.h"
#include "coupling/simulation.h"
#include "coupling/tasks/run.h"
#include "coupling/tasks/run_folders.h"
#include "coupling/validate.h"
#include "electrophysiology/validate.h"
#include "meshes/fibres/fibres.h"
#include "meshes/quality.h"

#include <algorithm>
#include <cmath>
#include <iostream>

namespace vivicor
{
  namespace
  {
    // Measured on the default beat and on the imaged human heart (docs/performance.md): what the estimate is made of.
    constexpr double bytes_per_mechanics_node = 9e3, bytes_per_ep_node = 1.5e3, bytes_per_rank = 200e6;
    constexpr double s_per_ep_node_step = 1.4e-7; // of one core

    /// Of one core; iterations and the coarse level of the linear solver grow with the mesh.
    double s_per_mechanics_node_step(double nodes)
    {
      return 2.2e-5 * std::sqrt(std::max(1.0, nodes / 5000));
    }

    /// Nodes of the muscle after `refinement` uniform refinements: each adds one on every edge, which then multiply by eight.
    double electrical_nodes(const Anatomy &anatomy, long refinement)
    {
      std::vector<std::pair<unsigned, unsigned>> edges; // those from a node to itself are the nodes
      for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
        if (anatomy.regions[anatomy.cell_region[c]].tissue != Tissue::passive)
          for (const unsigned a : anatomy.cells[c])
            for (const unsigned b : anatomy.cells[c])
              if (a == b || (refinement > 0 && a < b))
                edges.emplace_back(a, b);
      std::sort(edges.begin(), edges.end());
      const auto distinct = std::unique(edges.begin(), edges.end()) - edges.begin();
      return static_cast<double>(distinct) * std::pow(8.0, std::max(0L, refinement - 1));
    }

    struct Estimate
    {
      double memory_MB = 0, seconds = 0;
    };

    Estimate estimate(const Anatomy &anatomy, const Parameters &deck, int ranks)
    {
      const auto electrophysiology = deck.section("electrophysiology");
      const bool has_wall = deck.section("mechanics").has("tissue");
      const double nodes = has_wall ? static_cast<double>(anatomy.points.size()) : 0.0;
      const double ep_nodes = electrical_nodes(anatomy, electrophysiology.integer("refinement"));
      const Parameters time = deck.section("time");
      const double end = end_of_run(time);
      const double wall_steps = end / time.quantity("mechanics_step"), ep_steps = end / electrophysiology.quantity("time_step");
      Estimate result;
      result.memory_MB = (ranks * bytes_per_rank + nodes * bytes_per_mechanics_node + ep_nodes * bytes_per_ep_node) / 1e6;
      result.seconds = (wall_steps * nodes * s_per_mechanics_node_step(nodes) + ep_steps * ep_nodes * s_per_ep_node_step) / ranks;
      return result;
    }
  }

  void check(MPI_Comm comm, const RunOptions &options)
  {
    const Deck deck = read_deck(comm, options.deck_file, options.settings);
    validate_deck(comm, deck.parameters, mesh_folders(deck, options));
    const Anatomy anatomy = build_anatomy(comm, deck.parameters, mesh_folders(deck, options));
    const Observers observers(deck.parameters, {comm, anatomy, "", mesh_folders(deck, options), true});
    const Fibres fibres = build_fibres(anatomy, deck.parameters);
    validate_heart(deck.parameters, anatomy, fibres);
    const Devices devices(deck.parameters, anatomy, deck.parameters.section("time").quantity("cycle_length"));
    validate_electrophysiology(
      comm, anatomy, fibres,
      partition_cells(anatomy.cells, anatomy.points.size(), static_cast<unsigned>(size_of(comm)), cell_weights(anatomy)), deck.parameters,
      devices.electrical());
    warn_of_missing_calcium(anatomy.regions, deck.parameters);
    const MeshQuality quality = quality_of(anatomy);
    const Estimate cost = estimate(anatomy, deck.parameters, size_of(comm));
    if (rank_of(comm) != 0)
      return;
    std::cout << describe(quality) << "\nestimate on " << size_of(comm) << " ranks: " << std::lround(cost.memory_MB) << " MB, "
              << std::lround(cost.seconds / 60.0 * 10.0) / 10.0 << " minutes\n"
              << options.deck_file << ": no fault found\n";
  }
}
