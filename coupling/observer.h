// Who watches a run: tables, fields, pictures, progress, and what remains in summary.json and report.html. An observer is one
// self-registering file in coupling/observers. How to add one: docs/howto/observer.md.
#pragma once

#include "core/checkpoint/archive.h"
#include "core/registry.h"
#include "coupling/results/results.h"
#include "coupling/simulation_view.h"

#include <mpi.h>

#include <string>
#include <vector>

namespace vivicor
{
  /// All calls are collective; the state that they see is committed. An observer sees the simulation and cannot change it.
  /// `create` gets the whole deck and returns null where that does not ask for the observer; it writes nothing yet.
  class Observer
  {
  public:
    /// What an observer is made from besides the deck: known before any part of the heart is set up.
    struct Context
    {
      MPI_Comm comm;
      const Anatomy &anatomy;                ///< as read, before it is unloaded
      std::string folder;                    ///< of the results; empty: nothing is written
      std::vector<std::string> data_folders; ///< where relative paths are sought
      bool quiet = false;                    ///< nothing on the terminal
    };

    virtual ~Observer() = default;

    /// Before the first step.
    virtual void start(const SimulationView &) {}
    /// Instead of start() in a resumed run, after archive() has loaded.
    virtual void resume(const SimulationView &) {}
    virtual void after_step(const SimulationView &) {}
    /// After the last step, or one at which the solver gave up.
    virtual void finish(const SimulationView &) {}
    /// Instead of finish() when the run stops here and is to be resumed.
    virtual void pause(const SimulationView &) {}
    /// After finish() of a whole run: what goes into the summary, the report and the folder.
    virtual void contribute(const SimulationView &, Results &) {}

    /// What a resumed run must know for this observer's results to be those of an unbroken one.
    virtual void archive(Archive &) {}

    /// The time (ms) between samples of leads and electrograms that it wants in SimulationView::samples(); 0: none.
    virtual double sampling_interval() const { return 0; }
    /// What others may read of it.
    virtual const Recording *recording() const { return nullptr; }
    /// Observers are called in ascending order, and by name within it.
    virtual int order() const { return 0; }
  };
}
