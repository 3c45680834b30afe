// A hollow, incompressible neo-Hookean sphere under inner pressure. With stretches la, lb of the inner
// and outer circumference, la^3 - 1 = (b/a)^3 (lb^3 - 1),
//   P = integral from lb to la of W'(l) / (l^3 - 1) dl,  W = mu/2 (2 l^2 + l^-4 - 3)
//     = 2 mu [1/lb + 1/(4 lb^4) - 1/la - 1/(4 la^4)]      (Ogden 1997, Non-linear Elastic Deformations, ch. 5).
#pragma once

#include <cmath>

namespace vivicor::test::sphere
{
  constexpr double a = 20, b = 30, mu = 10, pressure = 3.5; // mm, kPa: radii without load

  /// kPa, for a cavity of la^3 times its volume at rest.
  inline double exact_pressure(double la)
  {
    const double lb = std::cbrt(1 + (la * la * la - 1) * a * a * a / (b * b * b));
    return 2 * mu * (1 / lb + 0.25 / std::pow(lb, 4) - 1 / la - 0.25 / std::pow(la, 4));
  }

  inline double exact_inner_stretch()
  {
    double low = 1, high = 1.4;
    for (unsigned k = 0; k < 60; ++k)
      (exact_pressure((low + high) / 2) < pressure ? low : high) = (low + high) / 2;
    return low;
  }
}
