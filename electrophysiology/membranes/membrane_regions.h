// Regions of the mesh whose cells have other channels than the rest of their tissue: border zones, channelopathies.
#pragma once

#include "electrophysiology/membranes/drug_block.h"
#include "electrophysiology/tissue/refined_mesh.h"

#include <cstdint>
#include <string>
#include <vector>

namespace vivicor
{
  /// Entries "regions": by name of a region of the mesh, factors on channels.
  void declare_membrane_regions(Schema &membranes);

  class MembraneRegions
  {
  public:
    struct Region
    {
      std::string name;
      Tissue tissue;
      std::vector<ChannelFactor> factors;
    };

    /// @param membranes the deck's section "membranes"
    /// @throws UserError for regions that the mesh has not or that are not excitable
    MembraneRegions(const Anatomy &anatomy, const Parameters &membranes);

    /// 0 for the common cells, 1 + i for those of regions[i]. Nodes on the border of a region belong to it; of two
    /// regions to the one that the deck names first.
    unsigned of(const NodeKey &key) const;

    std::vector<Region> regions;

  private:
    /// Bit i of a node of the anatomy: it touches a cell of regions[i].
    std::vector<std::uint64_t> touches;
  };
}
