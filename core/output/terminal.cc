#include "core/output/terminal.h"

#include <filesystem>
#include <string>

namespace vivicor
{
  bool on_terminal(std::FILE *stream, pid_t launcher)
  {
    if (!stream || !isatty(fileno(stream)))
      return false;
    std::error_code unknown;
    const std::string target = std::filesystem::read_symlink("/proc/" + std::to_string(launcher) + "/fd/1", unknown);
    return unknown || target.rfind("/dev/pts/", 0) == 0 || target.rfind("/dev/tty", 0) == 0 || target == "/dev/console";
  }
}
