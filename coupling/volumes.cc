#include "coupling/volumes.h"

#include "core/error.h"
#include "core/output/formatted.h"
#include "core/units.h"

#include <algorithm>

namespace vivicor
{
  void require_blood(const std::vector<std::string> &names, const std::vector<double> &volumes, double t)
  {
    const auto emptiest = std::min_element(volumes.begin(), volumes.end());
    if (emptiest == volumes.end() || *emptiest >= 0)
      return;
    throw SolverError({"a negative volume: " + names[static_cast<std::size_t>(emptiest - volumes.begin())] + " holds "
                         + formatted("%.1f mL", *emptiest / units::mL),
                       formatted("t = %.6g ms", t),
                       "no chamber can hold less than nothing: there is too little blood in the loop, or a "
                       "pressure that sucks it empty",
                       "", "raise the pressures of circulation.initial, or the chambers' unstressed volumes"});
  }
}
