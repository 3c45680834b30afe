// Volumetric laws of the general solid solver, by name: how pressure grows with volume, p = kappa U'(J).
#pragma once

#include <string>
#include <vector>

namespace vivicor
{
  struct VolumetricLaw
  {
    std::string name, doc;
    double (*slope)(double J);     ///< U'(J), zero at J = 1
    double (*curvature)(double J); ///< U''(J), one at J = 1
  };

  /// linear: U' = J - 1; log_square: U = (J^2 - 1 - 2 ln J)/4, U' = (J - 1/J)/2; logarithmic: U' = ln J.
  const std::vector<VolumetricLaw> &volumetric_laws();
  /// @throws UserError for an unknown name
  const VolumetricLaw &volumetric_law(const std::string &name);
}
