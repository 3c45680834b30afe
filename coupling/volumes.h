// Chambers hold blood or nothing: a negative volume is no heart's.
#pragma once

#include <string>
#include <vector>

namespace vivicor
{
  /// @param volumes mm^3, of the chambers or cavities named @param t ms
  /// @throws SolverError that names the emptiest when one holds less than nothing
  void require_blood(const std::vector<std::string> &names, const std::vector<double> &volumes, double t);
}
