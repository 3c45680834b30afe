#include "report/phase.h"

#include <array>

namespace vivicor
{
  const std::string &name_of(Phase phase)
  {
    static const std::array<std::string, 4> names{"filling", "isovolumic contraction", "ejection", "isovolumic relaxation"};
    return names.at(static_cast<std::size_t>(phase));
  }

  Phase phase_of(Phase before, double p_LV, double p_LA, double p_aorta, double dp_LV)
  {
    constexpr double hardly = 0.1; // of the pressure between atrium and aorta
    if (p_LV > p_aorta)
      return Phase::ejection;
    if (p_LV < p_LA)
      return Phase::filling;
    const bool near_atrium = p_LV < p_LA + hardly * (p_aorta - p_LA);
    const bool still_contracts = before == Phase::isovolumic_contraction && dp_LV > 0;
    const bool still_relaxes = (before == Phase::ejection || before == Phase::isovolumic_relaxation) && dp_LV <= 0;
    if (near_atrium && !still_contracts && !still_relaxes)
      return Phase::filling;
    return dp_LV > 0 ? Phase::isovolumic_contraction : Phase::isovolumic_relaxation;
  }
}
