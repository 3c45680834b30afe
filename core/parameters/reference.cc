#include "core/parameters/reference.h"

#include "core/error.h"
#include "core/parameters/nodes.h"
#include "core/units.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace vivicor
{
  namespace
  {
    using Node = Schema::Node;
    using Type = Node::Type;
    using Kind = Entry::Kind;

    std::string kind_name(Kind kind)
    {
      switch (kind)
        {
        case Kind::quantity:
          return "quantity";
        case Kind::integer:
          return "integer";
        case Kind::flag:
          return "true or false";
        case Kind::text:
          return "text";
        case Kind::choice:
          return "choice";
        case Kind::list:
          return "list of texts";
        case Kind::integers:
          return "list of integers";
        case Kind::quantities:
          return "list of quantities";
        case Kind::path:
          return "path of a file";
        }
      return "";
    }

    std::string range_of(const Entry &entry)
    {
      if (!entry.choices.empty())
        return comma_list(entry.choices);
      const auto bound = [](double value) { return std::isinf(value) ? (value < 0 ? "-inf" : "inf") : in_unit(value, ""); };
      if (std::isinf(entry.min) && std::isinf(entry.max))
        return "";
      return "[" + bound(entry.min) + ", " + bound(entry.max) + "]";
    }

    std::string default_text(const Entry &entry)
    {
      if (entry.required)
        return "required";
      if (entry.default_text.empty())
        return "\"\"";
      return entry.default_text;
    }

    std::string unit_text(const Entry &entry)
    {
      return entry.unit.empty() && entry.kind != Kind::quantity && entry.kind != Kind::quantities ? ""
             : entry.unit.empty()                                                                 ? "1"
                                                                                                  : entry.unit;
    }

    // --- the reference ---

    std::string cell(const std::string &text)
    {
      std::string out;
      for (const char c : text)
        if (c == '|')
          out += "\\|";
        else
          out += c == '\n' ? ' ' : c;
      return out;
    }

    std::string code(const std::string &text)
    {
      return text.empty() ? "" : "`" + cell(text) + "`";
    }

    std::string row(const Entry &entry, const std::string &name)
    {
      std::string out = "|";
      for (const std::string &column :
           {code(name), code(default_text(entry)), code(unit_text(entry)),
            cell(entry.choices.empty() ? range_of(entry) : "one of: " + range_of(entry)), cell(entry.doc), cell(entry.source)})
        out.append(" ").append(column).append(" |");
      return out + "\n";
    }

    void heading(std::string &out, const std::string &title, const std::string &doc)
    {
      out.append("\n## ").append(title).append("\n");
      if (!doc.empty())
        out.append("\n").append(doc).append("\n");
    }

    // Long blocks written so far and their titles: a cell model that several tissues may choose is described once.
    using Written = std::map<std::string, std::string>;

    void write_section(std::string &out, Written &written, const Node &section, const std::string &key, const std::string &condition);

    void write_block(std::string &out, Written &written, const std::string &title, const std::string &doc, const Node &section,
                     const std::string &key, const std::string &condition)
    {
      constexpr std::size_t long_text = 400;
      heading(out, title, doc);
      std::string block;
      write_section(block, written, section, key, condition);
      const auto [earlier, is_new] = written.emplace(block, title);
      out += is_new || block.size() < long_text ? block : "\nThe same entries as " + earlier->second + ".\n";
    }

    // First this section's own entries, then those of the models it selects, then the sections in it.
    void write_section(std::string &out, Written &written, const Node &section, const std::string &key, const std::string &condition)
    {
      bool any = false;
      for (const auto &child : section.children)
        if (child->type == Type::entry)
          {
            if (!any)
              out += "\n| key | default | unit | range | meaning | source |\n|---|---|---|---|---|---|\n";
            any = true;
            out += row(child->entry, child->name);
          }
      for (const auto &child : section.children)
        for (const auto &[model, parameters] : child->models)
          if (!parameters->children.empty())
            {
              std::string with = condition;
              with.append(with.empty() ? "" : ", ").append(child->name).append(" = ").append(model);
              write_block(out, written, "`" + (key.empty() ? "deck" : key) + "` with " + with, "", *parameters, key, with);
            }
      for (const auto &child : section.children)
        {
          const bool items = child->type == Type::items;
          if (child->type == Type::entry)
            continue;
          const std::string full = joined_key(joined_key(key, child->name), items ? "*" : "");
          write_block(out, written, "`" + full + "`" + (condition.empty() ? "" : " with " + condition), child->doc,
                      items ? *child->item : *child, full, condition);
        }
    }

    // --- explain ---

    std::string explain_entry(const Entry &entry)
    {
      std::string out = entry.key + "\n  " + entry.doc + "\n";
      const auto line = [&out](const std::string &label, const std::string &content) {
        if (!content.empty())
          out.append("  ").append(label).append(": ").append(content).append("\n");
      };
      line("kind", kind_name(entry.kind));
      line("default", default_text(entry));
      line("unit", entry.unit.empty() ? "" : entry.unit + " (" + comma_list(units_of(unit_dimension(entry.unit))) + ")");
      line(entry.choices.empty() ? "range" : "choices", range_of(entry));
      line("only with", entry.only_with);
      line("source", entry.source);
      return out;
    }

    std::vector<std::string> split(const std::string &key)
    {
      std::vector<std::string> parts;
      for (std::size_t begin = 0; begin <= key.size();)
        {
          const std::size_t dot = std::min(key.find('.', begin), key.size());
          parts.push_back(key.substr(begin, dot - begin));
          begin = dot + 1;
        }
      return parts;
    }

    // Whether `pattern` (with "*") begins with `key`, or is it if `whole`.
    bool matches(const std::vector<std::string> &pattern, const std::vector<std::string> &key, bool whole)
    {
      if (whole ? pattern.size() != key.size() : pattern.size() <= key.size())
        return false;
      for (std::size_t i = 0; i < key.size(); ++i)
        if (pattern[i] != "*" && pattern[i] != key[i])
          return false;
      return true;
    }

    // The sentence of a section, found by the key's parts.
    std::string doc_of_section(const Node &root, const std::vector<std::string> &parts)
    {
      const Node *node = &root;
      std::string doc;
      for (const std::string &part : parts)
        {
          if (node->type == Type::items)
            {
              node = node->item.get(); // any name
              continue;
            }
          const auto found = std::find_if(node->children.begin(), node->children.end(), [&](const auto &c) { return c->name == part; });
          if (found == node->children.end())
            return ""; // a section of a model
          node = found->get();
          doc = node->doc;
        }
      return doc;
    }

    std::string explain_section(const Schema &schema, const std::string &key, const std::vector<Entry> &below)
    {
      std::string out = key.empty() ? "the deck" : key;
      const std::string doc = doc_of_section(*schema.node, split(key));
      out += doc.empty() ? "\n" : "\n  " + doc + "\n";
      for (const Entry &entry : below)
        {
          out.append("  ").append(entry.key).append(" = ").append(default_text(entry));
          out.append(entry.only_with.empty() ? "" : "  [" + entry.only_with + "]").append("\n      ").append(entry.doc).append("\n");
        }
      return out;
    }

    [[noreturn]] void fail_unknown(const std::string &key, const std::vector<Entry> &entries)
    {
      const std::string last = split(key).back();
      std::vector<std::string> keys, same_name;
      for (const Entry &entry : entries)
        {
          keys.push_back(entry.key);
          for (auto dot = entry.key.find('.'); dot != std::string::npos; dot = entry.key.find('.', dot + 1))
            keys.push_back(entry.key.substr(0, dot));
          if (split(entry.key).back() == last && std::find(same_name.begin(), same_name.end(), entry.key) == same_name.end())
            same_name.push_back(entry.key);
        }
      throw UserError({"there is no key '" + key + "'", "", "no section and no entry has that name",
                       same_name.empty() ? nearest_of(key, keys) : comma_list(same_name), "see the whole list: vivicor explain"});
    }
  }

  std::string reference_markdown(const Schema &schema)
  {
    std::string out = "# Parameters\n\n"
                      "Generated from the code. A value with unit is a text such as `\"12 mm\"`; any unit of the same "
                      "dimension will do. "
                      "`*` stands for a name of your choosing.\n";
    Written written;
    write_section(out, written, *schema.node, "", "");
    return out;
  }

  std::string explain(const Schema &schema, const std::string &key)
  {
    const std::vector<Entry> entries = schema.entries();
    if (key.empty())
      return explain_section(schema, "", entries);
    const auto parts = split(key);
    std::string exact;
    std::vector<Entry> below;
    for (const Entry &entry : entries)
      {
        const auto pattern = split(entry.key);
        if (matches(pattern, parts, true))
          exact += explain_entry(entry);
        else if (matches(pattern, parts, false))
          below.push_back(entry);
      }
    if (!exact.empty())
      return exact;
    if (below.empty())
      fail_unknown(key, entries);
    return explain_section(schema, key, below);
  }
}
