// The end-diastolic pressure-volume relation that nearly all hearts share once it is normalised.
#pragma once

#include <vector>

namespace vivicor
{
  /// Klotz et al. 2006 (10.1152/ajpheart.01240.2005): from one measured pair, P and V at end-diastole (mmHg, mL),
  ///   V0 = V (0.6 - 0.006 P),   V30 = V0 + (V - V0)/(P/An)^(1/Bn),   An = 27.78 mmHg, Bn = 2.76,
  /// and P(V) = alpha V^beta through (V, P) and (V30, 30). Near P = 30 the two points fall together; from P = 22 mmHg on the
  /// paper therefore takes the point (V15, 15) = (0.8 (V30 - V0) + V0, 15) instead of (V30, 30).
  struct KlotzCurve
  {
    double V0 = 0, V30 = 0;     ///< mL
    double alpha = 0, beta = 0; ///< P in mmHg, V in mL

    double pressure(double volume) const; ///< mmHg
    double volume(double pressure) const; ///< mL
    /// Volume at a pressure by the normalised law P = An ((V - V0)/(V30 - V0))^Bn, which meets V0 at 0 mmHg; mL.
    double normalised_volume(double pressure) const;
  };

  /// @param pressure 0 < P < 30 mmHg @param volume mL
  KlotzCurve klotz(double pressure, double volume);

  /// A computed curve against Klotz' through the pressure `at`.
  struct KlotzCheck
  {
    KlotzCurve expected;
    double V0 = 0, V30 = 0;          ///< computed, mL
    double rms_mL = 0, max_mL = 0;   ///< difference of volumes from the normalised law over the curve
    double rms_pct = 0, max_pct = 0; ///< the same, % of expected V30 - V0
  };

  /// @param pressure, volume mmHg, mL; from 0 to 30 mmHg, rising @param at mmHg: the pressure of the known end-diastolic shape
  KlotzCheck klotz_check(const std::vector<double> &pressure, const std::vector<double> &volume, double at);
}
