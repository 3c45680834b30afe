// The seventeen segments of the left ventricle as a table, as numbers of the summary and as a figure.
#pragma once

#include "mechanics/measures/regional_strain.h"
#include "report/page.h"

#include <nlohmann/json.hpp>

#include <array>
#include <optional>
#include <string>

namespace vivicor
{
  /// By segment; absent where no end-systole was found.
  using SegmentResults = std::optional<std::array<SegmentMeasures, n_segments>>;

  /// Cells are empty where there is no value.
  std::string segments_csv(const SegmentResults &segments);
  /// Means over the wall; null where there are none.
  nlohmann::ordered_json segments_json(const SegmentResults &segments);
  ReportFigure segments_figure(const SegmentResults &segments);
}
