// A whole deck against the schema: which keys may stand where, and what the deck leaves out.
#include "core/error.h"
#include "core/parameters/entry.h"
#include "core/parameters/nodes.h"
#include "core/units.h"

#include <algorithm>

namespace vivicor::deck
{
  namespace
  {
    using SchemaNode = Schema::Node;
    using Type = SchemaNode::Type;

    std::string place_with_key(const Raw &raw, const std::string &key)
    {
      return raw.place() + " (" + key + ")";
    }

    // The model whose parameter a key is.
    struct Owner
    {
      const SchemaNode *selector = nullptr;
      std::string model;
    };

    Owner owner_of(const SchemaNode &selector, const std::string &name)
    {
      for (const auto &[model, parameters] : selector.models)
        for (const auto &parameter : parameters->children)
          {
            if (parameter->name == name)
              return {&selector, model};
            if (Owner deeper = owner_of(*parameter, name); deeper.selector)
              return deeper;
          }
      return {};
    }

    Owner owner_in(const SchemaNode &section, const std::string &name)
    {
      for (const auto &child : section.children)
        if (Owner owner = owner_of(*child, name); owner.selector)
          return owner;
      return {};
    }

    class Checker
    {
    public:
      Checker(const SchemaNode &root, const std::string &file) : root(root), file(file) {}

      std::shared_ptr<Parameters::Node> section(const SchemaNode &schema, const Raw *raw, const std::string &key)
      {
        auto node = start(schema, raw, key);
        require_object(raw, key);
        const auto active = active_children(schema, raw, key);
        if (raw)
          for (const Raw &member : raw->parts)
            if (!contains(active, member.name))
              refuse_unless_inherited(schema, active, *raw, member, key);
        for (const SchemaNode *child : active)
          node->children.emplace_back(child->name, any(*child, raw ? raw->find(child->name) : nullptr, raw, joined_key(key, child->name)));
        return node;
      }

    private:
      std::shared_ptr<Parameters::Node> any(const SchemaNode &schema, const Raw *raw, const Raw *parent, const std::string &key)
      {
        if (schema.type == Type::section)
          return section(schema, raw, key);
        if (schema.type == Type::items)
          return items(schema, raw, key);
        return entry(schema, raw, parent, key);
      }

      std::shared_ptr<Parameters::Node> items(const SchemaNode &schema, const Raw *raw, const std::string &key)
      {
        auto node = start(schema, raw, key);
        require_object(raw, key);
        if (raw)
          for (const Raw &member : raw->parts)
            {
              const std::string &name = member.name;
              if (name.empty() || name.find('.') != std::string::npos)
                throw UserError({"'" + name + "' cannot be a name", place_with_key(member, joined_key(key, name)),
                                 "a name is not empty and has no dot, which separates keys", "", "rename it"});
              node->children.emplace_back(name, section(*schema.item, &member, joined_key(key, name)));
            }
        return node;
      }

      std::shared_ptr<Parameters::Node> entry(const SchemaNode &schema, const Raw *raw, const Raw *parent, const std::string &key)
      {
        if (!raw && schema.entry.required)
          throw UserError({"missing key '" + key + "'", parent ? parent->place() : "", schema.entry.doc, example_of(schema.entry),
                           "add it: it has no default"});
        auto node = start(schema, raw, key);
        node->kind = schema.entry.kind;
        node->has_unit = unit_dimension(schema.entry.unit) != Dimension::none;
        read_entry(*node, schema.entry, raw ? *raw : default_of(schema));
        return node;
      }

      static std::string example_of(const Entry &entry)
      {
        if (!entry.choices.empty())
          return "valid: " + comma_list(entry.choices);
        return entry.unit.empty() ? "" : "a " + vivicor::name_of(unit_dimension(entry.unit)) + ", for instance in " + entry.unit;
      }

      std::shared_ptr<Parameters::Node> start(const SchemaNode &schema, const Raw *raw, const std::string &key) const
      {
        auto node = std::make_shared<Parameters::Node>();
        node->type = schema.type;
        node->key = key;
        node->where = raw ? place_with_key(*raw, key) : "default (" + key + ")";
        node->file = file.empty() || !raw || raw->file == settings_name ? file : raw->file;
        return node;
      }

