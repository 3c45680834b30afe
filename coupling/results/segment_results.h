// The seventeen segments of the left ventricle as a table, as numbers of the summary and as a figure.
#pragma once

#include "mechanics/measures/regional_strain.h"
#include "report/page.h"

#include <nlohmann/json.hpp>

#include <array>
#include <string>

namespace vivicor
{
  std::string segments_csv(const std::array<SegmentMeasures, n_segments> &segments);
  /// Means over the wall, and the spread of the peak shortening between segments.
  nlohmann::ordered_json segments_json(const std::array<SegmentMeasures, n_segments> &segments);
  ReportFigure segments_figure(const std::array<SegmentMeasures, n_segments> &segments);
}
