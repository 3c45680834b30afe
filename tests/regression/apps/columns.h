// The columns of the results that tests read.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace vivicor
{
  using Columns = std::map<std::string, std::vector<double>>;

  /// The columns of a comma-separated file of numbers, by the names in its first line.
  inline Columns read_columns(const std::filesystem::path &file)
  {
    std::ifstream in(file);
    std::string line, cell;
    std::getline(in, line);
    std::vector<std::string> names;
    for (std::istringstream header(line); std::getline(header, cell, ',');)
      names.push_back(cell);
    Columns columns;
    while (std::getline(in, line))
      {
        std::istringstream row(line);
        for (const std::string &name : names)
          {
            std::getline(row, cell, ',');
            columns[name].push_back(std::stod(cell));
          }
      }
    return columns;
  }
}
