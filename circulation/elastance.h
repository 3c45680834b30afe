// A chamber whose stiffness rises and falls in time.
#pragma once

namespace vivicor
{
  /// p = E(t) (V - V0) with E = active e(t) + passive; e rises as (1 - cos)/2 over `contraction` from `onset` on, and
  /// falls as (1 + cos)/2 over `relaxation` (Regazzoni et al. 2022, doi:10.1016/j.jcp.2022.111083).
  struct ElastanceChamber
  {
    double active = 0., passive = 0.;                     ///< kPa/mm^3
    double contraction = 0., relaxation = 0., onset = 0.; ///< ms
    double unstressed = 0.;                               ///< V0, mm^3

    double elastance(double t, double period) const; ///< kPa/mm^3
  };
}
