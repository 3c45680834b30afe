#include "coupling/observers.h"

#include <algorithm>
#include <stdexcept>

namespace vivicor
{
  void declare_observers(Schema &deck)
  {
    for (const auto &[name, observer] : registry<Observer>())
      if (observer.declare)
        observer.declare(deck);
  }

  Observers::Observers(const Parameters &deck, const Observer::Context &context)
  {
    for (const auto &[name, registered] : registry<Observer>())
      if (auto observer = registered.create(deck, context))
        observers.emplace_back(name, std::move(observer));
    std::stable_sort(observers.begin(), observers.end(),
                     [](const auto &a, const auto &b) { return a.second->order() < b.second->order(); });
  }

  void Observers::start(const SimulationView &simulation)
  {
    for (const auto &[name, observer] : observers)
      observer->start(simulation);
  }

  void Observers::resume(const SimulationView &simulation)
  {
    for (const auto &[name, observer] : observers)
      observer->resume(simulation);
  }

  void Observers::after_step(const SimulationView &simulation)
  {
    for (const auto &[name, observer] : observers)
      observer->after_step(simulation);
  }

  void Observers::finish(const SimulationView &simulation)
  {
    for (const auto &[name, observer] : observers)
      observer->finish(simulation);
  }

  void Observers::pause(const SimulationView &simulation)
  {
    for (const auto &[name, observer] : observers)
      observer->pause(simulation);
  }

  void Observers::contribute(const SimulationView &simulation, Results &results)
  {
    for (const auto &[name, observer] : observers)
      observer->contribute(simulation, results);
  }

  void Observers::archive(Archive &archive)
  {
    for (const auto &[name, observer] : observers)
      observer->archive(archive);
  }

  void Observers::load(Archive &archive, const std::vector<std::string> &saved)
  {
    for (const auto &[name, observer] : observers)
      if (std::find(saved.begin(), saved.end(), name) != saved.end())
        observer->archive(archive);
  }

  std::vector<std::string> Observers::names() const
  {
    std::vector<std::string> result;
    for (const auto &[name, observer] : observers)
      result.push_back(name);
    return result;
  }

  double Observers::sampling_interval() const
  {
    double interval = 0;
    for (const auto &[name, observer] : observers)
      if (const double wanted = observer->sampling_interval(); wanted > 0)
        {
          if (interval > 0 && wanted != interval)
            throw std::logic_error("observers want samples at two intervals; '" + name + "' is the second");
          interval = wanted;
        }
    return interval;
  }

  const Recording *Observers::recording(const std::string &observer) const
  {
    for (const auto &[name, candidate] : observers)
      if (name == observer)
        return candidate->recording();
    return nullptr;
  }
}
