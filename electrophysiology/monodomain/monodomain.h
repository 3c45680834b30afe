// The monodomain heart: membranes and diffusion on the refined mesh, fired by the conduction system. Distributed; advanced in
// its own small steps. docs/theory/monodomain.md
#pragma once

#include "electrophysiology/conduction_system/conduction_system.h"
#include "electrophysiology/electrodes.h"
#include "electrophysiology/readout/meshed_heart.h"
#include "electrophysiology/tissue/node_archive.h"
#include "electrophysiology/tissue/time_step.h"

namespace vivicor
{
  class Monodomain final : public MeshedHeart
  {
  public:
    /// Collective. @param electrophysiology the deck's section @throws UserError for stimuli outside the tissue and the like
    Monodomain(const Parameters &electrophysiology, const Context &context);

    /// In equal steps of at most the deck's. @throws StepFailed, agreed by all ranks, when a value is not finite
    void advance(double t_end) override;
    double time() const override { return t; }
    void commit() override;
    void rollback() override;
    Network network() const override;
    void archive(Archive &archive) override;

  protected:
    Beat beat() const override { return {map.activation, map.repolarisation, conduction_system.state.beat_start}; }
    const AlignedVector &potential() const override { return V; }
    void cell_calcium(double *owned) const override { reaction.calcium(owned); }

  private:
    Monodomain(const Parameters &electrophysiology, const Context &context, const std::vector<Reaction::Membrane> &membranes);

    void step(double dt);
    /// Samples at the multiples of the interval in the step that ends at t, between its two ends where they lie there.
    void sample_step(double t, double dt);

    /// All that changes in time.
    struct State
    {
      double t = 0;
      AlignedVector V;
      std::vector<AlignedVector> membranes;
      ActivationMap map;
      ConductionSystem::State conduction_system;
      Diffusion::History history;
    };
    State save() const;
    void restore(const State &state);

    double longest_step, threshold;
    NodeArchive node_archive;
    Reaction reaction;
    CellList elements; ///< empty where nothing needs them
    Matrices matrices;
    Diffusion diffusion;
    TimeStep time_step;
    ConductionSystem conduction_system;
    Electrodes electrodes;
    StimulusCurrent current;
    ActivationMap map;
    double t = 0;
    AlignedVector V, before;
    State committed;
  };
}
