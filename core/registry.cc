#include "core/registry.h"

#include <cstdio>
#include <cstdlib>
#include <source_location>

namespace vivicor
{
  void refuse_second_model(const std::string &name, const std::source_location &first, const std::source_location &second)
  {
    std::fprintf(stderr, "vivicor: two models are named '%s': %s:%u and %s:%u; rename one of them\n", name.c_str(), first.file_name(),
                 static_cast<unsigned>(first.line()), second.file_name(), static_cast<unsigned>(second.line()));
    std::_Exit(3);
  }
}
