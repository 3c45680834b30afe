// A recording as a file that grows.
#pragma once

#include "core/output/table.h"
#include "report/recording.h"

#include <memory>
#include <string>

namespace vivicor
{
  /// A table with what was recorded so far. @throws OutputError
  inline std::unique_ptr<Table> table_of(const std::string &file, const Recording &recording)
  {
    auto table = std::make_unique<Table>(file, recording.columns);
    for (std::size_t row = 0; row < recording.rows(); ++row)
      table->row(recording.row(row));
    return table;
  }
}
