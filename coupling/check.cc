#include "core/log.h"
#include "core/mpi.h"
#include "coupling/deck.h"
#include "coupling/run.h"
#include "coupling/run_folders.h"
#include "mechanics/mechanics.h"
#include "meshes/fibres/fibres.h"
#include "meshes/quality.h"

#include <cmath>
#include <iostream>

namespace vivicor
{
  namespace
  {
    // Measured on the default beat, one core (docs/performance.md): what the estimate is made of.
    constexpr double bytes_per_mechanics_node = 25e3, bytes_per_ep_node = 1.5e3, bytes_per_rank = 150e6;
    constexpr double s_per_ep_node_step = 2.5e-7, s_per_mechanics_node_step = 2.2e-4;

    struct Estimate
    {
      double memory_MB = 0, seconds = 0;
    };

    Estimate estimate(const MeshQuality &quality, const Parameters &deck, int ranks)
    {
      const auto electrophysiology = deck.section("electrophysiology");
      const double refinement = static_cast<double>(electrophysiology.integer("refinement"));
      const double ep_nodes = static_cast<double>(quality.nodes) * std::pow(8.0, refinement);
      const Parameters time = deck.section("time");
      const double end = time.quantity("cycle_length") * static_cast<double>(time.integer("beats"));
      const double wall_steps = end / time.quantity("mechanics_step"), ep_steps = end / electrophysiology.quantity("time_step");
      Estimate result;
      result.memory_MB =
        (ranks * bytes_per_rank + static_cast<double>(quality.nodes) * bytes_per_mechanics_node + ep_nodes * bytes_per_ep_node) / 1e6;
      result.seconds = (wall_steps * static_cast<double>(quality.nodes) * s_per_mechanics_node_step +
                        ep_steps * ep_nodes * s_per_ep_node_step) / ranks;
      return result;
    }
  }

  void check(MPI_Comm comm, const RunOptions &options)
  {
    const Deck deck = read_deck(options.deck_file, deck_schema(), options.settings);
    check_mechanics(regions_of(deck.parameters), deck.parameters);
    const Anatomy anatomy = build_anatomy(deck.parameters, mesh_folders(deck, options));
    build_fibres(anatomy, deck.parameters);
    const MeshQuality quality = quality_of(anatomy);
    const Estimate cost = estimate(quality, deck.parameters, size_of(comm));
    if (rank_of(comm) != 0)
      return;
    std::cout << describe(quality) << "\nestimate on " << size_of(comm) << " ranks: " << std::lround(cost.memory_MB) << " MB, "
              << std::lround(cost.seconds / 60.0 * 10.0) / 10.0 << " minutes\n"
              << options.deck_file << ": no fault found\n";
  }
}
