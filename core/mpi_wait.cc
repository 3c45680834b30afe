// OpenMPI waits in a loop that looks for news and, with mpi_yield_when_idle, calls sched_yield() after each look that found
// none. That call is answered here, for every kind of wait and without a further message: a program's own definition of a
// library's function comes before the library's.
#include "core/mpi_wait.h"

#include <mpi.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <ctime>

#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace vivicor
{
  namespace
  {
    thread_local bool waits_for_ranks = false; // the thread that MPI was started from
    thread_local Patience patience;

    double seconds()
    {
      timespec now{};
      clock_gettime(CLOCK_MONOTONIC, &now);
      return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
    }

    /// Threads started meanwhile leave the signals that stop a run alone.
    class SignalsHeld
    {
    public:
      SignalsHeld()
      {
        sigset_t held;
        sigemptyset(&held);
        for (const int signal : {SIGTERM, SIGINT, SIGUSR1})
          sigaddset(&held, signal);
        pthread_sigmask(SIG_BLOCK, &held, &before);
      }
      ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before, nullptr); }
      SignalsHeld(const SignalsHeld &) = delete;
      SignalsHeld &operator=(const SignalsHeld &) = delete;

    private:
      sigset_t before;
    };
  }

  void start_mpi(int &argc, char **&argv)
  {
    constexpr unsigned long slack_ns = 1000; // the kernel's own 50 us would be most of a short sleep
    constexpr int keep_what_is_set = 0;
    setenv("OMPI_MCA_mpi_yield_when_idle", "1", keep_what_is_set);
    prctl(PR_SET_TIMERSLACK, slack_ns);
    waits_for_ranks = true;
    const SignalsHeld held;
    MPI_Init(&argc, &argv);
  }

  double Patience::after_a_look(double now)
  {
    if (now - last > elsewhere)
      begun = now;
    last = now;
    const double waited = now - begun;
    return waited <= spin ? 0.0 : std::clamp(share * waited, shortest, longest);
  }
}

extern "C" int sched_yield() noexcept
{
  using namespace vivicor;
  if (!waits_for_ranks)
    return static_cast<int>(syscall(SYS_sched_yield));
  if (const double sleep = patience.after_a_look(seconds()); sleep > 0)
    {
      const timespec duration{0, static_cast<long>(1e9 * sleep)};
      nanosleep(&duration, nullptr); // a signal ends it early, which does no harm
      patience.woken(seconds());
    }
  return 0;
}
