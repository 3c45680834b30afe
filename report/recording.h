// What a run recorded: columns over time, for tables, metrics and the report.
#pragma once

#include "core/checkpoint/archive.h"

#include <string>
#include <vector>

namespace vivicor
{
  /// Columns side by side; the first is time, ms.
  struct Recording
  {
    std::vector<std::string> columns;        ///< with units, as in the file
    std::vector<std::vector<double>> values; ///< by column

    /// @throws std::out_of_range if there is no such column
    const std::vector<double> &column(const std::string &name) const;
    bool has(const std::string &name) const;
    void add(const std::vector<double> &row);
    std::vector<double> row(std::size_t number) const;
    std::size_t rows() const { return values.empty() ? 0 : values[0].size(); }
    void archive(Archive &archive, const std::string &name); ///< the values; the columns follow from the run
  };
}
