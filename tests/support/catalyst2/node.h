// A node of the stand-in's Conduit: branches in the order in which they came, or a leaf.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace stand_in
{
  /// Numbers that stay where they lie.
  template <class Number>
  struct External
  {
    const Number *first;
    std::int64_t n, offset = 0, stride = sizeof(Number); ///< bytes but n

    Number operator[](std::int64_t i) const
    {
      return *reinterpret_cast<const Number *>(reinterpret_cast<const std::byte *>(first) + offset + i * stride);
    }
  };

  struct Node
  {
    std::vector<std::pair<std::string, std::unique_ptr<Node>>> branches;
    std::variant<std::monostate, std::string, std::int64_t, double, External<std::int32_t>, External<double>> leaf;

    const Node *find(const std::string &path) const
    {
      const auto slash = path.find('/');
      for (const auto &[name, node] : branches)
        if (name == path.substr(0, slash))
          return slash == std::string::npos ? node.get() : node->find(path.substr(slash + 1));
      return nullptr;
    }

    const Node &at(const std::string &path) const
    {
      if (const Node *found = find(path))
        return *found;
      throw std::runtime_error("'" + path + "' is missing");
    }

    Node &make(const std::string &path)
    {
      const auto slash = path.find('/');
      const std::string name = path.substr(0, slash);
      if (name.empty())
        throw std::runtime_error("a branch without a name");
      if (!find(name))
        branches.emplace_back(name, std::make_unique<Node>());
      Node &branch = const_cast<Node &>(*find(name));
      return slash == std::string::npos ? branch : branch.make(path.substr(slash + 1));
    }

    template <class Value>
    const Value &get() const
    {
      return std::get<Value>(leaf);
    }
    const std::string &text(const std::string &path) const { return at(path).get<std::string>(); }
  };
}
