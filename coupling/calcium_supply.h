// Whether the muscle gets the calcium that its tension asks for.
#pragma once

#include "core/parameters/parameters.h"
#include "meshes/anatomy.h"

#include <string>
#include <vector>

namespace vivicor
{
  /// Regions with an active tension, which needs calcium, whose cells have none, each with the cells' names: they never contract.
  /// @throws UserError for laws that do not fit the regions
  std::vector<std::string> regions_without_calcium(const std::vector<Region> &regions, const Parameters &deck);

  /// One warning in the log where there are any.
  void warn_of_missing_calcium(const std::vector<Region> &regions, const Parameters &deck);
}
