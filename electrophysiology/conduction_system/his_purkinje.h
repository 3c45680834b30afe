// The Purkinje network and the muscle excite each other at the junctions, either way after a delay.
#pragma once

#include "core/parameters/parameters.h"
#include "electrophysiology/conduction_system/network.h"
#include "electrophysiology/stimuli/pulse.h"

#include <mpi.h>

namespace vivicor
{
  /// Section "conduction_system" of the section "electrophysiology".
  void declare_his_purkinje(Schema &electrophysiology);

  /// What of the tissue's numerics a cable network is tuned with.
  struct TissueNumerics
  {
    double time_step = 0.05, threshold = -20; ///< ms, mV
    double spacing = 1;                       ///< mm, between the nodes of the ventricles
  };

  class HisPurkinje
  {
  public:
    /// Collective. @param deck the section "conduction_system" @throws UserError
    HisPurkinje(MPI_Comm comm, const RefinedMesh &mesh, PurkinjeTree tree, const Parameters &deck, const TissueNumerics &numerics);

    struct State
    {
      PurkinjeNetwork::State network;
      AlignedVector fired; ///< ms, by junction: the latest stimulus of the muscle, which may be to come
      AlignedVector heard; ///< ms, by junction: first activation of this rank's muscle since the last decision; infinite: none
    };
    State initial() const;

    void fire(State &state, double t) const { network->excite_root(state.network, t); }
    /// From t to t + dt: the network goes on; adds the currents of the junctions.
    void begin_step(State &state, double t, double dt, StimulusCurrent &current) const;
    /// Looks for activations of the muscle at junctions in the step that ends at t.
    void observe(State &state, double t, double dt, double threshold, const double *before, const double *V) const;
    /// Collective. Excites the network where the muscle was heard.
    void decide(State &state) const;
    double decision_interval() const { return retrograde_delay; }

    const PurkinjeTree &purkinje_tree() const { return tree; }
    std::vector<double> activation(const State &state) const { return network->activation(state.network); }

  private:
    MPI_Comm comm;
    PurkinjeTree tree;
    std::unique_ptr<PurkinjeNetwork> network;
    std::vector<StimulatedNodes> muscle; ///< by junction
    double amplitude, duration, anterograde_delay, retrograde_delay;
  };
}
