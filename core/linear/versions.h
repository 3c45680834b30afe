// Versions of the libraries that only core/linear may see.
#pragma once

#include <map>
#include <string>

namespace vivicor
{
  std::map<std::string, std::string> linear_library_versions();
}
