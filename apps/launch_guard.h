// Commands that must not be run by many processes which do not know of each other.
#pragma once

#include "core/cluster/launch.h"

#include <string>

namespace vivicor
{
  /// Whether this command may go on with so many ranks. Those that spread a heart over ranks refuse whenever more were asked for;
  /// those that one process does, when a launcher started several, but not for the mere job around them; those that only tell
  /// something never. A command that is not known counts as one of the second kind.
  Launch launch_of(const std::string &command, int ranks, const Environment &environment);
}
