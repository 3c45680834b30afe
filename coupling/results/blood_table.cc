#include "coupling/results/blood_table.h"

#include "core/units.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    std::string unit_in_name(const std::string &unit)
    {
      std::string suffix = unit == "1" ? "" : "_" + unit;
      std::replace(suffix.begin(), suffix.end(), '/', '_');
      return suffix;
    }
  }

  std::vector<std::string> blood_columns(const std::vector<std::string> &chambers, const std::vector<Circulation::Report> &reports)
  {
    std::vector<std::string> columns{"t_ms"};
    for (const auto &chamber : chambers)
      columns.push_back(chamber + "_volume_mL");
    for (const auto &chamber : chambers)
      columns.push_back(chamber + "_pressure_mmHg");
    for (const auto &report : reports)
      columns.push_back(report.name + unit_in_name(report.unit));
    return columns;
  }

  std::vector<double> blood_row(double t, const Chambers &volume, const Chambers &pressure, const std::vector<Circulation::Report> &reports)
  {
    std::vector<double> row{t};
    for (const double v : volume)
      row.push_back(v / units::mL);
    for (const double p : pressure)
      row.push_back(p / units::mmHg);
    for (const auto &report : reports)
      row.push_back(report.value);
    return row;
  }
}
