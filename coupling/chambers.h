// The port between the cavities of the heart (by index) and the chambers of the circulation (by name).
#pragma once

#include "circulation/circulation.h"

#include <string>
#include <vector>

namespace vivicor
{
  class ChamberPort
  {
  public:
    /// @param cavities names in the order of the heart @param chambers of the circulation
    /// @throws UserError when a chamber has no cavity or a cavity no chamber
    ChamberPort(const std::vector<std::string> &cavities, const std::vector<std::string> &chambers);

    Chambers to_chambers(const std::vector<double> &by_cavity) const;
    std::vector<double> to_cavities(const Chambers &by_chamber) const;
    /// cavity[k] is the place of chamber k among the cavities.
    const std::vector<std::size_t> &cavity_of() const { return cavity; }

  private:
    std::vector<std::size_t> cavity;
  };
}
