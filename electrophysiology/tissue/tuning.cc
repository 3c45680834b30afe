#include "electrophysiology/tissue/tuning.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    CableOptions refined(CableOptions cable)
    {
      cable.length = std::max(20.0, 32 * cable.edge); // that of the cable that was tuned
      cable.edge /= 8;
      cable.time_step /= 4;
      return cable;
    }
  }

  TunedVelocity tune_velocity(const IonicModel &model, double velocity, const CableOptions &cable, double chi_Cm)
  {
    const double diffusivity = tune_diffusivity(model, velocity, cable);
    return {velocity, diffusivity * chi_Cm, conduction_velocity(model, diffusivity, cable),
            conduction_velocity(model, diffusivity, refined(cable))};
  }
}
