#include "electrophysiology/electrical_heart.h"

#include "electrophysiology/leads/electrocardiogram.h"
#include "electrophysiology/leads/electrograms.h"
#include "electrophysiology/membranes/membranes.h"
#include "electrophysiology/readout/field_names.h"

namespace vivicor
{
  void declare_electrophysiology(Schema &deck)
  {
    Schema ep = deck.section("electrophysiology", "The electrical heart: how the wave runs, its cells, what is measured of it.");
    declare_models<ElectricalHeart>(ep, "model", "monodomain", "What makes the wave.");
    ep.integer("refinement", 1, 0, 3, "How often the mesh is refined, each tetrahedron into eight, for the electrical problem.");
    ep.quantity("time_step", "0.05 ms", 1e-4, 1, "Longest electrical step.");
    ep.quantity("activation_threshold", "-20 mV", -80, 30, "A node is activated when its potential first rises through this.");
    ep.quantity("repolarisation_level", "0.9", 0.1, 0.99,
                "A node is repolarised when it has regained this share of its own amplitude; 0.9 makes the map of durations one of APD90.");
    declare_membranes(ep);
    declare_electrocardiogram(ep);
    declare_electrograms(ep);
  }

  std::unique_ptr<ElectricalHeart> build_electrical_heart(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres,
                                                          const std::vector<unsigned> &cell_rank, const Parameters &deck, Timers &timers,
                                                          const ElectricalPorts *ports)
  {
    constexpr double usual_cycle = 800; // ms, of the electrical heart alone
    const Parameters section = deck.section("electrophysiology");
    const ElectricalHeart::Context context{
      comm, anatomy, fibres, cell_rank, timers, deck.has("time") ? deck.section("time").quantity("cycle_length") : usual_cycle, ports};
    return create<ElectricalHeart>(section.text("model"), section, context);
  }

  const std::vector<std::string> &ElectricalHeart::point_field_names()
  {
    static const std::vector<std::string> names{field_names::potential,      field_names::calcium,  field_names::activation,
                                                field_names::repolarisation, field_names::duration, field_names::velocity};
    return names;
  }

  VtuPiece ElectricalHeart::fields(bool maps_only) const
  {
    VtuPiece piece = grid();
    piece.point_fields = point_fields(
      [&](const std::string &name) { return !maps_only || (name != field_names::potential && name != field_names::calcium); });
    return piece;
  }
}
