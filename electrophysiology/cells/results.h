// What `vivicor cell` leaves behind: text for the terminal, JSON, tables and figures.
#pragma once

#include "electrophysiology/cells/protocol.h"

#include <string>

namespace vivicor
{
  /// Biomarkers of the last beats or the restitution curve as a table for people.
  std::string cell_table(const CellStudy &study);

  /// @param version and @param revision of the program
  std::string cell_json(const CellStudy &study, const std::string &version, const std::string &revision);

  void write_trace_csv(const CellStudy &study, const std::string &file);
  void write_restitution_csv(const CellStudy &study, const std::string &file);
  /// Figures that stand alone, for light and dark pages.
  std::string trace_svg(const CellStudy &study);
  std::string restitution_svg(const CellStudy &study);
}
