#include "coupling/chambers.h"

#include <algorithm>

namespace vivicor
{
  ChamberPort::ChamberPort(const std::vector<std::string> &cavities)
  {
    for (const std::string &name : cavities)
      if (std::find(chamber_names.begin(), chamber_names.end(), name) == chamber_names.end())
        throw UserError({"the cavity '" + name + "' is no chamber of the circulation", "deck key regions.cavities." + name,
                         "the closed loop knows the chambers LV, RV, LA and RA only", nearest_of(name, chamber_names),
                         "rename the cavity or leave it out"});
    for (std::size_t k = 0; k < chamber_names.size(); ++k)
      {
        const auto found = std::find(cavities.begin(), cavities.end(), chamber_names[k]);
        if (found == cavities.end())
          throw UserError({"the chamber " + chamber_names[k] + " has no cavity in the mesh", "deck section regions.cavities",
                           "the closed loop needs all four chambers", "", "name the tags of its closed inner surface"});
        cavity[k] = static_cast<std::size_t>(found - cavities.begin());
      }
  }

  Chambers ChamberPort::to_chambers(const std::vector<double> &by_cavity) const
  {
    Chambers result{};
    for (std::size_t k = 0; k < result.size(); ++k)
      result[k] = by_cavity[cavity[k]];
    return result;
  }

  std::vector<double> ChamberPort::to_cavities(const Chambers &by_chamber) const
  {
    std::vector<double> result(by_chamber.size());
    for (std::size_t k = 0; k < by_chamber.size(); ++k)
      result[cavity[k]] = by_chamber[k];
    return result;
  }
}
