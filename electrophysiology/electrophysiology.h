// The electrical heart: monodomain tissue on the uniformly refined mesh. Distributed; advanced in its own small steps.
#pragma once

#include "core/checkpoint/archive.h"
#include "core/output/vtu.h"
#include "core/parameters/parameters.h"
#include "core/timers.h"
#include "electrophysiology/regional_maps.h"
#include "meshes/fibres/fibres.h"

#include <mpi.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vivicor
{
  struct NodeKey;

  /// Entries below "electrophysiology" of a deck.
  void declare_electrophysiology(Schema &deck);

  class Electrophysiology
  {
  public:
    /// @param cell_rank owner of each cell of the anatomy; refined cells follow their parent's rank
    /// @throws UserError for stimuli outside the tissue and the like
    Electrophysiology(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank,
                      const Parameters &deck, Timers &timers);
    ~Electrophysiology();

    /// Collective. From time() to t_end (ms) in equal steps of at most the deck's step.
    /// @throws StepFailed, agreed by all ranks, when a value is not finite; the state is then that of no time: roll back
    void advance(double t_end);
    double time() const;

    /// Keeps the present state as the one that rollback() returns to.
    void commit();
    void rollback();

    /// Intracellular calcium (uM) by node of the anatomy: valid at the nodes of this rank's cells. Inexcitable nodes, and those
    /// of the fibrous ring where an atrium touches a ventricle, keep the ventricles' resting value.
    const std::vector<double> &calcium() const;
    /// The same for one excitable tissue: at the ring, that tissue's own.
    const std::vector<double> &calcium(Tissue tissue) const;

    /// Lead names (I, II, III, aVR, aVL, aVF, V1..V6) and present potentials, mV; the second is collective.
    const std::vector<std::string> &ecg_leads() const;
    std::vector<double> ecg() const;
    /// The same of the unipolar electrograms that the deck asks for.
    const std::vector<std::string> &electrogram_names() const;
    std::vector<double> electrograms() const;

    /// Both at every multiple of an interval (ms), also within the steps of advance(): from now on, and those since the last
    /// call, which is collective and follows a commit().
    struct Sample
    {
      double t; ///< ms
      std::vector<double> ecg, electrograms;
    };
    void sample_every(double interval);
    std::vector<Sample> take_samples();

    /// Collective. First activation, ms after the latest stimulus of the sinus node, over each kind of tissue.
    struct Activation
    {
      double atrial_duration = 0;                     ///< last minus first atrial activation, ms; 0 where nothing was activated
      double ventricular_duration = 0;                ///< last minus first ventricular activation, ms
      double atrial_start = 0, ventricular_start = 0; ///< ms
      double ventricular_repolarisation = 0;          ///< time of the last ventricular repolarisation (90 %), ms; 0: none yet
      double activated_fraction = 0;                  ///< of all excitable nodes
    };
    Activation activation() const;

    /// Collective. This rank's refined cells: point fields V, calcium, activation, repolarisation, APD90, conduction velocity.
    /// Times are since the latest firing of the sinus node; -1 where it has not happened in this beat.
    VtuPiece fields(bool maps_only) const;
    /// Its points and cells alone, which never change; the nodes' places in the anatomy; and, collective, those of its point
    /// fields whose names are wanted (by all ranks alike).
    VtuPiece grid() const;
    std::vector<NodeKey> grid_nodes() const;
    std::vector<unsigned> grid_parents() const; ///< cell of the anatomy by cell of grid()
    std::vector<VtuField> point_fields(const std::function<bool(const std::string &)> &wanted) const;
    static std::vector<std::string> point_field_names(); ///< all that can be wanted

    /// Collective. The same maps in numbers, by excitable region.
    std::vector<RegionalMaps> regional_maps() const;

    /// The Purkinje network, the same on every rank; empty where the conduction system is early_sites.
    struct Network
    {
      std::vector<Point3> points;    ///< mm
      std::vector<unsigned> parent;  ///< by point but the first, which is the root
      std::vector<std::string> part; ///< as "conduction_system.cut" names it
      std::vector<char> is_junction;
      std::vector<double> activation; ///< ms since the latest firing of the sinus node; -1: not in this beat
    };
    Network network() const;

    struct Size
    {
      long long nodes = 0, cells = 0;
      double edge_mean = 0; ///< mm
    };
    Size size() const;

    /// Collective. The present state: everything that a resumed run needs, on any number of ranks. Loading commits it.
    void archive(Archive &archive);

  private:
    struct Impl;
    struct PointFields;
    std::unique_ptr<Impl> impl;
  };
}
