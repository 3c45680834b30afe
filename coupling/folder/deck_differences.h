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

  /// Of two resolved decks. Values are compared, not texts: "10 ms" is "0.01 s", 1 is 1.0, and the order of keys does not matter.
  /// @param folders in which files named by a relative path are sought: two names of one file are the same
  DeckDifferences deck_differences(const nlohmann::ordered_json &before, const nlohmann::ordered_json &now,
                                   const std::vector<std::string> &folders = {});

  /// A text that is the same for two resolved decks exactly where these do not differ.
  std::string fingerprint(const nlohmann::ordered_json &deck, const std::vector<std::string> &folders = {});

  /// "a (1 -> 2), b (3 -> 4) and 5 more"
  std::string in_words(const std::vector<std::string> &differences);
}
