// The electrical maps in numbers: a file and a table of the report.
#pragma once

#include "electrophysiology/regional_maps.h"
#include "report/page.h"

namespace vivicor
{
  /// maps.csv: a header with units, then a row for each excitable region; empty fields where a region has no value.
  std::string maps_csv(const std::vector<RegionalMaps> &regions);

  /// The same for reading: means and ranges.
  ReportTable maps_table(const std::vector<RegionalMaps> &regions);
}