      static void require_object(const Raw *raw, const std::string &key)
      {
        if (raw && raw->type != Raw::Type::object)
          throw UserError(
            {"'" + key + "' is " + name_of(raw->type), place_with_key(*raw, key), "it must be an object: a section of keys", "",
             raw->type == Raw::Type::null ? "remove the key to have its defaults" : "write { ... } or set one of the keys in it"});
      }

      // The section's own children, each selector followed by the parameters of the model that it selects.
      std::vector<const SchemaNode *> active_children(const SchemaNode &schema, const Raw *raw, const std::string &key)
      {
        std::vector<const SchemaNode *> active;
        for (const auto &child : schema.children)
          {
            active.push_back(child.get());
            if (!child->is_selector())
              continue;
            const auto selected = entry(*child, raw ? raw->find(child->name) : nullptr, raw, joined_key(key, child->name));
            const auto below = active_children(*child->models.at(selected->texts[0]), raw, key);
            active.insert(active.end(), below.begin(), below.end());
          }
        return active;
      }

      static bool contains(const std::vector<const SchemaNode *> &nodes, const std::string &name)
      {
        return std::any_of(nodes.begin(), nodes.end(), [&](const SchemaNode *node) { return node->name == name; });
      }

      // A base deck's parameters of a model that a deck above has replaced are dropped; all else unknown is an error.
      void refuse_unless_inherited(const SchemaNode &schema, const std::vector<const SchemaNode *> &active, const Raw &parent,
                                   const Raw &member, const std::string &key) const
      {
        const std::string &name = member.name;
        const Owner owner = owner_in(schema, name);
        const Raw *selector = owner.selector ? parent.find(owner.selector->name) : nullptr;
        if (selector && selector->layer > member.layer)
          return;
        const std::string full = joined_key(key, name);
        ErrorText text{"unknown key '" + full + "'", place_with_key(member, full), why_unknown(active, name, key),
                       nearest_sibling(active, name, key), "correct or remove it; see: vivicor explain " + (key.empty() ? "KEY" : key)};
        if (owner.selector)
          {
            text.why = "it belongs to " + owner.selector->name + " = " + owner.model + ", and here it is "
                       + (selector ? selector->text : owner.selector->entry.default_text);
            text.mend = "remove it or select " + owner.model;
          }
        throw UserError(text);
      }

      static std::vector<std::string> names_of(const std::vector<const SchemaNode *> &nodes)
      {
        std::vector<std::string> names;
        names.reserve(nodes.size());
        for (const SchemaNode *node : nodes)
          names.push_back(node->name);
        return names;
      }

      static std::string nearest_sibling(const std::vector<const SchemaNode *> &active, const std::string &name, const std::string &key)
      {
        const std::string nearest = nearest_of(name, names_of(active));
        return nearest.empty() ? "" : joined_key(key, nearest);
      }

      std::string why_unknown(const std::vector<const SchemaNode *> &active, const std::string &name, const std::string &key) const
      {
        constexpr std::size_t readable = 15;
        std::string why = (key.empty() ? "the deck" : "'" + key + "'") + " has no such key";
        if (active.size() <= readable)
          why += "; valid: " + comma_list(names_of(active));
        std::vector<std::string> elsewhere;
        find_elsewhere(root, name, "", elsewhere);
        if (!elsewhere.empty() && elsewhere.size() <= readable)
          why += "; it exists as " + comma_list(elsewhere);
        return why;
      }

      static void find_elsewhere(const SchemaNode &node, const std::string &name, const std::string &key, std::vector<std::string> &found)
      {
        const auto look = [&](const SchemaNode &section, const std::string &prefix) {
          for (const auto &child : section.children)
            {
              const std::string full = joined_key(prefix, child->name);
              if (child->name == name && std::find(found.begin(), found.end(), full) == found.end())
                found.push_back(full);
              find_elsewhere(*child, name, full, found);
              for (const auto &[model, parameters] : child->models)
                find_elsewhere(*parameters, name, prefix, found);
            }
        };
        if (node.type == Type::section)
          look(node, key);
        else if (node.type == Type::items)
          look(*node.item, joined_key(key, "*"));
      }

      const SchemaNode &root;
      const std::string &file;
    };
  }

  Parameters check(const Raw &deck, const Schema &schema, const std::string &file)
  {
    Parameters parameters;
    parameters.node = Checker(*schema.node, file).section(*schema.node, &deck, "");
    return parameters;
  }
}
