#include "electrophysiology/monodomain/monodomain.h"

#include <utility>

namespace vivicor
{
  void Monodomain::archive(Archive &archive)
  {
    auto state = save();
    const std::string part = "electrophysiology/", heart_beat = "conduction_system/";
    const auto field = [&](const std::string &name, AlignedVector &values) { node_archive.field(archive, part + name, values); };
    archive_number(archive, part + "time", state.t);
    field("V", state.V);
    for (std::size_t g = 0; g < state.membranes.size(); ++g)
      node_archive.states(archive, g, reaction.stride_of(g), reaction.n_states(g), state.membranes[g]);
    field("activation", state.map.activation);
    field("repolarisation", state.map.repolarisation);
    field("rest", state.map.rest);
    field("peak", state.map.peak);
    field("diffusion/last", state.history.last);
    field("diffusion/before_last", state.history.before_last);
    archive_number(archive, part + "diffusion/length", state.history.length);
    // What was heard since the last decision is each rank's own, but steps end with a decision: nothing is pending.
    auto &system = state.conduction_system;
    archive_number(archive, heart_beat + "beat", system.beat);
    archive_number(archive, heart_beat + "beat_start", system.beat_start);
    archive_number(archive, heart_beat + "last_conducted", system.last_conducted);
    archive_number(archive, heart_beat + "heard", system.heard);
    archive_numbers(archive, heart_beat + "firings", system.firings);
    archive_numbers(archive, heart_beat + "network", system.network.network);
    archive_numbers(archive, heart_beat + "junctions_fired", system.network.fired);
    archive_numbers(archive, heart_beat + "junctions_heard", system.network.heard);
    recorder.archive(archive, comm);
    if (!archive.loading())
      return;
    halo.update(state.V.data());
    restore(state);
    committed = std::move(state);
  }
}
