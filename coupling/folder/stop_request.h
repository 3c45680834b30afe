// Asking a run to stop: by signal or by a file. Before there is something to save it ends at once, later at the end of its
// step and with a checkpoint.
#pragma once

#include <string>

namespace vivicor
{
  /// While it lives, SIGTERM, SIGUSR1 and SIGINT do not simply end the program.
  ///
  /// At first they end it at once, wherever it is, with a word on rank 0 that says why and how to begin again: until the
  /// first step there is nothing to save. After note_from_now_on() they are noted, however many come; only a SIGINT more than
  /// a second after the first ends the program: whoever presses Ctrl-C twice does not want to wait, while launchers and
  /// terminals may send one press two times.
  class StopSignals
  {
  public:
    struct Early
    {
      std::string advice; ///< said after "stopped by NAME before its first step; "; empty: say nothing, as on ranks other than 0
      int exit_code = 0;  ///< 0: end by the signal, which a shell shows as 128 and its number
    };
    explicit StopSignals(Early early);
    ~StopSignals(); ///< what the signals did before they do again
    StopSignals(const StopSignals &) = delete;
    StopSignals &operator=(const StopSignals &) = delete;

    void note_from_now_on();

    /// Name of the latest signal this rank noted, or empty.
    static std::string received();
  };
}
