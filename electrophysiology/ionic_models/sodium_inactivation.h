// 1/tau of the inactivation gates h and j of the fast sodium current, as in Luo and Rudy 1991 and ten Tusscher et al.
// 2004, doi:10.1152/ajpheart.00794.2003. The published formulas change at -40 mV, with a jump.
#pragma once

#include "electrophysiology/ionic_models/simd.h"

namespace vivicor
{
  namespace
  {
    /// @param V mV @param h, j 1/ms
    inline void sodium_inactivation(const Vec V, Vec &h, Vec &j)
    {
      // Most batches lie wholly on one side of -40 mV: the other side's exponentials are then left out. No lane's
      // result depends on its neighbours.
      const Mask low = V < -40.0;
      Vec low_h{}, low_j{}, high_h{}, high_j{};
      if (any(low))
        {
          low_h = 0.057 * exp((V + 80.0) * (-1 / 6.8)) + 2.7 * exp(0.079 * V) + 310000.0 * exp(0.3485 * V);
          low_j = (-25428.0 * exp(0.2444 * V) - 6.948e-6 * exp(-0.04391 * V)) * (V + 37.78) / (1.0 + exp(0.311 * (V + 79.23)))
                  + 0.02424 * exp(-0.01052 * V) / (1.0 + exp(-0.1378 * (V + 40.14)));
        }
      if (any(~low))
        {
          high_h = (0.77 / 0.13) / (1.0 + exp((V + 10.66) * (-1 / 11.1)));
          high_j = 0.6 * exp(0.057 * V) / (1.0 + exp(-0.1 * (V + 32.0)));
        }
      h = low ? low_h : high_h;
      j = low ? low_j : high_j;
    }
  }
}
