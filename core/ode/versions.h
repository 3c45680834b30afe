// Version of the library that only core/ode may see.
#pragma once

#include <map>
#include <string>

namespace vivicor
{
  std::map<std::string, std::string> ode_library_versions();
}
