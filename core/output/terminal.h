// Whether somebody watches what is printed, or a log file takes it.
#pragma once

#include <sys/types.h>
#include <unistd.h>

#include <cstdio>

namespace vivicor
{
  /// Whether what is printed to `stream` ends on a terminal. mpirun hands its ranks terminals of its own even when its own output goes
  /// to a file, so the launcher's standard output decides as well where it can be read.
  /// @param launcher the process that started this one
  bool on_terminal(std::FILE *stream, pid_t launcher = getppid());
}
