// Volumes, pressures and reported quantities of the blood as rows of a table, at reported units.
#pragma once

#include "circulation/circulation.h"

#include <string>
#include <vector>

namespace vivicor
{
  /// A row of volumes, pressures and reported quantities, and its columns: "t_ms", "LV_volume_mL", ..., "aortic_flow_mL_s".
  std::vector<std::string> blood_columns(const std::vector<std::string> &chambers, const std::vector<Circulation::Report> &reports);
  std::vector<double> blood_row(double t, const Chambers &volume, const Chambers &pressure,
                                const std::vector<Circulation::Report> &reports);
}
