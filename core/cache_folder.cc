#include "core/cache_folder.h"

#include <cstdlib>
#include <filesystem>

namespace vivicor
{
  std::string cache_folder()
  {
    namespace fs = std::filesystem;
    const char *cache = std::getenv("XDG_CACHE_HOME"), *home = std::getenv("HOME");
    if (cache && fs::path(cache).is_absolute())
      return (fs::path(cache) / "vivicor").string();
    if (home && fs::path(home).is_absolute())
      return (fs::path(home) / ".cache" / "vivicor").string();
    return "";
  }
}
