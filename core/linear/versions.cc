#include "core/linear/versions.h"

#include <deal.II/base/config.h>

#include <Trilinos_version.h>

namespace vivicor
{
  std::map<std::string, std::string> linear_library_versions()
  {
    return {{"deal.II", DEAL_II_PACKAGE_VERSION}, {"Trilinos", TRILINOS_VERSION_STRING}};
  }
}
