// What `vivicor circulation` leaves behind: text for the terminal, JSON, a table and figures.
#pragma once

#include "coupling/tasks/circulation_study.h"

#include <string>

namespace vivicor
{
  /// The limit cycle for people.
  std::string circulation_table(const CirculationStudy &study);

  /// Keys as in summary.json of a whole heart, and the settings. @param version and @param revision of the program
  std::string circulation_json(const CirculationStudy &study, const std::string &version, const std::string &revision);

  /// The last beat.
  void write_circulation_csv(const CirculationStudy &study, const std::string &file);
  /// Pressure-volume loops in a figure of its own.
  std::string circulation_svg(const CirculationStudy &study);
  /// The page of a run without what needs a 3D heart.
  std::string circulation_html(const CirculationStudy &study);
}
