// What makes elastance chambers contract.
#pragma once

#include "core/parameters/parameters.h"
#include "mechanics/pump.h"

#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  /// How strongly each chamber contracts, e: 0 at rest, 1 at most.
  class ElastanceDrive
  {
  public:
    virtual ~ElastanceDrive() = default;
    /// Collective. At t = 0. @param calcium uM, as of Pump
    virtual std::vector<double> start(const std::vector<double> &calcium) const = 0;
    /// Collective. At t + dt (ms), from what it was at t.
    virtual std::vector<double> advance(double t, double dt, const std::vector<double> &calcium,
                                        const std::vector<double> &before) const = 0;
  };

  /// The drive that the section "mechanics" asks for: "cycle", a CosinePulse of each chamber in every cycle, or "calcium":
  ///   lag de/dt = c^n/(c^n + half^n) - e,
  /// with c the mean calcium over the muscle that lines the chamber, by area: a steady tension that follows a Hill curve (Hunter et
  /// al. 1998, 10.1016/S0079-6107(98)00013-3), reached with a lag. Backward Euler.
  /// @throws UserError for chambers that nothing lines, or that contract for longer than a cycle
  std::unique_ptr<ElastanceDrive> make_drive(const PumpContext &context, const std::vector<std::string> &cavities,
                                             const Parameters &mechanics);
}
