#include "electrophysiology/stimuli/stimulus_table.h"

#include "core/error.h"
#include "core/numbers.h"
#include "core/output/files.h"
#include "core/parameters/file_places.h"
#include "electrophysiology/stimuli/table_cell.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <sstream>

namespace vivicor
{
  namespace
  {
    const std::vector<std::string> columns{"x_mm", "y_mm", "z_mm", "radius_mm", "delay_ms", "strength"};

    /// Beside the deck that names it, or as written from where the program was started.
    std::string found(const Parameters &deck, const std::string &key)
    {
      namespace fs = std::filesystem;
      const std::string file = deck.text(key), where = deck.where(key);
      if (file.empty())
        throw UserError({"a table without a file", where, "", "", "name the file"});
      std::vector<std::string> places = file_places(deck, key);
      if (fs::path(file).is_relative())
        places.push_back(file);
      std::string sought;
      for (const std::string &place : places)
        {
          std::error_code unreadable;
          if (fs::is_regular_file(place, unreadable))
            return place;
          sought += (sought.empty() ? "" : ", ") + place;
        }
      throw UserError({"no file '" + file + "'", where, "sought: " + sought, "", "correct the path"});
    }

    std::string trimmed(const std::string &text)
    {
      const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
      return first == std::string::npos ? "" : text.substr(first, last - first + 1);
    }

    /// Spreadsheets write quotes around texts.
    std::string unquoted(const std::string &field)
    {
      return field.size() >= 2 && field.front() == '"' && field.back() == '"' ? trimmed(field.substr(1, field.size() - 2)) : field;
    }

    std::vector<std::string> fields_of(const std::string &line, char separator)
    {
      std::vector<std::string> fields;
      std::istringstream in(line);
      for (std::string field; std::getline(in, field, separator);)
        fields.push_back(unquoted(trimmed(field)));
      return fields;
    }

    /// Spreadsheets separate by semicolons where the comma is the decimal sign, or by tabs.
    char separator_of(const std::string &header)
    {
      for (const char separator : {',', ';', '\t'})
        if (header.find(separator) != std::string::npos)
          return separator;
      return ',';
    }

    /// Place of each known column in the header.
    std::vector<std::size_t> read_header(const std::vector<std::string> &header, const std::string &where)
    {
      for (const auto &name : header)
        if (std::find(columns.begin(), columns.end(), name) == columns.end())
          throw UserError({"an unknown column '" + name + "'", where,
                           "a table of stimuli has x_mm, y_mm, z_mm, radius_mm, delay_ms, strength", nearest_of(name, columns),
                           "rename or remove it"});
      std::vector<std::size_t> place;
      for (std::size_t k = 0; k < columns.size(); ++k)
        {
          place.push_back(static_cast<std::size_t>(std::find(header.begin(), header.end(), columns[k]) - header.begin()));
          if (k < 3 && place.back() == header.size())
            throw UserError({"no column '" + columns[k] + "'", where, "a point needs three coordinates", "",
                             "begin the file with a header such as x_mm,y_mm,z_mm"});
        }
      return place;
    }
  }

  std::vector<StimulusRow> read_stimulus_table(const Parameters &deck, const std::string &key, double default_radius)
  {
    const std::string file = found(deck, key);
    std::istringstream in(read_text(file));
    char separator = ',';
    std::vector<std::size_t> place;
    std::size_t n_columns = 0, number = 0;
    std::vector<StimulusRow> rows;
    for (std::string line; std::getline(in, line);)
      {
        const std::string where = file + ":" + std::to_string(++number);
        const std::string content = trimmed(line);
        if (content.empty() || content[0] == '#')
          continue;
        if (place.empty())
          separator = separator_of(content);
        const auto fields = fields_of(line, separator);
        if (place.empty())
          {
            place = read_header(fields, where);
            n_columns = fields.size();
            continue;
          }
        if (fields.size() != n_columns)
          throw UserError({std::to_string(fields.size()) + " values", where, "the header has " + std::to_string(n_columns) + " columns", "",
                           "give every column a value"});
        const auto value = [&](std::size_t column, double otherwise) {
          return place[column] < n_columns ? number_in(fields[place[column]], where) : otherwise;
        };
        rows.push_back({{value(0, 0), value(1, 0), value(2, 0)}, value(3, default_radius), value(4, 0), value(5, 1)});
        if (rows.back().radius <= 0 || rows.back().delay < 0)
          throw UserError(
            {"a radius of " + shortest_digits(rows.back().radius) + " mm and a delay of " + shortest_digits(rows.back().delay) + " ms",
             where, "a radius is positive, and a delay not negative", "", "correct the row"});
      }
    if (rows.empty())
      throw UserError({"a table without a row", file, "it stimulates nothing", "", "add rows below the header"});
    return rows;
  }
}
