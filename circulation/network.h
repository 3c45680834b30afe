// Any circulation as a network: places that hold blood, by name, and elements that let it through between two of them.
// Places are compartments of the network (compartment.h) and chambers of the heart, whose pressures are given.
#pragma once

#include "circulation/circulation.h"
#include "circulation/compartment.h"
#include "circulation/element.h"

#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  /// Balance of blood in every compartment i, with the flows Q of the elements that begin or end there:
  ///   dV_i/dt = sum Q_in - sum Q_out,  V_i = V_i(t, p_i),  Q = Q(p_from, p_to, own states).
  /// An implicit step (backward Euler) seeks the pressures p at its end. Where flows fall with the pressure at their end and
  /// rise with that at their beginning, by the same amount, the balances are the gradient of a convex function of p: Newton's
  /// method with a line search along which that function falls has one answer, and finds it from anywhere.
  /// States: volumes of the compartments (mm^3), then the elements' own. Volumes are advanced by the flows themselves, so
  /// that blood is conserved to round-off.
  class Network : public Circulation
  {
  public:
    struct Place
    {
      std::string name;
      std::unique_ptr<Compartment> compartment;
    };
    struct Joint
    {
      std::string name, from, to; ///< places or chambers
      std::shared_ptr<CirculationElement> element;
      std::string where; ///< in the deck, for messages
    };

    /// @param initial_pressure kPa by chamber, of all that the elements name (more are no harm)
    /// @throws UserError for ends that are neither place nor chamber, places without an element, chambers without a pressure
    Network(std::vector<Place> places, std::vector<Joint> joints, const std::vector<std::pair<std::string, double>> &initial_pressure);

    const std::vector<std::string> &chambers() const override { return chamber_list; }
    std::vector<std::string> state_names() const override;
    std::vector<double> initial() const override;
    std::vector<double> state_scales() const override;
    Chambers initial_pressures() const override { return start; }
    Step advance(double t, double dt, const std::vector<double> &state, const Chambers &volume, const Chambers &pressure) const override;
    Rate rate(double t, const std::vector<double> &state, const Chambers &pressure) const override;
    double stored_volume(const std::vector<double> &state) const override;
    /// Flows as NAME_flow, pressures and volumes of compartments as NAME_pressure and NAME_volume, channels as NAME_CHANNEL.
    std::vector<Report> report(double t, const std::vector<double> &state, const Chambers &pressure) const override;

  private:
    /// Ends are numbered: compartments first, then chambers.
    struct Edge
    {
      std::size_t from, to, first_state;
    };
    struct Balance;
    std::vector<double> pressures_of(double t, const std::vector<double> &state, const Chambers &chamber_pressure) const;
    Balance balance(double t, double dt, const std::vector<double> &old, const std::vector<double> &pressure) const;
    /// Pressures of all ends at the end of a step; moves `pressure` from its guess to the answer. @throws StepFailed
    Balance solve(double t, double dt, const std::vector<double> &old, std::vector<double> &pressure) const;

    std::vector<Place> places;
    std::vector<Joint> joints;
    std::vector<Edge> edges; ///< by joint
    std::vector<std::string> chamber_list;
    Chambers start;
    std::size_t n_states;
  };
}
