// The contract of an electrical heart: what coupling and observers need of whatever makes the wave. How to add one:
// docs/howto/electrical_heart.md.
#pragma once

#include "core/checkpoint/archive.h"
#include "core/output/vtu.h"
#include "core/registry.h"
#include "core/timers.h"
#include "electrophysiology/electrode_ports.h"
#include "electrophysiology/regional_maps.h"
#include "meshes/fibres/fibres.h"

#include <mpi.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vivicor
{
  struct NodeKey;

  class ElectricalHeart
  {
  public:
    /// What a heart is made from besides the section "electrophysiology". Only `timers` need outlive it.
    struct Context
    {
      MPI_Comm comm;
      const Anatomy &anatomy;
      const Fibres &fibres;
      const std::vector<unsigned> &cell_rank; ///< owner of each cell of the anatomy; refined cells follow their parent's rank
      Timers &timers;
      double cycle_length;                    ///< ms, from one beat to the next
      const ElectricalPorts *ports = nullptr; ///< of devices; null: none. Its driver must outlive the heart
    };

    virtual ~ElectricalHeart() = default;

    /// Collective. From time() to t_end (ms).
    /// @throws StepFailed, agreed by all ranks; the state is then that of no time: roll back
    virtual void advance(double t_end) = 0;
    virtual double time() const = 0;

    /// Keeps the present state as the one that rollback() returns to.
    virtual void commit() = 0;
    virtual void rollback() = 0;

    /// Intracellular calcium (uM) by node of the anatomy: valid at the nodes of this rank's cells. Inexcitable nodes, and those
    /// of the fibrous ring where an atrium touches a ventricle, keep the ventricles' resting value.
    virtual const std::vector<double> &calcium() const = 0;
    /// The same for one excitable tissue: at the ring, that tissue's own.
    virtual const std::vector<double> &calcium(Tissue tissue) const = 0;

    /// Lead names (I, II, III, aVR, aVL, aVF, V1..V6) and present potentials, mV; the second is collective.
    virtual const std::vector<std::string> &ecg_leads() const = 0;
    virtual std::vector<double> ecg() const = 0;
    /// The same of the unipolar electrograms that the deck asks for.
    virtual const std::vector<std::string> &electrogram_names() const = 0;
    virtual std::vector<double> electrograms() const = 0;

    /// Both at every multiple of an interval (ms), also within the steps of advance(): from now on, and those since the last
    /// call, which is collective and follows a commit().
    struct Sample
    {
      double t; ///< ms
      std::vector<double> ecg, electrograms;
    };
    virtual void sample_every(double interval) = 0;
    virtual std::vector<Sample> take_samples() = 0;

    /// Collective. First activation, ms after the beat's beginning (the latest stimulus of the sinus node), over each kind of
    /// tissue; empty where nothing was activated, or repolarised.
    struct Activation
    {
      std::optional<double> atrial_duration;                 ///< last minus first atrial activation, ms
      std::optional<double> ventricular_duration;            ///< last minus first ventricular activation, ms
      std::optional<double> atrial_start, ventricular_start; ///< ms
      std::optional<double> ventricular_repolarisation;      ///< time of the last ventricular repolarisation (90 %), ms
      double activated_fraction = 0;                         ///< of all excitable nodes
    };
    virtual Activation activation() const = 0;

    /// This rank's refined cells with their points, which never change; the nodes' places in the anatomy; the cells of the
    /// anatomy that they lie in.
    virtual VtuPiece grid() const = 0;
    virtual std::vector<NodeKey> grid_nodes() const = 0;
    virtual std::vector<unsigned> grid_parents() const = 0;

    /// Names that fields by point of grid() have: potential, calcium, activation, repolarisation, action potential duration,
    /// conduction velocity. Times are since the beat's beginning; -1 where it has not happened in this beat.
    static const std::vector<std::string> &point_field_names();
    /// Collective. Those whose names are wanted (by all ranks alike).
    virtual std::vector<VtuField> point_fields(const std::function<bool(const std::string &)> &wanted) const = 0;
    /// Collective. Grid and fields; the maps alone are those of point_field_names() that belong to a beat, not to a moment.
    VtuPiece fields(bool maps_only) const;

    /// Collective. The same maps in numbers, by excitable region.
    virtual std::vector<RegionalMaps> regional_maps() const = 0;

    /// The Purkinje network, the same on every rank; empty where there is none.
    struct Network
    {
      std::vector<Point3> points;    ///< mm
      std::vector<unsigned> parent;  ///< by point but the first, which is the root
      std::vector<std::string> part; ///< as "conduction_system.cut" names it
      std::vector<char> is_junction;
      std::vector<double> activation; ///< ms since the beat's beginning; -1: not in this beat
    };
    virtual Network network() const = 0;

    struct Size
    {
      long long nodes = 0, cells = 0;
      double edge_mean = 0; ///< mm
    };
    /// Collective.
    virtual Size size() const = 0;

    /// Collective. The present state: everything that a resumed run needs, on any number of ranks. Loading commits it.
    virtual void archive(Archive &archive) = 0;
  };

  /// Entries below "electrophysiology" of a deck: `model` with the own entries of each registered heart, and those that all
  /// share: the mesh, the step, the cells, the thresholds of the maps, the leads.
  void declare_electrophysiology(Schema &deck);

  /// Collective. The heart that the deck selects.
  /// @param cell_rank owner of each cell of the anatomy @param ports of devices; null: none
  /// @throws UserError for stimuli outside the tissue and the like
  std::unique_ptr<ElectricalHeart> build_electrical_heart(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres,
                                                          const std::vector<unsigned> &cell_rank, const Parameters &deck, Timers &timers,
                                                          const ElectricalPorts *ports = nullptr);
}
