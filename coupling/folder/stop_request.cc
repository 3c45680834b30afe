#include "coupling/folder/stop_request.h"

#include <csignal>

namespace vivicor
{
  namespace
  {
    // All that a handler may touch.
    volatile std::sig_atomic_t latest = 0;

    extern "C" void note(int signal)
    {
      latest = signal;
      if (signal == SIGINT)
        std::signal(SIGINT, SIG_DFL); // whoever presses Ctrl-C twice does not want to wait
    }

    constexpr int noted[] = {SIGTERM, SIGUSR1, SIGINT};
    struct sigaction before[3];
  }

  StopSignals::StopSignals()
  {
    latest = 0;
    struct sigaction action = {};
    action.sa_handler = note;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART; // reads and writes under way go on
    for (unsigned k = 0; k < 3; ++k)
      sigaction(noted[k], &action, &before[k]);
  }

  StopSignals::~StopSignals()
  {
    for (unsigned k = 0; k < 3; ++k)
      sigaction(noted[k], &before[k], nullptr);
    latest = 0; // answered
  }

  std::string StopSignals::received()
  {
    switch (latest)
      {
      case SIGTERM:
        return "SIGTERM";
      case SIGUSR1:
        return "SIGUSR1";
      case SIGINT:
        return "Ctrl-C";
      default:
        return "";
      }
  }
}
