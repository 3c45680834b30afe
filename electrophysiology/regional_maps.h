// Numbers of the activation, repolarisation, APD90 and conduction velocity maps, region by region.
#pragma once

#include <limits>
#include <string>
#include <vector>

namespace vivicor
{
  /// Of one field over one region, weighted by volume; NaN where no node has a value.
  struct Statistic
  {
    static constexpr double none = std::numeric_limits<double>::quiet_NaN();
    double mean = none, sd = none, min = none, max = none;
  };

  struct RegionalMaps
  {
    std::string region;
    double volume_mL = 0, activated_share = 0;   ///< share of the region's volume
    Statistic activation, repolarisation, apd90; ///< ms
    Statistic velocity;                          ///< m/s
  };
}
