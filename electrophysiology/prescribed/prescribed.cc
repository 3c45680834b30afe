#include "electrophysiology/prescribed/prescribed.h"

#include "core/error.h"
#include "core/mpi.h"
#include "electrophysiology/membranes/membranes.h"
#include "electrophysiology/prescribed/activation_times.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr double rounding = 1e-9; // ms
  }

  void declare_prescribed(Schema &deck)
  {
    declare_activation_times(deck);
    declare_calcium_course(deck);
  }

  Prescribed::Prescribed(const Parameters &deck, const Context &context) : Prescribed(deck, context, build_membranes(deck, context.anatomy))
  {
  }

  Prescribed::Prescribed(const Parameters &deck, const Context &context, const std::vector<Reaction::Membrane> &membranes)
    : MeshedHeart(context, deck, static_cast<unsigned>(membranes.size())),
      cycle_length(context.cycle_length),
      beats(record_beats(membranes, deck)),
      reached(activation_times(comm, mesh, context.anatomy, context.fibres, deck, cycle_length)),
      V(mesh.n_local(), 0.0),
      activated(mesh.n_owned, ActivationMap::never),
      repolarised(mesh.n_owned, ActivationMap::never)
  {
    if (context.ports && !(context.ports->electrodes.empty() && context.ports->changes.empty()))
      throw UserError({"a device paces, senses or changes the tissue", deck.where("model"),
                       "a prescribed wave goes its way whatever is done to it", "monodomain",
                       "set electrophysiology.model = monodomain, or leave the device out"});
    const auto rest = [&](unsigned group) { return beats[group].calcium.empty() ? 0.0 : beats[group].calcium[0]; };
    rest_calcium(rest(epicardial), rest(atrial));
    show(0);
  }

  std::vector<CellBeat> Prescribed::record_beats(const std::vector<Reaction::Membrane> &membranes, const Parameters &deck)
  {
    const CalciumCourse given = read_calcium_course(comm, deck);
    const BeatOptions options{cycle_length, deck.quantity("activation_threshold"), deck.quantity("repolarisation_level")};
    std::vector<double> nodes;
    for (const auto &group : mesh.groups)
      nodes.push_back(static_cast<double>(group.count));
    sum(nodes, comm);
    std::vector<CellBeat> recorded(membranes.size());
    for (std::size_t g = 0; g < membranes.size(); ++g)
      if (nodes[g] > 0 || g == epicardial || g == atrial) // the latter two: also the rest of nodes without a cell
        recorded[g] = record_beat(membranes[g], options, given);
    return recorded;
  }

  void Prescribed::evaluate(double at, std::vector<double> CellBeat::*values, double *owned) const
  {
    for (std::size_t g = 0; g < mesh.groups.size(); ++g)
      {
        const CellBeat &cell = beats[g];
        const auto [begin, count] = mesh.groups[g];
        for (std::size_t n = begin; n < begin + count; ++n)
          owned[n] = reached[n] == ActivationMap::never ? (cell.*values)[0] : cell.at(cell.*values, at - reached[n]);
      }
  }

  void Prescribed::show(double now)
  {
    t = now;
    // A beat ends with its last moment, as the sinus node's next stimulus acts only after it.
    beat_start = cycle_length * std::max(0.0, std::ceil((t - rounding) / cycle_length) - 1);
    for (std::size_t g = 0; g < mesh.groups.size(); ++g)
      for (std::size_t n = mesh.groups[g].begin; n < mesh.groups[g].begin + mesh.groups[g].count; ++n)
        {
          const auto if_past = [&](double time) { return time <= t + rounding ? time : ActivationMap::never; };
          const double duration = beats[g].duration;
          activated[n] = reached[n] == ActivationMap::never ? ActivationMap::never : if_past(beat_start + reached[n]);
          repolarised[n] = activated[n] == ActivationMap::never || duration == ActivationMap::never ? ActivationMap::never
                                                                                                    : if_past(activated[n] + duration);
        }
    evaluate(t, &CellBeat::V, V.data());
    update_calcium();
  }

  void Prescribed::advance(double t_end)
  {
    for (const double due : recorder.due_times(t, t_end))
      {
        evaluate(due, &CellBeat::V, V.data());
        sample(due, V);
      }
    show(t_end);
  }

  void Prescribed::commit()
  {
    committed = t;
    recorder.commit();
  }

  void Prescribed::rollback()
  {
    show(committed);
    recorder.rollback();
  }

  void Prescribed::archive(Archive &archive)
  {
    double now = t;
    archive_number(archive, "electrophysiology/time", now);
    recorder.archive(archive, comm);
    if (!archive.loading())
      return;
    show(now);
    committed = now;
  }
}
