// One entry of a deck against its declaration: type, unit, range.
#include "core/parameters/entry.h"

#include "core/error.h"
#include "core/units.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace vivicor::deck
{
  namespace
  {
    using Kind = Entry::Kind;
    using Type = Raw::Type;

    struct Reading
    {
      const Entry &entry;
      const std::string &key, &where;

      [[noreturn]] void fail(const std::string &what, const std::string &why, const std::string &nearest, const std::string &mend) const
      {
        throw UserError({what, where, why, nearest, mend});
      }

      [[noreturn]] void wrong_type(const Raw &raw, const std::string &expected, const std::string &example) const
      {
        const bool quote = raw.type != Type::array && raw.type != Type::object && raw.type != Type::null;
        fail("'" + key + "' is " + name_of(raw.type) + (quote ? " (" + raw.text + ")" : ""), "it must be " + expected, "",
             raw.type == Type::null ? "remove the key to have its default" : "write " + example);
      }

      std::string range() const
      {
        const std::string unit = entry.unit.empty() ? "" : " " + entry.unit;
        if (std::isinf(entry.max))
          return "at least " + plain(entry.min) + unit;
        if (std::isinf(entry.min))
          return "at most " + plain(entry.max) + unit;
        return "from " + plain(entry.min) + " to " + plain(entry.max) + unit;
      }

      static std::string plain(double value) { return in_unit(value, ""); }

      // In the entry's unit, like the range: a range end written in the deck must pass whatever rounding does.
      void check_range(double in_entry_unit, const std::string &written) const
      {
        constexpr double rounding = 4 * std::numeric_limits<double>::epsilon();
        const auto slack = [](double bound) { return std::isinf(bound) ? 0.0 : rounding * std::abs(bound); };
        if (in_entry_unit >= entry.min - slack(entry.min) && in_entry_unit <= entry.max + slack(entry.max))
          return;
        const bool below = in_entry_unit < entry.min;
        fail("'" + key + "' = " + written + " is out of range", "it must be " + range(),
             in_unit((below ? entry.min : entry.max) * unit_factor(entry.unit), entry.unit), "choose a value in the range");
      }

      double read_quantity(const Raw &raw, const std::string &unit) const
      {
        const Dimension dimension = unit_dimension(unit);
        const bool number = raw.type == Type::integer || raw.type == Type::number;
        if (!number && raw.type != Type::text)
          wrong_type(raw, dimension == Dimension::none ? "a number" : "a value with unit",
                     dimension == Dimension::none ? "a number" : "\"NUMBER " + unit + "\"");
        return parse_quantity(raw.text, unit, key, where);
      }

      long read_integer(const Raw &raw) const
      {
        long value = 0;
        const char *begin = raw.text.data(), *end = begin + raw.text.size();
        const auto [stop, error] = std::from_chars(begin, end, value);
        if (error == std::errc::result_out_of_range)
          fail("'" + key + "' = " + raw.text + " is too large for an integer", "integers have at most 18 digits", "",
               "choose a smaller number");
        if (raw.type != Type::integer || error != std::errc() || stop != end)
          wrong_type(raw, "an integer", "a number without decimal point or unit");
        return value;
      }

      bool read_flag(const Raw &raw) const
      {
        if (raw.type == Type::flag)
          return raw.text == "true";
        if (raw.loose && (raw.text == "yes" || raw.text == "no"))
          return raw.text == "yes";
        wrong_type(raw, "true or false", "true or false without quotes");
      }

      std::string read_text(const Raw &raw) const
      {
        const bool scalar = raw.type != Type::array && raw.type != Type::object && raw.type != Type::null;
        if (raw.type != Type::text && !(raw.loose && scalar))
          wrong_type(raw, "a text", "it in quotes");
        return raw.text;
      }

      std::string read_choice(const Raw &raw) const
      {
        std::string value = read_text(raw);
        for (const std::string &choice : entry.choices)
          if (choice == value)
            return value;
        fail("'" + key + "' = \"" + value + "\" is not among the choices", "valid: " + comma_list(entry.choices),
             nearest_of(value, entry.choices), "choose one of them");
      }

      // The elements of a list; in a .prm deck and in settings "a, b" is one too, and so is "[a, b]": shells eat
      // quotes.
      std::vector<Raw> elements(const Raw &raw, const std::string &of) const
      {
        if (raw.type == Type::array)
          return raw.parts;
        if (!raw.loose || raw.type == Type::object)
          wrong_type(raw, "a list of " + of, "[...] around the values");
        std::string text = raw.text;
        const bool opens = text.starts_with('['), closes = text.ends_with(']');
        if (opens != closes)
          fail("'" + key + "' = " + text + " is no list", "a bracket is missing", "", "write [a, b] or a, b");
        if (opens)
          text = text.substr(1, text.size() - 2);
        std::vector<Raw> parts;
        for (std::size_t begin = 0; begin < text.size();)
          {
            const std::size_t comma = std::min(text.find(',', begin), text.size());
            parts.push_back(value_of_text(trimmed(text.substr(begin, comma - begin)), raw.file, raw.line));
            begin = comma + 1;
          }
        return parts;
      }
    };
  }

  void read_entry(Parameters::Node &node, const Entry &entry, const Raw &raw)
  {
    const Reading reading{entry, node.key, node.where};
    switch (entry.kind)
      {
      case Kind::quantity:
        node.numbers = {reading.read_quantity(raw, entry.unit)};
        reading.check_range(node.numbers[0] / unit_factor(entry.unit), raw.text);
        node.texts = {trimmed(raw.text)};
        break;
      case Kind::integer:
        node.integers = {reading.read_integer(raw)};
        reading.check_range(static_cast<double>(node.integers[0]), raw.text);
        break;
      case Kind::flag:
        node.flag = reading.read_flag(raw);
        break;
      case Kind::text:
      case Kind::path:
        node.texts = {reading.read_text(raw)};
        break;
      case Kind::choice:
        node.texts = {reading.read_choice(raw)};
        break;
      case Kind::list:
        for (const Raw &element : reading.elements(raw, "texts"))
          node.texts.push_back(reading.read_text(element));
        break;
      case Kind::integers:
        for (const Raw &element : reading.elements(raw, "integers"))
          node.integers.push_back(reading.read_integer(element));
        break;
      case Kind::quantities:
        for (const Raw &element : reading.elements(raw, "values with unit"))
          {
            node.numbers.push_back(reading.read_quantity(element, entry.unit));
            node.texts.push_back(trimmed(element.text));
          }
        break;
      }
  }

  Raw default_of(const Schema::Node &node)
  {
    Raw raw;
    if (node.is_list())
      {
        raw.type = Type::array;
        for (const std::string &value : node.defaults)
          {
            Raw &element = raw.parts.emplace_back();
            element.type = node.entry.kind == Kind::integers ? Type::integer : Type::text;
            element.text = value;
          }
        return raw;
      }
    raw.text = node.entry.default_text;
    raw.type = node.entry.kind == Kind::integer ? Type::integer : node.entry.kind == Kind::flag ? Type::flag : Type::text;
    return raw;
  }
}
