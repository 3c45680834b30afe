#include "electrophysiology/membranes/membrane_regions.h"

#include "core/error.h"

#include <algorithm>
#include <bit>

namespace vivicor
{
  namespace
  {
    constexpr std::size_t most_regions = 64; // bits of a mask

    /// @throws UserError where the mesh has no excitable region of this name
    std::size_t excitable_region(const Anatomy &anatomy, const std::string &name, const std::string &where)
    {
      std::vector<std::string> known;
      for (const auto &region : anatomy.regions)
        if (region.tissue != Tissue::passive)
          known.push_back(region.name);
      const auto found = std::find_if(anatomy.regions.begin(), anatomy.regions.end(),
                                      [&](const auto &region) { return region.name == name; });
      if (found == anatomy.regions.end() || found->tissue == Tissue::passive)
        throw UserError({"no excitable region named '" + name + "'", where,
                         found == anatomy.regions.end() ? "the mesh has none" : "its tissue is passive and has no cells",
                         nearest_of(name, known), "use the name of a region of the ventricles or the atria"});
      return static_cast<std::size_t>(found - anatomy.regions.begin());
    }
  }

  void declare_membrane_regions(Schema &membranes)
  {
    Schema region = membranes.items("regions", "Regions of the mesh, by name, whose cells have other channels than their tissue.");
    declare_channel_factors(region);
  }

  MembraneRegions::MembraneRegions(const Anatomy &anatomy, const Parameters &membranes) : touches(anatomy.points.size(), 0)
  {
    const Parameters section = membranes.section("regions");
    std::vector<std::uint64_t> bit(anatomy.regions.size(), 0);
    for (const auto &name : membranes.names("regions"))
      {
        if (regions.size() == most_regions)
          throw UserError({"more than 64 regions of membranes", section.where(name), "a node's regions are kept in 64 bits", "",
                           "merge regions with the same factors"});
        const std::size_t r = excitable_region(anatomy, name, section.where(name));
        bit[r] = std::uint64_t{1} << regions.size();
        regions.push_back({name, anatomy.regions[r].tissue, channel_factors(section.section(name))});
      }
    for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
      for (const unsigned node : anatomy.cells[c])
        touches[node] |= bit[anatomy.cell_region[c]];
  }

  unsigned MembraneRegions::of(const NodeKey &key) const
  {
    std::uint64_t common = ~std::uint64_t{0};
    for (const auto carrier : key.carrier)
      if (carrier != NodeKey::none)
        common &= touches[carrier];
    // Where an atrium touches a ventricle, a node exists in both tissues and only one of them may be meant.
    for (unsigned i = 0; i < regions.size(); ++i)
      if (regions[i].tissue != key.tissue)
        common &= ~(std::uint64_t{1} << i);
    return common ? 1u + static_cast<unsigned>(std::countr_zero(common)) : 0u;
  }
}
