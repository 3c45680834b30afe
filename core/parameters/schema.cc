#include "core/parameters/nodes.h"
#include "core/units.h"

#include <limits>
#include <stdexcept>

namespace vivicor
{
  namespace
  {
    using Node = Schema::Node;

    bool takes_name(const Node &node, const std::string &name)
    {
      if (node.name == name)
        return true;
      for (const auto &[model, section] : node.models)
        for (const auto &child : section->children)
          if (takes_name(*child, name))
            return true;
      return false;
    }

    // A deck's key must mean one thing: two declarations of it are a fault of the program.
    void check_free(const Node &section, const std::string &name)
    {
      if (name.empty() || name.find('.') != std::string::npos || name == "*")
        throw std::logic_error("'" + name + "' cannot be a key of a deck");
      for (const auto &child : section.children)
        if (takes_name(*child, name))
          throw std::logic_error("the key '" + name + "' is declared twice in one section");
    }

    std::shared_ptr<Node> add(Node &section, Node::Type type, const std::string &name, const std::string &doc)
    {
      check_free(section, name);
      auto child = std::make_shared<Node>();
      child->type = type;
      child->name = name;
      child->doc = doc;
      section.children.push_back(child);
      return child;
    }

    Node &add_entry(Node &section, const std::string &name, Entry::Kind kind, const std::string &default_text, const std::string &doc,
                    const std::string &source = "")
    {
      const auto child = add(section, Node::Type::entry, name, doc);
      child->entry.kind = kind;
      child->entry.default_text = default_text;
      child->entry.doc = doc;
      child->entry.source = source;
      return *child;
    }

    Schema handle(const std::shared_ptr<Node> &node)
    {
      Schema schema;
      schema.node = node;
      return schema;
    }

    // Where the unit begins: after the number and the blanks that follow it.
    std::string unit_of(const std::string &text)
    {
      std::size_t end = 0;
      try
        {
          std::stod(text, &end);
        }
      catch (const std::invalid_argument &)
        {
          end = 0; // a mere unit
        }
      return trimmed(text.substr(end));
    }

    std::string quoted_list(const std::vector<std::string> &values)
    {
      std::string out = "[";
      for (const std::string &value : values)
        out.append(out.size() > 1 ? ", " : "").append("\"").append(value).append("\"");
      return out + "]";
    }

    void collect(const Node &node, const std::string &prefix, const std::string &condition, std::vector<Entry> &entries)
    {
      const std::string key = joined_key(prefix, node.name);
      if (node.type == Node::Type::section)
        for (const auto &child : node.children)
          collect(*child, key, condition, entries);
      else if (node.type == Node::Type::items)
        for (const auto &child : node.item->children)
          collect(*child, joined_key(key, "*"), condition, entries);
      else
        {
          entries.push_back(node.entry);
          entries.back().key = key;
          entries.back().only_with = condition;
          for (const auto &[model, section] : node.models)
            for (const auto &child : section->children)
              collect(*child, prefix, node.name + " = " + model, entries);
        }
    }
  }

  std::string joined_key(const std::string &prefix, const std::string &key)
  {
    return prefix.empty() ? key : key.empty() ? prefix : prefix + "." + key;
  }

  std::string trimmed(const std::string &text)
  {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
  }

  std::string comma_list(const std::vector<std::string> &names)
  {
    std::string out;
    for (const std::string &name : names)
      out.append(out.empty() ? "" : ", ").append(name);
    return out;
  }

  Schema::Schema() : node(std::make_shared<Node>()) {}

  Schema Schema::section(const std::string &name, const std::string &doc)
  {
    for (const auto &child : node->children)
      if (child->name == name && child->type == Node::Type::section)
        {
          if (child->doc.empty())
            child->doc = doc;
          return handle(child);
        }
    return handle(add(*node, Node::Type::section, name, doc));
  }

  Schema Schema::items(const std::string &name, const std::string &doc)
  {
    const auto child = add(*node, Node::Type::items, name, doc);
    child->item = std::make_shared<Node>();
    return handle(child->item);
  }

  void Schema::select(const std::string &selector, const std::string &default_name,
                      const std::map<std::string, std::function<void(Schema &)>> &models, const std::string &doc)
  {
    std::map<std::string, std::shared_ptr<Node>> sections;
    for (const auto &[name, declare] : models)
      {
        Schema parameters;
        if (declare)
          declare(parameters);
        sections[name] = parameters.node;
        for (const auto &child : parameters.node->children)
          check_free(*node, child->name);
      }
    Node &child = add_entry(*node, selector, Entry::Kind::choice, default_name, doc);
    child.entry.required = default_name.empty();
    child.models = std::move(sections);
    for (const auto &[name, declare] : models)
      child.entry.choices.push_back(name);
  }

  void Schema::quantity(const std::string &key, const std::string &default_with_unit, double min, double max, const std::string &doc,
                        const std::string &source)
  {
    Entry &entry = add_entry(*node, key, Entry::Kind::quantity, trimmed(default_with_unit), doc, source).entry;
    entry.unit = unit_of(entry.default_text);
    entry.min = min;
    entry.max = max;
    entry.required = entry.unit == entry.default_text;
    if (entry.required)
      entry.default_text.clear();
  }

  void Schema::integer(const std::string &key, long default_value, long min, long max, const std::string &doc, const std::string &source)
  {
    Entry &entry = add_entry(*node, key, Entry::Kind::integer, std::to_string(default_value), doc, source).entry;
    if (min != std::numeric_limits<long>::min())
      entry.min = static_cast<double>(min);
    if (max != std::numeric_limits<long>::max())
      entry.max = static_cast<double>(max);
  }

  void Schema::flag(const std::string &key, bool default_value, const std::string &doc)
  {
    add_entry(*node, key, Entry::Kind::flag, default_value ? "true" : "false", doc);
  }

  void Schema::text(const std::string &key, const std::string &default_value, const std::string &doc)
  {
    add_entry(*node, key, Entry::Kind::text, default_value, doc);
  }

  void Schema::path(const std::string &key, const std::string &default_value, const std::string &doc)
  {
    add_entry(*node, key, Entry::Kind::path, default_value, doc);
  }

  void Schema::choice(const std::string &key, const std::string &default_value, const std::vector<std::string> &choices,
                      const std::string &doc)
  {
    Entry &entry = add_entry(*node, key, Entry::Kind::choice, default_value, doc).entry;
    entry.choices = choices;
    entry.required = default_value.empty();
  }

  void Schema::list(const std::string &key, const std::vector<std::string> &default_value, const std::string &doc)
  {
    add_entry(*node, key, Entry::Kind::list, quoted_list(default_value), doc).defaults = default_value;
  }

  void Schema::integers(const std::string &key, const std::vector<long> &default_value, const std::string &doc)
  {
    std::vector<std::string> texts;
    texts.reserve(default_value.size());
    for (const long value : default_value)
      texts.push_back(std::to_string(value));
    add_entry(*node, key, Entry::Kind::integers, "[" + comma_list(texts) + "]", doc).defaults = texts;
  }

  void Schema::quantities(const std::string &key, const std::vector<std::string> &default_value, const std::string &unit,
                          const std::string &doc, const std::string &source)
  {
    Node &entry = add_entry(*node, key, Entry::Kind::quantities, quoted_list(default_value), doc, source);
    entry.defaults = default_value;
    entry.entry.unit = unit;
  }

  std::vector<Entry> Schema::entries() const
  {
    std::vector<Entry> entries;
    collect(*node, "", "", entries);
    return entries;
  }
}
