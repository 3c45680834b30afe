// Gates of the fast sodium current of Luo and Rudy 1991 (doi:10.1161/01.RES.68.6.1501), which Courtemanche et al. 1998 kept.
// The published formulas of h and j change at -40 mV, with a jump. Compiled for every instruction set level: read simd.h on what
// that forbids.
#pragma once

#include "electrophysiology/ionic_models/opening_and_closing.h"

namespace vivicor
{
  namespace
  {
    /// @param V mV @param target, rate of the model's states, of which m, h and j are set
    inline void luo_rudy_sodium_gates(const Vec V, const int m, const int h, const int j, Vec *target, Vec *rate)
    {
      const Vec x = -0.1 * (V + 47.13);
      from_rates(3.2 * y_over_exp_minus_1(x, exp(x)), 0.08 * exp(V * (-1.0 / 11)), target[m], rate[m]);

      // Most batches lie wholly on one side of -40 mV: the other side's exponentials are then left out. No lane's
      // result depends on its neighbours.
      const Mask low = V < -40.0;
      Vec open_h{}, open_j{}, low_h{}, low_j{}, high_h{}, high_j{};
      if (any(low))
        {
          open_h = 0.135 * exp((V + 80.0) * (-1 / 6.8));
          low_h = 3.56 * exp(0.079 * V) + 3.1e5 * exp(0.35 * V);
          open_j = (-127140.0 * exp(0.2444 * V) - 3.474e-5 * exp(-0.04391 * V)) * (V + 37.78) / (1.0 + exp(0.311 * (V + 79.23)));
          low_j = 0.1212 * exp(-0.01052 * V) / (1.0 + exp(-0.1378 * (V + 40.14)));
        }
      if (any(~low))
        {
          high_h = (1 / 0.13) / (1.0 + exp((V + 10.66) * (-1 / 11.1)));
          high_j = 0.3 * exp(-2.535e-7 * V) / (1.0 + exp(-0.1 * (V + 32.0)));
        }
      from_rates(low ? open_h : Vec{}, low ? low_h : high_h, target[h], rate[h]);
      from_rates(low ? open_j : Vec{}, low ? low_j : high_j, target[j], rate[j]);
    }
  }
}
