// The deck's numbers for elastance chambers, in internal units.
#pragma once

#include "core/cosine_pulse.h"
#include "core/parameters/parameters.h"

#include <map>
#include <string>

namespace vivicor
{
  struct ChamberElastance
  {
    double active = 0, passive = 0; ///< kPa/mm^3: what contraction adds at its peak, and at rest
    double unstressed = 0;          ///< mm^3: V0
    CosinePulse pulse;              ///< of the drive "cycle"
  };

  struct CalciumSettings
  {
    double half = 0;      ///< uM
    double steepness = 1; ///< exponent of Hill's curve
    double lag = 0;       ///< ms
  };

  struct ElastanceSettings
  {
    std::map<std::string, ChamberElastance> chambers; ///< LV, RV, LA, RA
    bool by_calcium = false;
    CalciumSettings calcium;
  };

  /// Entries of the section "mechanics" that belong to elastance chambers.
  void declare_elastance(Schema &mechanics);
  /// @param cycle_length ms @throws UserError where a chamber contracts and relaxes for longer than a cycle
  ElastanceSettings read_elastance(const Parameters &mechanics, double cycle_length);
}
