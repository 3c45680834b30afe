#include "circulation/elastance.h"

#include "core/cosine_pulse.h"

namespace vivicor
{
  double ElastanceChamber::elastance(const double t, const double period) const
  {
    return active * CosinePulse{contraction, relaxation, onset}(t, period) + passive;
  }
}
