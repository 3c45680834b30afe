// An electrical heart on the refined mesh: what all such hearts show of themselves, worked out from what each knows of its
// nodes: potential, calcium and when they were activated.
#pragma once

#include "electrophysiology/electrical_heart.h"
#include "electrophysiology/leads/electrocardiogram.h"
#include "electrophysiology/leads/electrograms.h"
#include "electrophysiology/readout/recorder.h"
#include "electrophysiology/readout/region_statistics.h"
#include "electrophysiology/tissue/activation_map.h"
#include "electrophysiology/tissue/halo.h"
#include "electrophysiology/tissue/reaction.h"

#include <utility>

namespace vivicor
{
  class MeshedHeart : public ElectricalHeart
  {
  public:
    const std::vector<double> &calcium() const override { return all_calcium; }
    const std::vector<double> &calcium(Tissue tissue) const override
    {
      return tissue == Tissue::atrium ? atrial_calcium : ventricular_calcium;
    }

    const std::vector<std::string> &ecg_leads() const override { return Electrocardiogram::leads(); }
    std::vector<double> ecg() const override;
    const std::vector<std::string> &electrogram_names() const override { return electrograms_of_deck.names(); }
    std::vector<double> electrograms() const override;
    void sample_every(double interval) override { recorder.start(interval); }
    std::vector<Sample> take_samples() override;

    Activation activation() const override;
    VtuPiece grid() const override;
    std::vector<NodeKey> grid_nodes() const override;
    std::vector<unsigned> grid_parents() const override;
    std::vector<VtuField> point_fields(const std::function<bool(const std::string &)> &wanted) const override;
    std::vector<RegionalMaps> regional_maps() const override;
    Size size() const override;

  protected:
    /// Collective. @param n_membranes groups of nodes, as build_membranes() gives them @param degree of the elements
    MeshedHeart(const Context &context, const Parameters &electrophysiology, unsigned n_membranes, unsigned degree = 1);

    /// When the nodes were activated and repolarised in the present beat.
    struct Beat
    {
      const AlignedVector &activation, &repolarisation; ///< ms on the run's clock, or ActivationMap::never; by owned node
      double start;                                     ///< ms on the run's clock
    };
    virtual Beat beat() const = 0;
    /// mV, by owned node first.
    virtual const AlignedVector &potential() const = 0;
    /// Writes the cells' own calcium, uM, by owned node.
    virtual void cell_calcium(double *owned) const = 0;

    /// Before the first update_calcium(): what nodes without a cell of their own keep, uM.
    void rest_calcium(double ventricular, double atrial);
    /// Collective. From cell_calcium() to the nodes of the anatomy; whenever the state has changed.
    void update_calcium();
    /// This rank's part of the samples of electrocardiogram and electrograms at time t, to the recorder.
    void sample(double t, const AlignedVector &V);

    AlignedVector with_ghosts(const AlignedVector &owned) const;

    MPI_Comm comm;
    RefinedMesh mesh;
    mutable Halo halo; ///< its buffers are no state
    Recorder recorder;

  private:
    /// The maps of the present beat at all local nodes, times since its beginning; `never` where there is no value.
    struct Maps
    {
      AlignedVector activation, repolarisation, apd90, velocity;
    };
    Maps maps() const;
    struct PointFields;

    Electrocardiogram electrocardiogram;
    Electrograms electrograms_of_deck;
    RegionStatistics statistics;
    std::vector<double> all_calcium, ventricular_calcium, atrial_calcium; ///< by node of the anatomy
    std::vector<std::pair<unsigned, unsigned>> own_anatomy_nodes;         ///< local node, node of the anatomy
    std::vector<unsigned> piece_nodes;                                    ///< local nodes of grid()
    std::vector<char> is_ring;                                            ///< nodes of the anatomy in both tissues
  };
}
