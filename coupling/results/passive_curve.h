// The end-diastolic pressure-volume curve of a deck's heart beside that which most human hearts share.
#pragma once

#include "mechanics/unloading/filling.h"
#include "mechanics/unloading/klotz.h"
#include "report/page.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace vivicor
{
  struct PassiveCurve
  {
    std::vector<std::string> cavities;
    FillingCurve filling;
    std::size_t LV = 0; ///< place of the LV among the cavities
    double at = 0;      ///< mmHg: LV pressure of the end-diastolic shape, where Klotz' curve is anchored
    KlotzCheck klotz;
  };

  /// Refuses before any work what passive_curve() would refuse. @throws UserError without an LV or without pressure in it
  void validate_passive_curve(const Parameters &deck, const Anatomy &anatomy);

  /// Collective. Fills the heart with all pressures in the proportion of `end_diastolic` (kPa, by cavity) until the LV holds
  /// 30 mmHg. @throws UserError without an LV or without pressure in it, SolverError
  PassiveCurve passive_curve(Mechanics &mechanics, const std::vector<double> &end_diastolic);

  std::string edpvr_csv(const PassiveCurve &curve);
  nlohmann::ordered_json edpvr_json(const PassiveCurve &curve);
  ReportFigure edpvr_figure(const PassiveCurve &curve);
}
