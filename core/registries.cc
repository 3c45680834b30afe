#include "core/registries.h"

#include "core/error.h"
#include "core/parameters/reference.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    std::string padded(const std::string &text, std::size_t width)
    {
      return text + std::string(text.size() < width ? width - text.size() : 1, ' ');
    }

    std::string list(const RegistryView &registry)
    {
      constexpr std::size_t name_width = 34;
      std::string text = in_words(registry.kind) + "\n";
      for (const RegistryEntry &entry : registry.entries())
        text += "  " + padded(entry.name, name_width) + entry.doc + " [" + entry.source + "]\n";
      return text;
    }

    std::string keys_in_words(const RegistryKind &kind, const std::string &quote)
    {
      std::string text;
      for (const std::string &key : kind.keys)
        text += (text.empty() ? "" : ", ") + quote + key + quote;
      return text;
    }

    std::string escaped(std::string text)
    {
      for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
        text.insert(at, "\\");
      return text;
    }
  }

  std::map<std::string, RegistryView> &registries()
  {
    static std::map<std::string, RegistryView> all;
    return all;
  }

  std::string in_words(const RegistryKind &kind)
  {
    std::string words = kind.name;
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
  }

  std::string list_registry(const std::string &kind)
  {
    const auto found = registries().find(kind);
    if (found != registries().end())
      return list(found->second);
    std::vector<std::string> names;
    for (const auto &registry : registries())
      names.push_back(registry.first);
    throw UserError({"no kind named '" + kind + "'", "vivicor list", "nothing is registered under it", nearest_of(kind, names),
                     "see: vivicor list kinds"});
  }

  std::string list_registries()
  {
    std::string text;
    for (const auto &[name, registry] : registries())
      text += list(registry);
    return text;
  }

  std::string list_kinds()
  {
    constexpr std::size_t name_width = 18, folder_width = 34;
    std::string text;
    for (const auto &[name, registry] : registries())
      text += padded(name, name_width) + padded(registry.kind.folder, folder_width) + registry.kind.doc + " ["
              + std::to_string(registry.entries().size()) + "]\n";
    return text;
  }

  std::string explain_registered(const std::string &name)
  {
    std::string text;
    for (const auto &[kind_name, registry] : registries())
      for (const RegistryEntry &entry : registry.entries())
        if (entry.name == name)
          {
            const std::string chosen = keys_in_words(registry.kind, "");
            text += name + " (" + in_words(registry.kind) + ")\n  " + entry.doc + "\n  source: " + entry.source + "\n";
            if (!chosen.empty())
              text += "  chosen by: " + chosen + "\n";
            Schema parameters;
            if (entry.declare)
              entry.declare(parameters);
            if (!parameters.entries().empty())
              text += "  with " + explain(parameters, "");
          }
    return text;
  }

  std::string registries_markdown()
  {
    std::string text = "\n# What can be chosen\n\nEach is a file of its own that registers itself; `vivicor explain NAME` gives its "
                       "parameters.\n";
    for (const auto &[name, registry] : registries())
      {
        const std::string keys = keys_in_words(registry.kind, "`");
        text += "\n## " + in_words(registry.kind) + "\n\n" + registry.kind.doc + " Sources: `" + registry.kind.folder + "`"
                + (keys.empty() ? "" : "; chosen by " + keys) + ".\n\n| name | meaning | source |\n|---|---|---|\n";
        for (const RegistryEntry &entry : registry.entries())
          text += "| `" + entry.name + "` | " + escaped(entry.doc) + " | " + escaped(entry.source) + " |\n";
      }
    return text;
  }
}
