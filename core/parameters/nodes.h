// The trees behind Schema, Parameters and an unchecked deck. Private to core/parameters_*.cc.
#pragma once

#include "core/parameters/parameters.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace vivicor
{
  struct Schema::Node
  {
    enum class Type { section, items, entry };
    Type type = Type::section;
    std::string name, doc;
    std::vector<std::shared_ptr<Node>> children; // of a section, in order of declaration
    std::shared_ptr<Node> item;                  // of items: the section that each of them is
    Entry entry;                                 // of an entry, with its key left empty: the place in the tree gives it
    std::vector<std::string> defaults;           // of an entry that is a list
    // Of an entry that selects a model: the section of each model's parameters, which stand beside the entry in a deck.
    std::map<std::string, std::shared_ptr<Node>> models;

    bool is_selector() const { return !models.empty(); }
    bool is_list() const
    {
      return entry.kind == Entry::Kind::list || entry.kind == Entry::Kind::integers || entry.kind == Entry::Kind::quantities;
    }
  };

  struct Parameters::Node
  {
    Schema::Node::Type type = Schema::Node::Type::section;
    std::string key;   // full, dotted; "" at the root
    std::string where; // as Parameters::where gives it
    std::string file;  // the deck that sets it, or the one that --set or a default adds to; "" without a deck
    std::vector<std::pair<std::string, std::shared_ptr<const Node>>> children;

    // Of an entry:
    Entry::Kind kind = Entry::Kind::text;
    bool has_unit = false;
    bool flag = false;
    std::vector<double> numbers; // internal units; one unless a list
    std::vector<long> integers;
    std::vector<std::string> texts; // of a quantity with unit: as written
  };

  namespace deck
  {
    /// A deck as read, before any check against the schema.
    struct Raw
    {
      enum class Type { null, flag, integer, number, text, array, object };
      Type type = Type::null;
      std::string text;       // of a scalar, as written (texts without their quotes)
      std::string name;       // the key, in an object
      std::vector<Raw> parts; // of an object or a list
      std::string file;       // "--set" for settings
      unsigned line = 0;      // of the key, or of the value in a list
      int layer = 0;          // 0 for the deck at the bottom of the "base" chain, higher above it
      bool loose = false;     // from a .prm deck or a setting, where everything is text: lists may be split at commas

      const Raw *find(const std::string &name) const;
      Raw *find(const std::string &name);
      /// "file:line", or "--set".
      std::string place() const;
    };

    inline const std::string settings_name = "--set"; ///< stands for the file of settings

    std::string name_of(Raw::Type type); ///< "a list", for messages

    /// @throws UserError for syntax errors and duplicate keys
    Raw read_json(const std::string &content, const std::string &file);
    Raw read_prm(const std::string &content, const std::string &file);
    /// The deck in `file` laid over its base decks.
    Raw read_with_bases(const std::string &file);
    /// @param folders beside which the base of `top` may lie
    Raw merge_bases(Raw top, const std::vector<std::string> &folders, std::vector<std::string> chain);
    /// "key.key=value" as a deck that holds only that. @throws UserError
    Raw read_setting(const std::string &setting);
    /// @throws UserError for bytes that no text holds: they could not be written down again
    void require_utf8(const std::string &content, const std::string &place);
    /// The text after "=" or in a .prm deck: JSON if it is, else text.
    Raw value_of_text(const std::string &text, const std::string &file, unsigned line);
    /// Lays one deck over another: objects are merged, all else is replaced.
    void merge(Raw &below, Raw above);
    void set_layer(Raw &raw, int layer); ///< of the whole tree

    /// Checks the deck against the schema and fills in the defaults.
    /// @param file the deck's, "" without one: what settings and defaults name is sought beside it
    Parameters check(const Raw &deck, const Schema &schema, const std::string &file = "");
  }

  namespace deck
  {
    /// The node of a dotted key below this one; null where there is none.
    std::shared_ptr<const Parameters::Node> find_node(std::shared_ptr<const Parameters::Node> node, const std::string &key);
  }

  std::string joined_key(const std::string &prefix, const std::string &key);
  std::string trimmed(const std::string &text);
  /// "a, b, c"
  std::string comma_list(const std::vector<std::string> &names);
}
