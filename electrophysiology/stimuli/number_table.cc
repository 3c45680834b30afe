#include "electrophysiology/stimuli/number_table.h"

#include "core/broadcast.h"
#include "core/collective.h"
#include "core/error.h"
#include "core/output/files.h"
#include "electrophysiology/stimuli/table_cell.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <sstream>

namespace vivicor
{
  namespace
  {
    std::string found(const Parameters &deck, const std::string &key)
    {
      namespace fs = std::filesystem;
      const std::string file = deck.text(key), where = deck.where(key);
      if (file.empty())
        throw UserError({"a table without a file", where, "", "", "name the file"});
      // The deck's own name stands before the line number.
      const fs::path beside = fs::path(where.substr(0, where.rfind(':'))).parent_path() / file;
      for (const fs::path &candidate : {fs::path(file), beside})
        if (fs::is_regular_file(candidate))
          return candidate.string();
      throw UserError({"no file '" + file + "'", where, "neither it nor " + beside.string() + " exists", "", "correct the path"});
    }

    std::string trimmed(const std::string &text)
    {
      const auto first = text.find_first_not_of(" \t\r"), last = text.find_last_not_of(" \t\r");
      return first == std::string::npos ? "" : text.substr(first, last - first + 1);
    }

    std::vector<std::string> fields_of(const std::string &line)
    {
      std::vector<std::string> fields;
      std::istringstream in(line);
      for (std::string field; std::getline(in, field, ',');)
        fields.push_back(trimmed(field));
      return fields;
    }

    std::string list_of(const std::vector<std::string> &names)
    {
      std::string list;
      for (const auto &name : names)
        list += (list.empty() ? "" : ",") + name;
      return list;
    }

    /// Place of each wanted column in the header.
    std::vector<std::size_t> read_header(const std::vector<std::string> &header, const std::vector<std::string> &columns,
                                         const std::string &where)
    {
      for (const auto &name : header)
        if (std::find(columns.begin(), columns.end(), name) == columns.end())
          throw UserError({"an unknown column '" + name + "'", where, "the table has " + list_of(columns), nearest_of(name, columns),
                           "rename or remove it"});
      std::vector<std::size_t> place;
      for (const auto &name : columns)
        {
          place.push_back(static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin()));
          if (place.back() == header.size())
            throw UserError({"no column '" + name + "'", where, "the header is '" + list_of(header) + "'", "",
                             "begin the file with the header " + list_of(columns)});
        }
      return place;
    }

    NumberTable read(const Parameters &deck, const std::string &key, const std::vector<std::string> &columns)
    {
      NumberTable table{found(deck, key), columns.size(), {}, {}};
      std::string text = read_whole(table.file);
      if (text.starts_with("\xef\xbb\xbf")) // a byte-order mark
        text.erase(0, 3);
      std::istringstream in(text);
      std::vector<std::size_t> place;
      unsigned number = 0;
      for (std::string line; std::getline(in, line);)
        {
          const std::string where = table.file + ":" + std::to_string(++number);
          const std::string content = trimmed(line);
          if (content.empty() || content[0] == '#')
            continue;
          const auto fields = fields_of(content);
          if (place.empty())
            {
              place = read_header(fields, columns, where);
              continue;
            }
          if (fields.size() != columns.size())
            throw UserError({std::to_string(fields.size()) + " values", where,
                             "the header has " + std::to_string(columns.size()) + " columns", "", "give every column a value"});
          for (const std::size_t column : place)
            table.values.push_back(number_in(fields[column], where));
          table.line.push_back(number);
        }
      if (table.line.empty())
        throw UserError({"a table without a row", table.file, "it says nothing", "", "add rows below the header " + list_of(columns)});
      return table;
    }
  }

  NumberTable read_number_table(MPI_Comm comm, const Parameters &deck, const std::string &key, const std::vector<std::string> &columns)
  {
    NumberTable table;
    on_rank_0(comm, [&] { table = read(deck, key, columns); });
    std::vector<std::string> file{table.file};
    broadcast(comm, file);
    broadcast(comm, table.values);
    broadcast(comm, table.line);
    table.file = file[0];
    table.width = columns.size();
    return table;
  }
}
