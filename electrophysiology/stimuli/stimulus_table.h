// A table of stimulated points.
#pragma once

#include "core/mesh/mesh.h"
#include "core/parameters/parameters.h"

namespace vivicor
{
  struct StimulusRow
  {
    Point3 point;        ///< mm
    double radius;       ///< mm
    double delay = 0;    ///< ms after the stimulus' own times
    double strength = 1; ///< times the stimulus' amplitude
  };

  /// Reads comma-separated values: a header with x_mm, y_mm, z_mm and perhaps radius_mm, delay_ms, strength, then a row a point.
  /// Empty lines and lines that begin with # are skipped. A relative path is sought from the working folder, then beside the deck.
  /// @throws UserError with file and line for an absent file, an unknown or missing column, and what is not a number
  std::vector<StimulusRow> read_stimulus_table(const Parameters &deck, const std::string &key, double default_radius);
}
