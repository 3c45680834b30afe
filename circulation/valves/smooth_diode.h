// A valve as a resistance that jumps between open and closed within a narrow band of the pressure difference
// (Regazzoni et al. 2022, doi:10.1016/j.jcp.2022.111083). Stateless: other valve laws with the same two functions can
// stand in its place.
#pragma once

#include <cmath>
#include <numbers>

namespace vivicor
{
  /// Flow (mm^3/ms) through a valve and its derivative in the pressure difference (mm^3/(ms kPa)).
  struct ValveFlow
  {
    double flow = 0., slope = 0.;
  };

  /// Q = d / R(d) of the difference d = p_upstream - p_downstream, with
  /// log R = log R_open + (log R_closed - log R_open) H(-d) and H(x) = atan(pi x / width)/pi + 1/2.
  struct SmoothDiode
  {
    double R_open = 0., R_closed = 0.; ///< kPa ms/mm^3
    double width = 0.;                 ///< kPa

    ValveFlow operator()(const double difference) const
    {
      const double ratio = std::log(R_closed / R_open), x = -difference / width;
      const double H = std::atan(std::numbers::pi * x) / std::numbers::pi + 0.5;
      const double conductance = std::exp(-ratio * H) / R_open;
      const double dH = -1. / (width * (1. + std::numbers::pi * std::numbers::pi * x * x)); // in the difference
      return {difference * conductance, conductance * (1. - difference * ratio * dH)};
    }
  };
}
