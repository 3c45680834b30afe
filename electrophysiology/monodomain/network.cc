#include "electrophysiology/monodomain/monodomain.h"

#include <algorithm>

namespace vivicor
{
  ElectricalHeart::Network Monodomain::network() const
  {
    const HisPurkinje *purkinje = conduction_system.purkinje();
    if (!purkinje)
      return {};
    const PurkinjeTree &tree = purkinje->purkinje_tree();
    Network network{
      tree.points, tree.parent, {}, std::vector<char>(tree.points.size(), 0), purkinje->activation(conduction_system.state.network)};
    for (const unsigned bundle : tree.bundle)
      network.part.push_back(tree.bundles[bundle]);
    for (const unsigned node : tree.junctions)
      network.is_junction[node] = 1;
    for (double &time : network.activation)
      time = std::max(-1.0, time - conduction_system.state.beat_start);
    return network;
  }
}
