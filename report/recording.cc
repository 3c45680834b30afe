#include "report/recording.h"

#include <algorithm>
#include <stdexcept>

namespace vivicor
{
  const std::vector<double> &Recording::column(const std::string &name) const
  {
    const auto found = std::find(columns.begin(), columns.end(), name);
    if (found == columns.end())
      throw std::out_of_range("no column " + name);
    return values[static_cast<std::size_t>(found - columns.begin())];
  }

  bool Recording::has(const std::string &name) const
  {
    return std::find(columns.begin(), columns.end(), name) != columns.end();
  }

  void Recording::add(const std::vector<double> &row)
  {
    values.resize(row.size());
    for (std::size_t c = 0; c < row.size(); ++c)
      values[c].push_back(row[c]);
  }

  std::vector<double> Recording::row(std::size_t number) const
  {
    std::vector<double> row;
    for (const auto &column : values)
      row.push_back(column[number]);
    return row;
  }

  void Recording::archive(Archive &archive, const std::string &name)
  {
    std::vector<double> all;
    for (const auto &column : values)
      all.insert(all.end(), column.begin(), column.end());
    std::size_t n_rows = rows();
    archive_number(archive, name + "/rows", n_rows);
    archive.numbers(name, all);
    values.clear();
    for (auto from = all.begin(); from != all.end(); from += static_cast<std::ptrdiff_t>(n_rows))
      values.emplace_back(from, from + static_cast<std::ptrdiff_t>(n_rows));
  }
}
