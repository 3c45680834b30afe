// Whether a run may be resumed with another deck than the one that it was started with.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace vivicor
{
  struct DeckDifferences
  {
    std::vector<std::string> grave; ///< "key (old -> new)": another model, mesh or method, so another run
    std::vector<std::string> light; ///< of when to stop, what to write and how hard to try
  };

  /// Of two resolved decks.
  DeckDifferences deck_differences(const nlohmann::ordered_json &before, const nlohmann::ordered_json &now);

  /// "a (1 -> 2), b (3 -> 4) and 5 more"
  std::string in_words(const std::vector<std::string> &differences);
}
