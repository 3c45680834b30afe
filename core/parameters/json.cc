// JSON decks to Raw trees that know the line of every key.
#include "core/error.h"
#include "core/parameters/nodes.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace vivicor::deck
{
  namespace
  {
    // Hands the text to nlohmann's lexer and remembers how far it has read.
    struct CountingIterator
    {
      using iterator_category = std::forward_iterator_tag;
      using value_type = char;
      using difference_type = std::ptrdiff_t;
      using pointer = const char *;
      using reference = const char &;

      const char *at = nullptr;
      const char **furthest = nullptr;

      reference operator*() const { return *at; }
      CountingIterator &operator++()
      {
        *furthest = ++at;
        return *this;
      }
      CountingIterator operator++(int)
      {
        const CountingIterator old = *this;
        ++*this;
        return old;
      }
      bool operator==(const CountingIterator &other) const { return at == other.at; }
      bool operator!=(const CountingIterator &other) const { return at != other.at; }
    };

    class Builder : public nlohmann::json_sax<nlohmann::json>
    {
    public:
      Builder(const std::string &content, const std::string &file) : content(content), file(file), furthest(content.data()) {}

      Raw build()
      {
        const char *begin = content.data(), *end = begin + content.size();
        nlohmann::json::sax_parse(CountingIterator{begin, &furthest}, CountingIterator{end, &furthest}, this,
                                  nlohmann::detail::input_format_t::json, true, true);
        return std::move(root);
      }

      bool null() override { return add(Raw::Type::null, "null"); }
      bool boolean(bool value) override { return add(Raw::Type::flag, value ? "true" : "false"); }
      bool number_integer(number_integer_t value) override { return add(Raw::Type::integer, std::to_string(value)); }
      bool number_unsigned(number_unsigned_t value) override { return add(Raw::Type::integer, std::to_string(value)); }
      bool number_float(number_float_t, const string_t &text) override { return add(Raw::Type::number, text); }
      bool string(string_t &value) override { return add(Raw::Type::text, value); }
      bool binary(binary_t &) override { return false; } // not in JSON texts
      bool start_object(std::size_t) override { return open(Raw::Type::object); }
      bool end_object() override { return leave(); }
      bool start_array(std::size_t) override { return open(Raw::Type::array); }
      bool end_array() override { return leave(); }

      bool key(string_t &name) override
      {
        const unsigned line = line_now(false);
        if (const Raw *first = stack.back()->find(name))
          throw UserError({"duplicate key '" + name + "'", file + ":" + std::to_string(line), "it stands already at " + first->place(), "",
                           "remove one of the two"});
        Raw &value = stack.back()->parts.emplace_back();
        value.name = name;
        value.file = file;
        value.line = line;
        return true;
      }

      bool parse_error(std::size_t position, const std::string &, const nlohmann::detail::exception &error) override
      {
        const std::string before = content.substr(0, position ? position - 1 : 0);
        const auto line = 1 + std::count(before.begin(), before.end(), '\n');
        const auto column = before.size() - (before.rfind('\n') == std::string::npos ? 0 : before.rfind('\n') + 1) + 1;
        throw UserError({"the deck is not valid JSON", file + ":" + std::to_string(line) + ":" + std::to_string(column), reason(error), "",
                         "look at this place and just before it: commas, quotes, brackets"});
      }

    private:
      // nlohmann's message without its own code and position.
      static std::string reason(const nlohmann::detail::exception &error)
      {
        std::string text = error.what();
        if (const auto code = text.find("] "); code != std::string::npos)
          text.erase(0, code + 2);
        if (const auto column = text.find("column "); column != std::string::npos)
          if (const auto colon = text.find(": ", column); colon != std::string::npos)
            text.erase(0, colon + 2);
        return text;
      }

      // The line of the token just read. The lexer has read one letter beyond a number.
      unsigned line_now(bool one_ahead)
      {
        const char *until = furthest - (one_ahead && furthest != content.data() + content.size() ? 1 : 0);
        if (until < counted)
          return lines - static_cast<unsigned>(std::count(until, counted, '\n'));
        lines += static_cast<unsigned>(std::count(counted, until, '\n'));
        counted = until;
        return lines;
      }

      // Where the value goes that comes now: the root, the member whose key was just read, or a new element.
      Raw &place_of_value()
      {
        if (stack.empty())
          return root;
        if (stack.back()->type == Raw::Type::object)
          return stack.back()->parts.back();
        return stack.back()->parts.emplace_back();
      }

      Raw &put(Raw::Type type, const std::string &text)
      {
        Raw &value = place_of_value();
        value.type = type;
        value.text = text;
        value.file = file;
        if (value.line == 0)
          value.line = line_now(type == Raw::Type::integer || type == Raw::Type::number);
        return value;
      }

      bool add(Raw::Type type, const std::string &text)
      {
        put(type, text);
        return true;
      }

      // An open object's place does not move: nothing is added beside it before it is closed.
      bool open(Raw::Type type)
      {
        constexpr std::size_t deepest = 100; // trees are walked by recursion
        if (stack.size() == deepest)
          throw UserError({"the deck is nested too deeply", file + ":" + std::to_string(line_now(false)),
                           "no entry lies deeper than " + std::to_string(deepest) + " levels", "", "look for brackets too many"});
        stack.push_back(&put(type, ""));
        return true;
      }

      bool leave()
      {
        stack.pop_back();
        return true;
      }

      const std::string &content, &file;
      const char *furthest;
      const char *counted = content.data(); // lines counted up to here
      unsigned lines = 1;
      Raw root;
      std::vector<Raw *> stack;
    };
  }

  Raw read_json(const std::string &content, const std::string &file)
  {
    Raw root = Builder(content, file).build();
    if (root.type != Raw::Type::object)
      throw UserError({"the deck is " + name_of(root.type), root.place(), "a deck is an object of sections", "", "enclose it in { }"});
    return root;
  }

  void require_utf8(const std::string &content, const std::string &place)
  {
    try
      {
        nlohmann::json(content).dump(); // checks it
      }
    catch (const nlohmann::json::type_error &error)
      {
        throw UserError({"the text is not UTF-8", place, error.what(), "", "save it as UTF-8"});
      }
  }

  Raw value_of_text(const std::string &text, const std::string &file, unsigned line)
  {
    Raw value;
    if (nlohmann::json::accept(text))
      value = Builder(text, file).build();
    const bool null = value.type == Raw::Type::null; // no JSON, or the word null, which is no value of a deck
    if (null)
      value.type = Raw::Type::text;
    if (null || value.type == Raw::Type::integer || value.type == Raw::Type::number)
      value.text = text; // as written
    const auto mark = [&](Raw &raw, const auto &self) -> void {
      raw.file = file;
      raw.line = line;
      raw.loose = true;
      for (Raw &part : raw.parts)
        self(part, self);
    };
    mark(value, mark);
    return value;
  }
}
