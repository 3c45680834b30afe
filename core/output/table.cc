#include "core/output/table.h"

#include "core/error.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>

namespace vivicor
{
  namespace
  {
    void append_number(std::string &line, double value)
    {
      char digits[32];
      const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::general, 9).ptr;
      line.append(digits, end);
    }

    [[noreturn]] void fail(const std::string &file, const std::string &what)
    {
      throw OutputError({what, file, std::strerror(errno), "", "free some space or choose another --output folder"});
    }
  }

  Table::Table(const std::string &file, const std::vector<std::string> &columns)
    : file(file), n_columns(columns.size()), stream(std::fopen(file.c_str(), "w"))
  {
    if (!stream)
      fail(file, "cannot create the table");
    std::string line;
    for (std::size_t i = 0; i < columns.size(); ++i)
      line += (i ? "," : "") + columns[i];
    write(line + "\n");
  }

  void Table::row(const std::vector<double> &values)
  {
    if (values.size() != n_columns)
      throw std::logic_error(file + ": a row of " + std::to_string(values.size()) + " values for " + std::to_string(n_columns)
                             + " columns");
    std::string line;
    for (std::size_t i = 0; i < values.size(); ++i)
      {
        if (i)
          line += ',';
        append_number(line, values[i]);
      }
    write(line + "\n");
  }

  void Table::write(const std::string &line)
  {
    // Flushed line by line: a killed run keeps every row up to its last step.
    if (std::fwrite(line.data(), 1, line.size(), stream.get()) != line.size() || std::fflush(stream.get()) != 0)
      fail(file, "cannot write a row of the table");
  }
}
