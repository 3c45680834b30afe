// A saved state in memory, for tests on any number of ranks: what a part archives, by name.
#pragma once

#include "core/checkpoint/archive.h"

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace vivicor::testing
{
  /// This rank's values of every state.
  using SavedState = std::map<std::string, std::vector<double>>;

  class MemoryArchive : public Archive
  {
  public:
    MemoryArchive() = default;                                                         ///< saves
    explicit MemoryArchive(SavedState state) : state(std::move(state)), loads(true) {} ///< loads

    bool loading() const override { return loads; }
    void numbers(const std::string &name, std::vector<double> &values) override
    {
      if (loads)
        values = state.at(name);
      else if (!state.emplace(name, values).second)
        throw std::logic_error("two states of one name: " + name);
    }
    void by_entity(const std::string &, const std::string &name, const EntityIds &, unsigned, std::vector<double> &values) override
    {
      numbers(name, values);
    }
    bool by_rank(const std::string &name, std::vector<double> &values) override
    {
      numbers(name, values);
      return true;
    }

    SavedState state;

  private:
    bool loads = false;
  };

  template <class Part>
  SavedState saved(Part &part)
  {
    MemoryArchive archive;
    part.archive(archive);
    return archive.state;
  }

  template <class Part>
  void load(Part &part, const SavedState &state)
  {
    MemoryArchive archive(state);
    part.archive(archive);
  }
}
