// The passive end-diastolic pressure-volume curve of a heart.
#pragma once

#include "mechanics/mechanics.h"

#include <functional>
#include <vector>

namespace vivicor
{
  /// Finds one passive equilibrium after the other, by Newton's method alone for as long as that works, else through time.
  class Equilibria
  {
  public:
    /// @param precision mm
    explicit Equilibria(double precision) : precision(precision) {}

    /// Collective. Leaves the heart in equilibrium with the pressures (kPa), see Mechanics::settle(). @throws SolverError
    void find(Mechanics &mechanics, const std::vector<double> &pressure, const std::vector<Point3> &start, const Mechanics &like);

  private:
    double precision;
    unsigned failures = 0; ///< of Newton's method alone
  };

  /// Pressures and volumes of all cavities while they fill together.
  struct FillingCurve
  {
    std::vector<double> load;                          ///< factor on the pressures
    std::vector<std::vector<double>> pressure, volume; ///< kPa, mm^3: [point][cavity]
  };

  /// Collective. Passive equilibria from no pressure in equal steps to `final` (kPa, by cavity). The heart is left there.
  /// @param watch called after every point
  /// @throws SolverError
  FillingCurve fill(
    Mechanics &mechanics, const std::vector<double> &final, unsigned steps,
    const std::function<void(const FillingCurve &)> &watch = [](const FillingCurve &) {});
}
