// Looking things up in a checked tree, and writing it down again.
#include "core/parameters/parameters.h"

#include "core/error.h"
#include "core/parameters/nodes.h"
#include "core/units.h"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <stdexcept>

namespace vivicor
{
  namespace
  {
    using Node = Parameters::Node;
    using Type = Schema::Node::Type;
    using Kind = Entry::Kind;

    std::shared_ptr<const Node> child_of(const Node &node, const std::string &name)
    {
      for (const auto &[child_name, child] : node.children)
        if (child_name == name)
          return child;
      return nullptr;
    }

    // The user may have forgotten an item; all else that is not there was never declared: the program's fault.
    [[noreturn]] void fail_missing(const Node &node, const std::string &key)
    {
      const auto dot = key.rfind('.');
      const auto parent = dot == std::string::npos ? nullptr : child_of(node, key.substr(0, dot));
      const Node &holder = parent ? *parent : node;
      const std::string name = dot == std::string::npos ? key : key.substr(dot + 1);
      if (holder.type != Type::items)
        throw std::logic_error("the key '" + joined_key(node.key, key) + "' was never declared");
      std::vector<std::string> names;
      for (const auto &child : holder.children)
        names.push_back(child.first);
      throw UserError({"there is no '" + joined_key(holder.key, name) + "'", holder.where,
                       names.empty() ? "'" + holder.key + "' is empty" : "'" + holder.key + "' has " + comma_list(names),
                       nearest_of(name, names), "add it to '" + holder.key + "' or use another name"});
    }

    std::shared_ptr<const Node> get(const std::shared_ptr<const Node> &node, const std::string &key)
    {
      auto found = deck::find_node(node, key);
      if (!found)
        fail_missing(*node, key);
      return found;
    }

    template <class... Kinds>
    std::shared_ptr<const Node> get_entry(const std::shared_ptr<const Node> &node, const std::string &key, Kinds... kinds)
    {
      auto found = get(node, key);
      if (found->type != Type::entry || ((found->kind != kinds) && ...))
        throw std::logic_error("the key '" + found->key + "' was declared as something else");
      return found;
    }

    nlohmann::ordered_json json_of(const Node &node)
    {
      using json = nlohmann::ordered_json;
      if (node.type != Type::entry)
        {
          json object = json::object();
          for (const auto &[name, child] : node.children)
            object[name] = json_of(*child);
          return object;
        }
      switch (node.kind)
        {
        case Kind::quantity:
          return node.has_unit ? json(node.texts[0]) : json(node.numbers[0]);
        case Kind::quantities:
          return node.has_unit ? json(node.texts) : json(node.numbers);
        case Kind::integer:
          return node.integers[0];
        case Kind::integers:
          return node.integers;
        case Kind::flag:
          return node.flag;
        case Kind::list:
          return node.texts;
        case Kind::text:
        case Kind::path:
        case Kind::choice:
          return node.texts[0];
        }
      return {};
    }
  }

  std::shared_ptr<const Node> deck::find_node(std::shared_ptr<const Node> node, const std::string &key)
  {
    for (std::size_t begin = 0; node && begin <= key.size();)
      {
        const std::size_t dot = std::min(key.find('.', begin), key.size());
        node = child_of(*node, key.substr(begin, dot - begin));
        begin = dot + 1;
      }
    return node;
  }

  double Parameters::quantity(const std::string &key) const
  {
    return get_entry(node, key, Kind::quantity)->numbers[0];
  }

  long Parameters::integer(const std::string &key) const
  {
    return get_entry(node, key, Kind::integer)->integers[0];
  }

  bool Parameters::flag(const std::string &key) const
  {
    return get_entry(node, key, Kind::flag)->flag;
  }

  std::string Parameters::text(const std::string &key) const
  {
    return get_entry(node, key, Kind::text, Kind::choice, Kind::path)->texts[0];
  }

  std::vector<std::string> Parameters::list(const std::string &key) const
  {
    return get_entry(node, key, Kind::list)->texts;
  }

  std::vector<long> Parameters::integers(const std::string &key) const
  {
    return get_entry(node, key, Kind::integers)->integers;
  }

  std::vector<double> Parameters::quantities(const std::string &key) const
  {
    return get_entry(node, key, Kind::quantities)->numbers;
  }

  Parameters Parameters::section(const std::string &name) const
  {
    Parameters part;
    part.node = get(node, name);
    if (part.node->type == Type::entry)
      throw std::logic_error("the key '" + part.node->key + "' is no section");
    return part;
  }

  Parameters Parameters::scaled(const std::string &key, const double factor) const
  {
    auto entry = std::make_shared<Node>(*get_entry(node, key, Kind::quantity));
    entry->numbers[0] *= factor;
    if (entry->has_unit)
      {
        char *unit = nullptr;
        std::strtod(entry->texts[0].c_str(), &unit);
        entry->texts[0] = in_unit(entry->numbers[0], trimmed(unit));
      }
    auto copy = std::make_shared<Node>(*node);
    for (auto &[name, child] : copy->children)
      if (name == key)
        child = entry;
    Parameters result;
    result.node = std::move(copy);
    return result;
  }

  std::vector<std::string> Parameters::names(const std::string &items_name) const
  {
    std::vector<std::string> names;
    for (const auto &child : get(node, items_name)->children)
      names.push_back(child.first);
    return names;
  }

  bool Parameters::has(const std::string &key) const
  {
    return deck::find_node(node, key) != nullptr;
  }

  std::string Parameters::where(const std::string &key) const
  {
    return get(node, key)->where;
  }

  std::string Parameters::resolved_json() const
  {
    return json_of(*node).dump(2) + "\n";
  }
}
