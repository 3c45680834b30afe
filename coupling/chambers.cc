#include "coupling/chambers.h"

#include "core/error.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    std::string listed(const std::vector<std::string> &names)
    {
      std::string text;
      for (const std::string &name : names)
        text += (text.empty() ? "" : ", ") + name;
      return text;
    }
  }

  ChamberPort::ChamberPort(const std::vector<std::string> &cavities, const std::vector<std::string> &chambers)
  {
    for (const std::string &name : cavities)
      if (std::find(chambers.begin(), chambers.end(), name) == chambers.end())
        throw UserError({"the cavity '" + name + "' is no chamber of the circulation", "deck key mesh.cavities." + name,
                         "this circulation knows the chambers " + listed(chambers) + " only", nearest_of(name, chambers),
                         "rename the cavity, leave it out, or choose a circulation with that chamber"});
    for (const std::string &name : chambers)
      {
        const auto found = std::find(cavities.begin(), cavities.end(), name);
        if (found == cavities.end())
          throw UserError({"the chamber " + name + " has no cavity in the mesh", "deck section mesh.cavities",
                           "the circulation needs the chambers " + listed(chambers), "",
                           "name the tags of its closed inner surface, or choose a circulation without that chamber"});
        cavity.push_back(static_cast<std::size_t>(found - cavities.begin()));
      }
  }

  Chambers ChamberPort::to_chambers(const std::vector<double> &by_cavity) const
  {
    Chambers result;
    for (const std::size_t place : cavity)
      result.push_back(by_cavity[place]);
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
