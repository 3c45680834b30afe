#include "mechanics/boundary/surface_term.h"

#include "core/error.h"

#include <vector>

namespace vivicor
{
  const Surface &named_surface(const Anatomy &anatomy, const std::string &name, const std::string &where)
  {
    if (name == "epicardium")
      return anatomy.epicardium;
    if (name == "vessel_ends")
      return anatomy.fixed;
    if (const auto found = anatomy.cavities.find(name); found != anatomy.cavities.end())
      return found->second;
    std::vector<std::string> names{"epicardium", "vessel_ends"};
    for (const auto &cavity : anatomy.cavities)
      names.push_back(cavity.first);
    throw UserError({"no surface '" + name + "'", where, "the heart has none of that name", nearest_of(name, names),
                     "name the epicardium, the vessel_ends or a cavity"});
  }
}
