// How excitation runs in the Purkinje tree: the same questions to a fast eikonal answer and to a cable with membranes.
#pragma once

#include "core/parameters/parameters.h"
#include "electrophysiology/conduction_system/purkinje_tree.h"
#include "electrophysiology/tissue/aligned.h"

#include <memory>
#include <utility>

namespace vivicor
{
  /// Constant after construction; all that changes in time stands in a state, so that a step can be taken back. Every rank
  /// computes the whole tree, which is small.
  class PurkinjeNetwork
  {
  public:
    using State = AlignedVector; ///< of fixed length
    /// Number of a junction and the time (ms) at which it was excited from within the tree.
    using Arrival = std::pair<unsigned, double>;

    virtual ~PurkinjeNetwork() = default;
    virtual State initial() const = 0;
    /// The His bundle is excited at time t, not before the state's.
    virtual void excite_root(State &state, double t) const = 0;
    /// The muscle excites a junction at time t, not before the state's. Without effect where it is refractory.
    virtual void excite_junction(State &state, unsigned junction, double t) const = 0;
    /// From t to t + dt. @return the junctions excited meanwhile, in order of time
    virtual std::vector<Arrival> advance(State &state, double t, double dt) const = 0;
    /// By node of the tree, time of its latest activation (ms); negative: never.
    virtual std::vector<double> activation(const State &state) const = 0;
  };

  /// Fronts run at one velocity (mm/ms) to every neighbour that was not activated within the refractory time (ms) before.
  std::unique_ptr<PurkinjeNetwork> eikonal_network(const PurkinjeTree &tree, double velocity, double refractory);

  struct CableNetworkOptions
  {
    double velocity = 3;     ///< mm/ms; the diffusivity is tuned to it
    double edge = 1;         ///< mm, at most
    double time_step = 0.05; ///< ms, that the velocity is tuned for
    double threshold = -20;  ///< mV
  };
  class IonicModel;
  /// The monodomain equation  dV/dt = D d2V/dx2 - I_ion  on the tree: lumped masses, Crank-Nicolson, currents in balance at the
  /// forks; each step solved exactly from the tips to the root and back (Hines 1984, 10.1016/0020-7101(84)90008-4).
  std::unique_ptr<PurkinjeNetwork> cable_network(const PurkinjeTree &tree, std::shared_ptr<const IonicModel> model,
                                                 const CableNetworkOptions &options);
}
