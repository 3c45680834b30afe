#include "coupling/folder/stop_request.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>

#include <unistd.h>

namespace vivicor
{
  namespace
  {
    // All that a handler may touch.
    volatile std::sig_atomic_t latest = 0, notes = 0, early_exit_code = 0;
    std::atomic<long long> interrupted_ms{-1}; // when the first SIGINT came
    std::string advice;                        // does not change while the handlers are in place
    static_assert(std::atomic<long long>::is_always_lock_free);

    constexpr std::array<int, 3> heeded{SIGTERM, SIGUSR1, SIGINT};
    std::array<struct sigaction, 3> before;

    const char *name_of(int signal)
    {
      return signal == SIGTERM ? "SIGTERM" : signal == SIGUSR1 ? "SIGUSR1" : signal == SIGINT ? "Ctrl-C" : "";
    }

    long long now_ms()
    {
      timespec now{};
      clock_gettime(CLOCK_MONOTONIC, &now);
      return 1000LL * now.tv_sec + now.tv_nsec / 1000000;
    }

    void say(const char *text, std::size_t length)
    {
      while (length > 0)
        {
          const ssize_t written = write(STDERR_FILENO, text, length);
          if (written <= 0)
            return;
          text += written;
          length -= static_cast<std::size_t>(written);
        }
    }

    void end_by(int signal)
    {
      struct sigaction usual = {};
      usual.sa_handler = SIG_DFL;
      sigaction(signal, &usual, nullptr);
      sigset_t held;
      sigemptyset(&held);
      sigaddset(&held, signal);
      pthread_sigmask(SIG_UNBLOCK, &held, nullptr);
      raise(signal);
    }

    void end_before_the_first_step(int signal)
    {
      if (!advice.empty())
        {
          for (const char *part : {"vivicor: stopped by ", name_of(signal), " before its first step; "})
            say(part, std::strlen(part));
          say(advice.data(), advice.size());
          say("\n", 1);
        }
      if (early_exit_code != 0)
        _exit(early_exit_code);
      end_by(signal);
    }

    extern "C" void heed(int signal);

    void install(int signal, struct sigaction *old)
    {
      struct sigaction action = {};
      action.sa_handler = heed;
      sigemptyset(&action.sa_mask);
      for (const int other : heeded)
        sigaddset(&action.sa_mask, other);
      action.sa_flags = SA_RESTART; // reads and writes under way go on
      sigaction(signal, &action, old);
    }

    extern "C" void heed(int signal)
    {
      const int error = errno;
      install(signal, nullptr); // a library that borrowed the signal may have given it back for one call only
      if (!notes)
        end_before_the_first_step(signal);
      if (signal == SIGINT)
        {
          constexpr long long one_press = 1000; // ms
          long long first = -1;
          const long long now = now_ms();
          if (!interrupted_ms.compare_exchange_strong(first, now) && now - first > one_press)
            end_by(signal);
        }
      latest = signal;
      errno = error;
    }
  }

  StopSignals::StopSignals(Early early)
  {
    latest = 0;
    notes = 0;
    interrupted_ms = -1;
    advice = std::move(early.advice);
    early_exit_code = early.exit_code;
    for (std::size_t k = 0; k < heeded.size(); ++k)
      install(heeded[k], &before[k]);
  }

  StopSignals::~StopSignals()
  {
    for (std::size_t k = 0; k < heeded.size(); ++k)
      sigaction(heeded[k], &before[k], nullptr);
    latest = 0; // answered
  }

  void StopSignals::note_from_now_on()
  {
    notes = 1;
  }

  std::string StopSignals::received()
  {
    return name_of(latest);
  }
}
