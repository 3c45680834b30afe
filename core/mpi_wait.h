// How a rank waits for the others: MPI's way, awake on its core, or asleep after a moment. Measurements and the reason:
// docs/decisions/0026-waiting-ranks.md.
#pragma once

namespace vivicor
{
  /// Instead of MPI_Init, and what it leads to: a rank that waits falls asleep unless OMPI_MCA_mpi_yield_when_idle is 0, and
  /// signals come to the thread that calls this, not to those that MPI starts for itself.
  void start_mpi(int &argc, char **&argv);

  /// What a wait has come to, in seconds of a monotonic clock: when to sleep and for how long. One for each thread.
  class Patience
  {
  public:
    /// After each look for news that found none. @return how long to sleep before the next; 0: not yet
    double after_a_look(double now);
    /// The thread is awake again.
    void woken(double now) { last = now; }

    static constexpr double spin = 20e-6;     ///< of a wait spent awake: most messages come sooner
    static constexpr double elsewhere = 3e-6; ///< between two looks: something else was done, so this is another wait
    static constexpr double share = 0.125;    ///< of the wait so far: what sleep may add to it
    static constexpr double shortest = 5e-6, longest = 1e-3;

  private:
    double last = -1, begun = -1;
  };
}
