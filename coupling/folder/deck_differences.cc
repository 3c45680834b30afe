#include "coupling/folder/deck_differences.h"

#include "core/error.h"
#include "core/numbers.h"
#include "core/units.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
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

    /// Keys that name files, which may be spelled in many ways; see Schema::path.
    bool names_a_file(const std::string &key)
    {
      return key.ends_with(".file");
    }

    std::string file_of(const std::string &path, const std::vector<std::string> &folders)
    {
      namespace fs = std::filesystem;
      std::error_code unreadable;
      if (path.empty())
        return path;
      for (const std::string &folder : folders)
        if (const fs::path file = fs::path(folder) / path; fs::exists(file, unreadable)) // an absolute path stays as it is
          return fs::canonical(file, unreadable).string();
      return fs::path(path).lexically_normal().string();
    }

    /// Conversions of units round in the last digits: twelve are compared.
    std::string number(double value)
    {
      return shortest_digits(value == 0 ? 0.0 : rounded_to_digits(value, 12)); // also of -0
    }

    /// The same text for the same value.
    std::string value_of(const Json &value, const std::string &key, const std::vector<std::string> &folders)
    {
      if (value.is_number())
        return value.is_number_integer() && std::abs(value.get<double>()) > 1e11 ? value.dump() : number(value.get<double>());
      if (value.is_array())
        {
          std::string list = "[";
          for (const Json &element : value)
            list += value_of(element, key, folders) + ",";
          return list + "]";
        }
      if (!value.is_string())
        return value.dump();
      const std::string text = value.get<std::string>();
      if (names_a_file(key))
        return file_of(text, folders);
      try
        {
          if (const Quantity quantity = parse_quantity(text, ""); quantity.dimension != Dimension::none)
            return number(quantity.value) + " (" + name_of(quantity.dimension) + ")";
        }
      catch (const UserError &) // no value with unit but a name
        {
        }
      return Json(text).dump();
    }

    struct DeckEntry
    {
      std::string written, value;
    };
    using Entries = std::map<std::string, DeckEntry>;

    void collect(const Json &node, const std::string &key, const std::vector<std::string> &folders, Entries &entries)
    {
      if (node.is_object())
        for (const auto &[name, value] : node.items())
          collect(value, key.empty() ? name : key + "." + name, folders, entries);
      else
        entries[key] = {node.is_string() ? node.get<std::string>() : node.dump(), value_of(node, key, folders)};
    }

    Entries entries_of(const Json &deck, const std::vector<std::string> &folders)
    {
      Entries entries;
      collect(deck, "", folders, entries);
      return entries;
    }
  }

  DeckDifferences deck_differences(const Json &before, const Json &now, const std::vector<std::string> &folders)
  {
    const Entries old_entries = entries_of(before, folders), new_entries = entries_of(now, folders);
    Entries all = old_entries;
    all.insert(new_entries.begin(), new_entries.end());
    const auto entry = [](const Entries &entries, const std::string &key) {
      const auto found = entries.find(key);
      return found == entries.end() ? DeckEntry{"absent", ""} : found->second;
    };
    DeckDifferences differences;
    for (const auto &[key, ignored] : all)
      if (const DeckEntry a = entry(old_entries, key), b = entry(new_entries, key); a.value != b.value)
        (is_light(key) ? differences.light : differences.grave).push_back(key + " (" + a.written + " -> " + b.written + ")");
    return differences;
  }

  std::string fingerprint(const Json &deck, const std::vector<std::string> &folders)
  {
    std::string text;
    for (const auto &[key, entry] : entries_of(deck, folders))
      text += key + " = " + entry.value + "\n";
    return text;
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
