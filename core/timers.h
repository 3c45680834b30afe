// Wall time by name, accumulated. The names are those of summary.json's "time_s".
#pragma once

#include <chrono>
#include <map>
#include <string>

namespace vivicor
{
  class Timers
  {
  public:
    /// Adds the time between its construction and its destruction to one name.
    class Scope
    {
    public:
      Scope(Timers &timers, const std::string &name) : total(timers.totals[name]), start(Clock::now()) {}
      ~Scope() { total += std::chrono::duration<double>(Clock::now() - start).count(); }
      Scope(const Scope &) = delete;
      Scope &operator=(const Scope &) = delete;

    private:
      using Clock = std::chrono::steady_clock;
      double &total;
      Clock::time_point start;
    };

    Scope scope(const std::string &name) { return Scope(*this, name); }
    double seconds(const std::string &name) const
    {
      const auto found = totals.find(name);
      return found == totals.end() ? 0.0 : found->second;
    }
    const std::map<std::string, double> &all() const { return totals; }

  private:
    std::map<std::string, double> totals; ///< s
  };
}
