#include "coupling/calcium_supply.h"

#include "core/log.h"
#include "electrophysiology/membranes/membranes.h"
#include "mechanics/wall/regions.h"

namespace vivicor
{
  namespace
  {
    std::string joined(const std::vector<std::string> &parts)
    {
      std::string text;
      for (const std::string &part : parts)
        text += (text.empty() ? "" : ", ") + part;
      return text;
    }
  }

  std::vector<std::string> regions_without_calcium(const std::vector<Region> &regions, const Parameters &deck)
  {
    if (deck.section("mechanics").text("model") != "wall")
      return {}; // no muscle
    const auto laws = build_region_laws(regions, deck.section("mechanics"));
    std::vector<std::string> found;
    for (std::size_t r = 0; r < regions.size(); ++r)
      {
        const RegionLaw &law = laws[r];
        if (!law.active || law.active_scale == 0) // every tension of the contract follows calcium
          continue;
        if (regions[r].tissue == Tissue::passive)
          found.push_back(regions[r].name + " (not excitable)");
        else if (const auto cells = cells_without_calcium(deck.section("electrophysiology"), regions[r].tissue); !cells.empty())
          found.push_back(regions[r].name + " (" + joined(cells) + ")");
      }
    return found;
  }

  void warn_of_missing_calcium(const std::vector<Region> &regions, const Parameters &deck)
  {
    if (const auto found = regions_without_calcium(regions, deck); !found.empty())
      log::warn("no calcium for the active tension of {}: this muscle does not contract; choose cells with calcium "
                "(vivicor list models), or active.model none",
                joined(found));
  }
}
