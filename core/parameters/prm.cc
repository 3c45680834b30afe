// deal.II-style decks: subsection A / set key = value / end, # comments, lines continued with a backslash.
#include "core/error.h"
#include "core/parameters/nodes.h"

#include <sstream>

namespace vivicor::deck
{
  namespace
  {
    // "word rest" if the line begins with the word, in small or capital letters.
    bool begins_with(const std::string &line, const std::string &word, const std::string &capitals, std::string &rest)
    {
      const std::string first = line.substr(0, line.find_first_of(" \t"));
      if (first != word && first != capitals)
        return false;
      rest = trimmed(line.substr(first.size()));
      return true;
    }

    class Reader
    {
    public:
      Reader(const std::string &content, const std::string &file) : in(content), file(file)
      {
        root.type = Raw::Type::object;
        root.file = file;
        root.line = 1;
        root.loose = true;
      }

      Raw read()
      {
        std::string line;
        while (next(line))
          take(line);
        if (path.size() > 1)
          fail("a subsection is not closed", "it begins at " + path.back()->place(), "add 'end'");
        return std::move(root);
      }

    private:
      // The next line without comment, continuations joined. `first` is its number in the file.
      bool next(std::string &line)
      {
        line.clear();
        std::string part;
        first = number + 1;
        while (std::getline(in, part))
          {
            ++number;
            part = trimmed(part.substr(0, part.find('#')));
            const bool goes_on = !part.empty() && part.back() == '\\';
            if (goes_on)
              part.pop_back();
            line += part;
            if (!goes_on)
              return true;
          }
        return !line.empty();
      }

      void take(const std::string &line)
      {
        std::string rest;
        if (line.empty())
          return;
        if (begins_with(line, "subsection", "SUBSECTION", rest))
          open(rest);
        else if (begins_with(line, "set", "SET", rest))
          set(rest);
        else if (line == "end" || line == "END")
          leave();
        else
          fail("cannot understand '" + line + "'", "it is no line of a deck",
               "write 'subsection NAME', 'set KEY = VALUE', 'end' or a # comment");
      }

      void open(const std::string &name)
      {
        if (name.empty())
          fail("a subsection without name", "", "write 'subsection NAME'");
        Raw *section = path.back()->find(name);
        if (section && section->type != Raw::Type::object)
          fail("duplicate key '" + name + "'", "it is set already at " + section->place(), "remove one of the two");
        if (!section)
          section = &add(name, Raw{});
        section->type = Raw::Type::object;
        path.push_back(section);
      }

      void set(const std::string &assignment)
      {
        const auto equals = assignment.find('=');
        const std::string key = trimmed(assignment.substr(0, equals));
        if (equals == std::string::npos || key.empty())
          fail("cannot understand 'set " + assignment + "'", "", "write 'set KEY = VALUE'");
        if (const Raw *other = path.back()->find(key))
          fail("duplicate key '" + key + "'", "it stands already at " + other->place(), "remove one of the two");
        add(key, value_of_text(trimmed(assignment.substr(equals + 1)), file, first));
      }

      void leave()
      {
        if (path.size() == 1)
          fail("'end' without subsection", "", "remove it");
        path.pop_back();
      }

      Raw &add(const std::string &name, Raw value)
      {
        value.file = file;
        value.line = first;
        value.loose = true;
        value.name = name;
        return path.back()->parts.emplace_back(std::move(value));
      }

      [[noreturn]] void fail(const std::string &what, const std::string &why, const std::string &mend) const
      {
        throw UserError({what, file + ":" + std::to_string(first), why, "", mend});
      }

      std::istringstream in;
      const std::string &file;
      unsigned number = 0, first = 0;
      Raw root;
      std::vector<Raw *> path{&root};
    };
  }

  Raw read_prm(const std::string &content, const std::string &file)
  {
    require_utf8(content, file);
    return Reader(content, file).read();
  }
}
