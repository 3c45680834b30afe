#include "core/ode/versions.h"

#include <sundials/sundials_config.h>

namespace vivicor
{
  std::map<std::string, std::string> ode_library_versions()
  {
    return {{"SUNDIALS", SUNDIALS_VERSION}};
  }
}
