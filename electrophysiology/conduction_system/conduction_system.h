// The sinus node fires; the atrioventricular node hears the atria, whatever excited them, and, later, fires the ventricles' early
// sites or the His bundle.
#pragma once

#include "core/parameters/parameters.h"
#include "electrophysiology/conduction_system/his_purkinje.h"
#include "electrophysiology/leads/heart_axes.h"
#include "electrophysiology/stimuli/pulse.h"

#include <mpi.h>

namespace vivicor
{
  /// Entries "sinus_node", "av_node", "conduction_system", "early_sites" and "stimuli" of the section "electrophysiology".
  void declare_conduction_system(Schema &electrophysiology);

  /// Time between firings, ms: the section's own, or the cycle length. @throws UserError for one that no heart follows
  double sinus_period(const Parameters &sinus_node, double cycle_length);

  class ConductionSystem
  {
  public:
    /// Collective. @param cycle_length ms, period of a sinus node whose own is 0 @throws UserError for a stimulus without a node
    ConductionSystem(MPI_Comm comm, const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres,
                     const Parameters &electrophysiology, double cycle_length);

    /// What a commit must keep.
    struct State
    {
      long beat = -1;                ///< firings of the sinus node so far, less one
      double beat_start = 0;         ///< ms, of the latest firing (or of the run)
      double last_conducted = -1e30; ///< ms, atrial activation that the AV node last passed on
      double heard;                  ///< ms, earliest activation of the AV node's region since the last decision; infinite: none
      HisPurkinje::State network;    ///< empty without one
      std::vector<double> firings;   ///< ms, of the early sites: those under way and those to come
      State();
    };
    State state;

    /// Begins the step from t to t + dt: fills in the currents. @return true when a new beat begins in it
    bool begin_step(double t, double dt, StimulusCurrent &current);

    /// Looks for an activation of the AV node's region and of the Purkinje junctions' in the step that ends at t.
    void observe(double t, double dt, double threshold, const double *before, const double *V);

    /// Collective. Lets the AV node and the Purkinje junctions decide on what was heard; due at least every decision_interval().
    void decide();
    double decision_interval() const { return std::min({1.0, av_delay, his_purkinje ? his_purkinje->decision_interval() : 1.0}); }

    /// The Purkinje network; null: none.
    const HisPurkinje *purkinje() const { return his_purkinje.get(); }

  private:
    struct EarlyNodes
    {
      StimulatedNodes nodes;
      double delay;
    };
    void place_sinus_node(const Anatomy &anatomy, const HeartAxes &axes, const Parameters &deck, double cycle_length);
    void place_av_node(const Anatomy &anatomy, const Fibres &fibres, const Parameters &deck);
    void place_early_sites(const Anatomy &anatomy, const HeartAxes &axes, const Parameters &electrophysiology);
    void place_network(const Anatomy &anatomy, const HeartAxes &axes, const Parameters &electrophysiology);
    void place_stimuli(const Anatomy &anatomy, const Parameters &electrophysiology);
    /// The atria have been passed on, or there are none: the ventricles follow at time t.
    void fire_ventricles(double t);

    MPI_Comm comm;
    const RefinedMesh &mesh;
    bool has_atria = false, has_ventricles = false, sinus_fires = false;
    Pulse sinus;
    Point3 av_centre{};
    std::vector<unsigned> av_nodes;
    double av_delay = 0, av_refractory = 0, early_amplitude = 0, early_duration = 0;
    std::vector<EarlyNodes> early;
    std::unique_ptr<HisPurkinje> his_purkinje;
    std::vector<Pulse> others;
  };
}
