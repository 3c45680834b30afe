// A gate stated by its opening and closing rates, as Hodgkin and Huxley 1952 (doi:10.1113/jphysiol.1952.sp004764) did:
// dy/dt = alpha (1 - y) - beta y = (target - y) rate. Compiled for every instruction set level: read simd.h on what that forbids.
#pragma once

#include "electrophysiology/ionic_models/simd.h"

namespace vivicor
{
  namespace
  {
    /// @param alpha, beta opening and closing rates, 1/ms @param target steady state @param rate 1/tau, 1/ms
    inline void from_rates(const Vec alpha, const Vec beta, Vec &target, Vec &rate)
    {
      rate = alpha + beta;
      target = alpha / rate;
    }
  }
}
