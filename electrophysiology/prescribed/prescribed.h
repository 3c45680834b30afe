// A heart whose wave is given: every node is activated at a prescribed time of each beat and then does what its cell does
// when it is paced alone. All that is asked of it is a function of time. docs/howto/prescribed_wave.md
#pragma once

#include "electrophysiology/prescribed/cell_beat.h"
#include "electrophysiology/readout/meshed_heart.h"

namespace vivicor
{
  /// Entries of the section "electrophysiology" with model = prescribed.
  void declare_prescribed(Schema &electrophysiology);

  class Prescribed final : public MeshedHeart
  {
  public:
    /// Collective. @param electrophysiology the deck's section
    /// @throws UserError for times outside a beat, bad tables, cells that do not fire
    Prescribed(const Parameters &electrophysiology, const Context &context);

    void advance(double t_end) override;
    double time() const override { return t; }
    void commit() override;
    void rollback() override;
    Network network() const override { return {}; }
    void archive(Archive &archive) override;

  protected:
    Beat beat() const override { return {activated, repolarised, beat_start}; }
    const AlignedVector &potential() const override { return V; }
    void cell_calcium(double *owned) const override { evaluate(t, &CellBeat::calcium, owned); }

  private:
    Prescribed(const Parameters &electrophysiology, const Context &context, const std::vector<Reaction::Membrane> &membranes);

    /// All groups that have a node anywhere, the same on every rank.
    std::vector<CellBeat> record_beats(const std::vector<Reaction::Membrane> &membranes, const Parameters &electrophysiology);
    /// By owned node, at time t.
    void evaluate(double t, std::vector<double> CellBeat::*values, double *owned) const;
    /// Collective. Everything as it is at time t.
    void show(double t);

    double cycle_length;         ///< ms
    std::vector<CellBeat> beats; ///< by group of the mesh
    AlignedVector reached;       ///< ms after the beginning of each beat, by owned node; or never
    double t = 0, committed = 0, beat_start = 0;
    AlignedVector V, activated, repolarised;
  };
}
