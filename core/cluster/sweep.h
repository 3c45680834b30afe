// A parameter sweep: one task for each combination of values.
#pragma once

#include <string>
#include <vector>

namespace vivicor
{
  /// @param axes "KEY=VALUE,VALUE,...": commas within brackets or quotes belong to a value
  /// @return the settings "KEY=VALUE" of each task; the last axis changes fastest. One task without settings for no
  /// axes.
  /// @throws UserError for an axis without key or with an empty or repeated value
  std::vector<std::vector<std::string>> combinations(const std::vector<std::string> &axes);
}
