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

  /// Reads values separated by commas (or by semicolons or tabs, as the header is): a header with x_mm, y_mm, z_mm and perhaps
  /// radius_mm, delay_ms, strength, then a row a point. Empty lines and lines that begin with # are skipped; byte-order marks and
  /// line ends of other systems do not matter. A relative path is sought beside the deck, then from the working folder.
  /// @throws UserError with file and line for an absent file, an unknown or missing column, and what is not a number
  std::vector<StimulusRow> read_stimulus_table(const Parameters &deck, const std::string &key, double default_radius);
}
