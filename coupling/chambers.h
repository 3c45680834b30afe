// The port between the cavities of the mechanics (by index) and the chambers of the circulation (LV, RV, LA, RA).
#pragma once

#include "circulation/circulation.h"

#include <string>
#include <vector>

namespace vivicor
{
  class ChamberPort
  {
  public:
    /// @param cavities names in the order of the mechanics
    /// @throws UserError when a chamber has no cavity or a cavity no chamber
    explicit ChamberPort(const std::vector<std::string> &cavities);

    Chambers to_chambers(const std::vector<double> &by_cavity) const;
    std::vector<double> to_cavities(const Chambers &by_chamber) const;
    /// cavity[k] is the place of chamber k among the cavities.
    const std::array<std::size_t, 4> &cavity_of() const { return cavity; }

  private:
    std::array<std::size_t, 4> cavity;
  };
}
