// The sinus node fires; the atrioventricular node hears the atria and, later, fires the ventricles' early sites.
#pragma once

#include "core/parameters.h"
#include "electrophysiology/heart_axes.h"
#include "electrophysiology/stimuli/pulse.h"

#include <mpi.h>

namespace vivicor
{
  /// Entries "sinus_node", "av_node", "early_sites" and "stimuli" of the section "electrophysiology".
  void declare_conduction_system(Schema &electrophysiology);

  class ConductionSystem
  {
  public:
    /// Collective. @throws UserError for a stimulus without a node
    ConductionSystem(MPI_Comm comm, const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres,
                     const Parameters &electrophysiology);

    /// What a commit must keep.
    struct State
    {
      long beat = -1;             ///< firings of the sinus node so far, less one
      double beat_start = 0;      ///< ms, of the latest firing (or of the run)
      double last_conducted = -1e30; ///< ms, atrial activation that the AV node last passed on
      double heard;               ///< ms, earliest activation of the AV node's region since the last decision; infinite: none
      std::vector<double> firings; ///< ms, of the early sites: those under way and those to come
      State();
    };
    State state;

    /// Begins the step from t to t + dt: fills in the currents. @return true when a new beat begins in it
    bool begin_step(double t, double dt, StimulusCurrent &current);

    /// Looks for an activation of the AV node's region in the step that ends at t.
    void observe(double t, double dt, double threshold, const double *before, const double *V);

    /// Collective. Lets the AV node decide on what was heard; due at least every decision_interval().
    void decide();
    double decision_interval() const { return std::min(1.0, av_delay); }

  private:
    struct Site
    {
      StimulatedNodes nodes;
      double delay;
    };
    void place_sinus_node(const Anatomy &anatomy, const HeartAxes &axes, const Parameters &deck);
    void place_av_node(const Anatomy &anatomy, const Fibres &fibres, const Parameters &deck);
    void place_early_sites(const Anatomy &anatomy, const HeartAxes &axes, const Parameters &deck);
    void place_stimuli(const Parameters &deck);
    void require_nodes(std::size_t nodes, const Parameters &deck, const std::string &key) const;

    MPI_Comm comm;
    const RefinedMesh &mesh;
    bool has_atria = false, has_ventricles = false, sinus_fires = false;
    Pulse sinus;
    std::vector<unsigned> av_nodes;
    double av_delay = 0, av_refractory = 0, early_amplitude = 0, early_duration = 0;
    std::vector<Site> early;
    std::vector<Pulse> others;
  };
}
