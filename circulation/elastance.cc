#include "circulation/elastance.h"

#include <cmath>
#include <numbers>

namespace vivicor
{
  namespace
  {
    double modulo(const double x, const double period)
    {
      return x - period * std::floor(x / period);
    }
  }

  double ElastanceChamber::elastance(const double t, const double period) const
  {
    const double since_onset = modulo(t - onset, period), since_peak = modulo(t - onset - contraction, period);
    double e = 0.;
    if (since_onset < contraction)
      e = 0.5 * (1. - std::cos(std::numbers::pi * since_onset / contraction));
    else if (since_peak < relaxation)
      e = 0.5 * (1. + std::cos(std::numbers::pi * since_peak / relaxation));
    return active * e + passive;
  }
}
