// The figures of the report; each is "" where its data are absent.
#pragma once

#include "core/output/report.h"

#include <string>

namespace vivicor::figures
{
  /// Pressures, LV volume, ECG lead II and valve bars over one time axis.
  std::string wiggers(const ReportData &data);
  /// Pressure against volume of the four chambers: ventricles and atria side by side, each on its own scale.
  std::string pv_loops(const ReportData &data);
  /// Flows over time.
  std::string flows(const ReportData &data);
  /// Twelve leads in three rows of four and lead II along the bottom.
  std::string ecg(const ReportData &data);
  /// The surface from each side, coloured by value.
  std::string surface_map(const SurfaceMap &map);
}
