// Asking a run to stop at the end of its step, with a checkpoint: by signal or by a file.
#pragma once

#include <string>

namespace vivicor
{
  /// While it lives, SIGTERM, SIGUSR1 and SIGINT are noted instead of ending the program; a second SIGINT ends it at once.
  class StopSignals
  {
  public:
    StopSignals();
    ~StopSignals(); ///< what the signals did before they do again
    StopSignals(const StopSignals &) = delete;
    StopSignals &operator=(const StopSignals &) = delete;

    /// Name of the latest signal this rank received, or empty.
    static std::string received();
  };
}
