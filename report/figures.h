// The figures of the report; each is "" where its data are absent.
#pragma once

#include "report/page.h"

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
  /// A pressure-volume curve by name; the first is drawn solid, the others dashed.
  struct PressureVolume
  {
    std::string name;
    std::vector<double> volume_mL, pressure_mmHg;
  };
  /// Curves of passive filling over volume and the point (mL, mmHg) through which they are compared.
  std::string passive_filling(const std::vector<PressureVolume> &curves, const std::array<double, 2> &point);

  /// A value in each of the 17 segments of the left ventricle, numbered as by the American Heart Association (Cerqueira et
  /// al. 2002, 10.1161/hc0402.102975): basal ring outside, apex in the middle, anterior wall up, septum left.
  struct BullsEye
  {
    std::string title, unit;
    std::array<double, 17> values; ///< NaN: no such segment
  };
  /// Side by side, each on its own colour scale.
  std::string bulls_eyes(const std::vector<BullsEye> &plots);

  /// The surface from each side, coloured by value.
  std::string surface_map(const SurfaceMap &map);
}
