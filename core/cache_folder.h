// Where the program may keep what it can compute again.
#pragma once

#include <string>

namespace vivicor
{
  /// $XDG_CACHE_HOME/vivicor, or ~/.cache/vivicor where that is unset (XDG Base Directory Specification; a relative path
  /// counts as unset). Empty if there is no home either: then nothing is cached. The folder need not exist.
  std::string cache_folder();
}
