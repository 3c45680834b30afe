// The parameter tree: what may stand in a deck (Schema) and what stands in this one (Parameters).
// Every entry has a default, a unit, a range, a sentence and a source; unknown keys are errors.
#pragma once

#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  /// One documented entry of the parameter tree.
  struct Entry
  {
    enum class Kind { quantity, integer, flag, text, choice, list, integers, quantities, path };
    std::string key; ///< full dotted key; "*" stands for a name of the user's choosing
    Kind kind = Kind::text;
    std::string default_text; ///< as it would be written in a deck; empty with `required` set: no default
    bool required = false;
    std::string unit; ///< unit of the default, of the range and of reports; "" for none
    double min = -std::numeric_limits<double>::infinity(), max = std::numeric_limits<double>::infinity(); ///< in `unit`
    std::vector<std::string> choices;
    std::string doc, source;
    std::string only_with; ///< "key = model": the entry is valid only where that model is selected; "" for always
  };

  /// Declares entries. Cheap to copy: a handle into a shared tree.
  class Schema
  {
  public:
    Schema();
    /// A nested object of fixed name.
    Schema section(const std::string &name, const std::string &doc = "");
    /// An object whose keys the user chooses ("materials": {"my_wall": {...}}); returns the schema of one item.
    Schema items(const std::string &name, const std::string &doc);
    /// In an object whose entry `selector` names a registered model: declares that choice, and for each model its own
    /// parameters, which are valid only where that model is selected.
    void select(const std::string &selector, const std::string &default_name,
                const std::map<std::string, std::function<void(Schema &)>> &models, const std::string &doc);

    /// A default of a mere unit (" mm") makes the entry required.
    void quantity(const std::string &key, const std::string &default_with_unit, double min, double max, const std::string &doc,
                  const std::string &source = "");
    void integer(const std::string &key, long default_value, long min, long max, const std::string &doc, const std::string &source = "");
    void flag(const std::string &key, bool default_value, const std::string &doc);
    void text(const std::string &key, const std::string &default_value, const std::string &doc);
    void path(const std::string &key, const std::string &default_value, const std::string &doc);
    void choice(const std::string &key, const std::string &default_value, const std::vector<std::string> &choices, const std::string &doc);
    /// A list of texts / of integers / of values with unit (all of the unit's dimension).
    void list(const std::string &key, const std::vector<std::string> &default_value, const std::string &doc);
    void integers(const std::string &key, const std::vector<long> &default_value, const std::string &doc);
    void quantities(const std::string &key, const std::vector<std::string> &default_value, const std::string &unit, const std::string &doc,
                    const std::string &source = "");

    /// All entries in order of declaration, for `explain` and the generated reference.
    std::vector<Entry> entries() const;

    struct Node;
    std::shared_ptr<Node> node;
  };

  /// A checked, complete parameter tree (defaults filled in) or a part of it. Values in internal units. Immutable.
  class Parameters
  {
  public:
    double quantity(const std::string &key) const;
    long integer(const std::string &key) const;
    bool flag(const std::string &key) const;
    std::string text(const std::string &key) const; ///< texts, choices, selectors and paths
    std::vector<std::string> list(const std::string &key) const;
    std::vector<long> integers(const std::string &key) const;
    std::vector<double> quantities(const std::string &key) const;
    Parameters section(const std::string &name) const;
    /// This section with its quantity `key` multiplied by `factor`.
    Parameters scaled(const std::string &key, double factor) const;
    /// The user's names below an `items` object, in the deck's order.
    std::vector<std::string> names(const std::string &items_name) const;
    bool has(const std::string &key) const; ///< a section or item of that name exists
    /// "file:line (key)" of an entry, for messages; "default (key)" where the deck does not set it.
    std::string where(const std::string &key) const;
    /// The whole resolved tree as JSON text with units: a deck that gives the same run.
    std::string resolved_json() const;

    struct Node;
    std::shared_ptr<const Node> node;
  };

  /// Reads a deck (.json, or deal.II-style .prm), follows its "base" deck, applies --set, checks against the schema.
  /// Search order for relative mesh paths is the caller's: paths stay as written; `deck_folder` gives the place.
  /// @throws UserError for syntax errors, unknown keys (with the nearest), wrong units, values out of range, missing keys.
  struct Deck
  {
    Parameters parameters;
    std::string file, folder;
  };
  Deck read_deck(const std::string &file, const Schema &schema, const std::vector<std::string> &settings = {});

  /// Parameters that hold only the schema's defaults plus `json_text` (tests, small tools).
  Parameters parameters_from_json(const std::string &json_text, const Schema &schema);
  /// The schema's defaults with "key=value" settings over them, as on the command line.
  Parameters parameters_from_settings(const std::vector<std::string> &settings, const Schema &schema);
}
