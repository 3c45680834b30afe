// All observers that a deck asks for, in the order in which they are called.
#pragma once

#include "coupling/observer.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace vivicor
{
  /// The entries of every registered observer: each adds its own to the sections of the deck.
  void declare_observers(Schema &deck);

  class Observers
  {
  public:
    /// Collective. @throws UserError for what an observer cannot be made from
    Observers(const Parameters &deck, const Observer::Context &context);

    void start(const SimulationView &simulation);
    void resume(const SimulationView &simulation);
    void after_step(const SimulationView &simulation);
    void finish(const SimulationView &simulation);
    void pause(const SimulationView &simulation);
    void contribute(const SimulationView &simulation, Results &results);
    void archive(Archive &archive);
    /// The same for those that were saved: one that the earlier part of the run did not have starts here.
    void load(Archive &archive, const std::vector<std::string> &saved);
    std::vector<std::string> names() const;

    /// ms; 0 where no observer wants samples. The simulation samples at one interval.
    double sampling_interval() const;
    /// Null where there is no such observer or it records nothing.
    const Recording *recording(const std::string &observer) const;

  private:
    std::vector<std::pair<std::string, std::unique_ptr<Observer>>> observers;
  };
}
