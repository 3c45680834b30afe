// The seventeen segments of the left ventricle by which cardiologists name its wall.
#pragma once

#include "meshes/fibres/fibres.h"

#include <array>
#include <string>
#include <vector>

namespace vivicor
{
  inline constexpr unsigned n_segments = 17;

  /// "basal anterior" and so on; segment k of the American Heart Association is at place k - 1.
  const std::array<std::string, n_segments> &segment_names();

  /// Place of each cell's segment, -1 outside of the LV's wall. Cerqueira et al. 2002 (10.1161/hc0402.102975): thirds of the
  /// cavity's length from inner apex to mitral ring are apical, mid-cavity and basal, what lies beyond the inner apex is 17.
  /// The septum's centre parts segments 2|3 and 8|9 and is the middle of 14. Anterior is up x septal: that of a human heart.
  /// Without an RV the first direction is arbitrary. In the reference configuration.
  /// @throws UserError when there is no LV with a base (find_long_axis())
  std::vector<int> segments_of(const Anatomy &anatomy);
}
