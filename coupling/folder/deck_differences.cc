#include "coupling/folder/deck_differences.h"

#include <algorithm>
#include <map>

namespace vivicor
{
  namespace
  {
    using Json = nlohmann::ordered_json;

    /// Keys, with all below them, that do not make it another run.
    const std::vector<std::string> light_keys{"case",   "description", "time.end", "time.beats",       "time.smallest_mechanics_step",
                                              "output", "checkpoint",  "in_situ",  "mechanics.solver", "electrophysiology.max_iterations"};

    bool is_light(const std::string &key)
    {
      return std::any_of(light_keys.begin(), light_keys.end(),
                         [&](const std::string &light) { return key == light || key.starts_with(light + "."); });
    }

    void collect(const Json &node, const std::string &key, std::map<std::string, std::string> &entries)
    {
      if (node.is_object())
        for (const auto &[name, value] : node.items())
          collect(value, key.empty() ? name : key + "." + name, entries);
      else
        entries[key] = node.is_string() ? node.get<std::string>() : node.dump();
    }
  }

  DeckDifferences deck_differences(const Json &before, const Json &now)
  {
    std::map<std::string, std::string> old_entries, new_entries;
    collect(before, "", old_entries);
    collect(now, "", new_entries);
    std::map<std::string, std::string> all = old_entries;
    all.insert(new_entries.begin(), new_entries.end());
    const auto value = [](const std::map<std::string, std::string> &entries, const std::string &key) {
      const auto found = entries.find(key);
      return found == entries.end() ? std::string("absent") : found->second;
    };
    DeckDifferences differences;
    for (const auto &[key, ignored] : all)
      if (const std::string a = value(old_entries, key), b = value(new_entries, key); a != b)
        (is_light(key) ? differences.light : differences.grave).push_back(key + " (" + a + " -> " + b + ")");
    return differences;
  }

  std::string in_words(const std::vector<std::string> &differences)
  {
    constexpr std::size_t most = 6;
    std::string text;
    for (std::size_t k = 0; k < std::min(most, differences.size()); ++k)
      text += (k ? ", " : "") + differences[k];
    return differences.size() > most ? text + " and " + std::to_string(differences.size() - most) + " more" : text;
  }
}
