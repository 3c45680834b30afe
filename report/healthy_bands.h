// What is normal in healthy adults at rest: bands for the report and for the tests of the default heart.
#pragma once

#include <string>
#include <vector>

namespace vivicor
{
  struct HealthyBand
  {
    std::string key;  ///< place in summary.json, dotted: "chambers.LV.ef_pct"
    std::string name; ///< for people
    std::string unit; ///< of the key; empty for a ratio
    double low, high; ///< infinite where there is no limit
    std::string source;
  };

  /// In the order of the report. Where a source gives mean and standard deviation of men and of women, the band covers
  /// both sexes' means plus and minus two deviations.
  const std::vector<HealthyBand> &healthy_bands();
}
