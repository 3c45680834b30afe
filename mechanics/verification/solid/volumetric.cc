#include "mechanics/verification/solid/volumetric.h"

#include "core/error.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  const std::vector<VolumetricLaw> &volumetric_laws()
  {
    static const std::vector<VolumetricLaw> laws{
      {"linear", "U = (J - 1)^2/2", [](double J) { return J - 1; }, [](double) { return 1.0; }},
      {"log_square", "U = (J^2 - 1 - 2 ln J)/4", [](double J) { return 0.5 * (J - 1 / J); },
       [](double J) { return 0.5 * (1 + 1 / (J * J)); }},
      {"logarithmic", "U = J ln J - J + 1", [](double J) { return std::log(J); }, [](double J) { return 1 / J; }}};
    return laws;
  }

  const VolumetricLaw &volumetric_law(const std::string &name)
  {
    std::vector<std::string> names;
    for (const VolumetricLaw &law : volumetric_laws())
      {
        if (law.name == name)
          return law;
        names.push_back(law.name);
      }
    throw UserError(
      {"no volumetric law named '" + name + "'", "", "it is not one of those that are built in", nearest_of(name, names), ""});
  }
}
