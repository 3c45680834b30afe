// The list of all registries, so that `list`, `explain`, the reference and the conformance tests find a new kind of things by
// themselves. A kind says what it is in the file kind.cc of the folder where its things register themselves,
//   static const Announce<Material> kind{{"materials", "Passive laws.", "mechanics/materials", {"mechanics...model"}}};
#pragma once

#include "core/registry.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace vivicor
{
  /// What registers itself behind one contract.
  struct RegistryKind
  {
    std::string name;              ///< plural, in one word: what `vivicor list` takes
    std::string doc;               ///< a sentence
    std::string folder;            ///< of its sources, from the project's root
    std::vector<std::string> keys; ///< entries of a deck that choose among them; none: a deck uses all of them
  };

  /// One registered thing, whatever its contract.
  struct RegistryEntry
  {
    std::string name, doc, source;
    std::function<void(Schema &)> declare;
  };

  struct RegistryView
  {
    RegistryKind kind;
    std::function<std::vector<RegistryEntry>()> entries; ///< those registered so far, by name
  };

  /// By name of the kind; complete when main() begins.
  std::map<std::string, RegistryView> &registries();

  /// Puts the registry of a contract on the list.
  template <class Contract>
  struct Announce
  {
    explicit Announce(const RegistryKind &kind)
    {
      registries().try_emplace(kind.name, RegistryView{kind, [] {
                                                         std::vector<RegistryEntry> entries;
                                                         for (const auto &[name, model] : registry<Contract>())
                                                           entries.push_back({name, model.doc, model.source, model.declare});
                                                         return entries;
                                                       }});
    }
  };

  /// "ionic models" for "ionic_models".
  std::string in_words(const RegistryKind &kind);

  /// A heading and a line for each entry of a kind. @throws UserError for an unknown kind, with the nearest
  std::string list_registry(const std::string &kind);
  /// All kinds one after the other.
  std::string list_registries();
  /// A line for each kind: how many, where chosen, where they live.
  std::string list_kinds();

  /// Meaning, source and parameters of what is registered under a name, in each kind that has it; empty where none has.
  std::string explain_registered(const std::string &name);

  /// Markdown for the reference: a table of the entries of each kind.
  std::string registries_markdown();
}
