// From files and settings to one Raw tree: base decks, --set.
#include "core/error.h"
#include "core/output/files.h"
#include "core/parameters/file_places.h"
#include "core/parameters/nodes.h"

#include <algorithm>
#include <filesystem>

namespace vivicor
{
  namespace deck
  {
    namespace
    {
      template <class Parts>
      auto find_part(Parts &parts, const std::string &name) -> decltype(parts.data())
      {
        for (auto &part : parts)
          if (part.name == name)
            return &part;
        return nullptr;
      }

      Raw read_file(const std::string &file)
      {
        const std::string content = read_text(file);
        return std::filesystem::path(file).extension() == ".prm" ? read_prm(content, file) : read_json(content, file);
      }

      std::string identity(const std::string &file)
      {
        std::error_code ignored;
        return std::filesystem::weakly_canonical(file, ignored).string();
      }

      // The file that a deck names as its base; "" where there is none. ".." of a linked folder is what the system takes it
      // for, or what it reads as.
      std::string find_base(const std::string &named, const std::vector<std::string> &folders)
      {
        std::error_code unreadable;
        for (const std::string &folder : folders)
          {
            const std::filesystem::path place = std::filesystem::path(folder) / named;
            for (const auto &file : {place.lexically_normal(), place})
              if (std::filesystem::exists(file, unreadable))
                return file.string();
          }
        return "";
      }

      // Removes the member "base" and returns the file it names; "" without one.
      std::string take_base(Raw &deck, const std::vector<std::string> &folders)
      {
        const Raw *found = deck.find("base");
        if (!found)
          return "";
        const Raw value = *found;
        if (value.type != Raw::Type::text || value.text.empty())
          throw UserError({"'base' is " + name_of(value.type), value.place() + " (base)", "it names the deck that this one changes", "",
                           "write \"base\": \"other.json\""});
        const std::string file = find_base(value.text, folders);
        if (file.empty())
          {
            std::string sought;
            for (const std::string &folder : folders)
              sought += (sought.empty() ? "'" : " nor '") + (std::filesystem::path(folder) / value.text).lexically_normal().string() + "'";
            throw UserError({"the base deck '" + value.text + "' does not exist", value.place() + " (base)", "there is no file " + sought,
                             "", "give its path relative to this deck"});
          }
        deck.parts.erase(deck.parts.begin() + (found - deck.parts.data()));
        return file;
      }
    }

    const Raw *Raw::find(const std::string &name) const
    {
      return find_part(parts, name);
    }
    Raw *Raw::find(const std::string &name)
    {
      return find_part(parts, name);
    }

    std::string Raw::place() const
    {
      return line == 0 ? file : file + ":" + std::to_string(line);
    }

    std::string name_of(Raw::Type type)
    {
      switch (type)
        {
        case Raw::Type::null:
          return "null";
        case Raw::Type::flag:
          return "true or false";
        case Raw::Type::integer:
          return "an integer";
        case Raw::Type::number:
          return "a number";
        case Raw::Type::text:
          return "a text";
        case Raw::Type::array:
          return "a list";
        case Raw::Type::object:
          return "an object";
        }
      return "";
    }

    void set_layer(Raw &raw, int layer)
    {
      raw.layer = layer;
      for (Raw &part : raw.parts)
        set_layer(part, layer);
    }

    void merge(Raw &below, Raw above)
    {
      if (below.type != Raw::Type::object || above.type != Raw::Type::object)
        {
          below = std::move(above);
          return;
        }
      for (Raw &value : above.parts)
        if (Raw *old = below.find(value.name))
          merge(*old, std::move(value));
        else
          below.parts.push_back(std::move(value));
      below.layer = above.layer;
    }

    Raw merge_bases(Raw top, const std::vector<std::string> &folders, std::vector<std::string> chain)
    {
      const Raw *named = top.find("base");
      const std::string place = named ? named->place() : "";
      const std::string base_file = take_base(top, folders);
      if (base_file.empty())
        return top;
      if (std::find(chain.begin(), chain.end(), identity(base_file)) != chain.end())
        throw UserError({"the decks name each other as base", place + " (base)", "'" + base_file + "' is already in the chain", "",
                         "remove one of the \"base\" entries"});
      chain.push_back(identity(base_file));
      Raw below = merge_bases(read_file(base_file), folders_of_deck(base_file), chain);
      set_layer(top, below.layer + 1);
      below.file = top.file;
      below.line = top.line;
      merge(below, std::move(top));
      return below;
    }

    Raw read_with_bases(const std::string &file)
    {
      return merge_bases(read_file(file), folders_of_deck(file), {identity(file)});
    }

    Raw read_setting(const std::string &setting)
    {
      require_utf8(setting, "--set");
      const auto equals = setting.find('=');
      if (equals == std::string::npos || equals == 0)
        throw UserError({"cannot understand the setting '" + setting + "'", "--set", "", "", "write --set key.key=value"});
      Raw value = value_of_text(trimmed(setting.substr(equals + 1)), settings_name, 0);
      // From the innermost key outwards.
      std::string path = trimmed(setting.substr(0, equals));
      for (bool more = true; more;)
        {
          const auto dot = path.rfind('.');
          more = dot != std::string::npos;
          Raw outer;
          outer.type = Raw::Type::object;
          outer.file = settings_name;
          outer.loose = true;
          value.name = more ? path.substr(dot + 1) : path;
          outer.parts.push_back(std::move(value));
          value = std::move(outer);
          path.erase(more ? dot : 0);
        }
      return value;
    }
  }

  namespace
  {
    /// All settings are one layer over the decks; of two for the same key the last holds.
    void merge_settings(deck::Raw &raw, const std::vector<std::string> &settings)
    {
      deck::Raw top;
      top.type = deck::Raw::Type::object;
      for (const std::string &setting : settings)
        deck::merge(top, deck::read_setting(setting));
      deck::set_layer(top, raw.layer + 1);
      deck::merge(raw, std::move(top));
    }
  }

  Deck read_deck(const std::string &file, const Schema &schema, const std::vector<std::string> &settings)
  {
    deck::Raw raw = deck::read_with_bases(file);
    merge_settings(raw, settings);
    const std::string folder = std::filesystem::path(file).parent_path().string();
    return {deck::check(raw, schema, file), file, folder.empty() ? "." : folder};
  }

  Parameters parameters_from_json(const std::string &json_text, const Schema &schema)
  {
    return deck::check(deck::merge_bases(deck::read_json(json_text, "json"), {""}, {}), schema);
  }

  Parameters parameters_from_settings(const std::vector<std::string> &settings, const Schema &schema)
  {
    deck::Raw raw;
    raw.type = deck::Raw::Type::object;
    merge_settings(raw, settings);
    return deck::check(raw, schema);
  }
}
