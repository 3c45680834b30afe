// Where the scripts of in situ are that a deck names.
#pragma once

#include "core/parameters/parameters.h"

#include <string>
#include <vector>

namespace vivicor
{
  /// Each is sought as it is written and then in the folders. Looks at files: on one rank only.
  /// @param in_situ that section of a deck @throws UserError when one is not there
  std::vector<std::string> script_files(const Parameters &in_situ, const std::vector<std::string> &folders);
}
