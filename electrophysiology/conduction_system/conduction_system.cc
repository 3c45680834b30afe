#include "electrophysiology/conduction_system/conduction_system.h"

#include "core/error.h"
#include "core/log.h"
#include "core/mpi.h"
#include "core/units.h"
#include "electrophysiology/conduction_system/his_bundle.h"
#include "electrophysiology/conduction_system/sites.h"
#include "electrophysiology/stimuli/regions.h"
#include "electrophysiology/tissue/conductivity.h"

#include <limits>

namespace vivicor
{
  namespace
  {
    constexpr double silence = std::numeric_limits<double>::infinity();
    constexpr double shortest_period = 100; // ms, of a sinus node

    void declare_amplitude(Schema &section, const std::string &amplitude)
    {
      section.quantity("amplitude", amplitude + " uA/uF", 0, 1000, "Depolarising current while the stimulus lasts.");
    }

    void declare_pulse(Schema &section, const std::string &amplitude, const std::string &duration)
    {
      declare_amplitude(section, amplitude);
      section.quantity("duration", duration + " ms", 0, 1000, "How long the current flows.");
    }

    auto ball(const Point3 &centre, double radius)
    {
      return [centre, radius](const Point3 &p) { return distance(p, centre) <= radius; };
    }

    bool has_tissue(const Anatomy &anatomy, Tissue tissue)
    {
      return std::any_of(anatomy.cell_region.begin(), anatomy.cell_region.end(),
                         [&](unsigned r) { return anatomy.regions[r].tissue == tissue; });
    }

    /// Whether a cut lies on the way from the AV node to a site.
    bool is_cut_off(const EarlySite &site, const std::vector<std::string> &cuts)
    {
      return is_blocked(site.right() ? "right_bundle" : "left_bundle", cuts) || std::count(cuts.begin(), cuts.end(), site.bundle) > 0;
    }
  }

  void declare_conduction_system(Schema &deck)
  {
    Schema sinus = deck.section("sinus_node", "The heart's pacemaker: a sphere of the right atrium.");
    sinus.flag("enabled", true, "Whether the sinus node fires.");
    sinus.quantities("centre", {}, "mm", "Its centre; empty: the node of the right atrium farthest from the apex along the long axis.");
    sinus.quantity("radius", "6 mm", 0, 100, "Its radius.");
    declare_pulse(sinus, "50", "3");
    sinus.quantity("start", "0 ms", 0, 1e6, "First firing.");
    sinus.quantity("period", "0 ms", 0, 1e5, "Time between firings; 0: time.cycle_length.");

    Schema av = deck.section("av_node", "The only way from the atria to the ventricles.");
    av.quantities("centre", {}, "mm", "Its centre; empty: the node of the right atrium nearest to the centre of the mitral plane.");
    av.quantity("radius", "6 mm", 0, 100, "Atrial nodes this near to the centre make its region.");
    av.quantity("delay", "100 ms", 1, 1000,
                "From the first activation in the region to that of the ventricles' early sites, or of the His bundle's first fibres.",
                "PR interval 113 to 212 ms: Mason et al. 2007, 10.1016/j.jelectrocard.2006.09.003");
    av.quantity("refractory", "250 ms", 30, 2000, "Atrial activations this soon after one that was passed on are blocked.");

    declare_his_purkinje(deck);
    Schema early = deck.section("early_sites",
                                "Where the bundle branches reach the ventricles; used by the conduction system of that name.");
    early.quantities("points", {}, "mm", "Three lengths a site; empty: five automatic ones.",
                     "Durrer et al. 1970, 10.1161/01.CIR.41.6.899; Cardone-Noott et al. 2016, 10.1093/europace/euw346");
    early.quantity("radius", "5 mm", 0, 100, "Ventricular nodes this near to a site are stimulated.");
    early.quantity("right_delay", "10 ms", 0, 200, "Extra delay of the automatic sites of the right ventricle.",
                   "Durrer et al. 1970, 10.1161/01.CIR.41.6.899: the right ventricle begins 5 to 10 ms after the left one");
    declare_pulse(early, "50", "3");

    Schema stimulus = deck.items("stimuli", "Further stimuli, by name of your choice.");
    declare_region(stimulus);
    declare_amplitude(stimulus, "50");
    declare_time_course(stimulus, "2 ms");
  }

  double sinus_period(const Parameters &sinus_node, double cycle_length)
  {
    const double given = sinus_node.quantity("period"), period = given > 0 ? given : cycle_length;
    if (period < shortest_period)
      throw UserError({"a sinus node that fires every " + in_unit(period, "ms"), sinus_node.where("period"), "no heart follows it",
                       "0 ms (the cycle length), or " + in_unit(shortest_period, "ms") + " and more", "raise it"});
    return period;
  }

  ConductionSystem::State::State() : heard(silence) {}

  ConductionSystem::ConductionSystem(MPI_Comm comm, const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres,
                                     const Parameters &deck, double cycle_length)
    : comm(comm), mesh(mesh), has_atria(has_tissue(anatomy, Tissue::atrium)), has_ventricles(has_tissue(anatomy, Tissue::ventricle))
  {
    const HeartAxes axes = heart_axes(anatomy, fibres);
    sinus_fires = deck.section("sinus_node").flag("enabled");
    place_sinus_node(anatomy, axes, deck.section("sinus_node"), cycle_length);
    place_av_node(anatomy, fibres, deck.section("av_node"));
    if (deck.section("conduction_system").text("model") == "early_sites")
      place_early_sites(anatomy, axes, deck);
    else
      place_network(anatomy, axes, deck);
    place_stimuli(anatomy, deck);
  }

  void ConductionSystem::place_sinus_node(const Anatomy &anatomy, const HeartAxes &axes, const Parameters &deck, double cycle_length)
  {
    sinus.amplitude = deck.quantity("amplitude");
    sinus.course.duration = deck.quantity("duration");
    sinus.course.onsets = {deck.quantity("start")};
    sinus.course.repeat = sinus_period(deck, cycle_length);
    if (!has_atria)
      return;
    const auto given = deck_point(deck, "centre");
    const Point3 centre = given ? *given : *sinus_node_site(anatomy, axes);
    sinus.nodes = stimulated_nodes(mesh, Tissue::atrium, ball(centre, deck.quantity("radius")));
    require_nodes(comm, sinus.nodes.size(), anatomy, Tissue::atrium, centre, deck, given ? "centre" : "radius");
  }

  void ConductionSystem::place_av_node(const Anatomy &anatomy, const Fibres &fibres, const Parameters &deck)
  {
    av_delay = deck.quantity("delay");
    av_refractory = deck.quantity("refractory");
    if (!has_atria)
      return;
    const auto given = deck_point(deck, "centre");
    av_centre = given ? *given : *av_node_site(anatomy, fibres);
    const auto region = ball(av_centre, deck.quantity("radius"));
    for (unsigned n = 0; n < mesh.n_owned; ++n)
      if (mesh.is_real(n) && mesh.keys[n].tissue == Tissue::atrium && region(mesh.points[n]))
        av_nodes.push_back(n);
    require_nodes(comm, av_nodes.size(), anatomy, Tissue::atrium, av_centre, deck, given ? "centre" : "radius");
  }

  void ConductionSystem::place_early_sites(const Anatomy &anatomy, const HeartAxes &axes, const Parameters &electrophysiology)
  {
    const Parameters deck = electrophysiology.section("early_sites"), system = electrophysiology.section("conduction_system");
    early_amplitude = deck.quantity("amplitude");
    early_duration = deck.quantity("duration");
    const auto cuts = cut_bundles(system);
    if (!has_ventricles || (!has_atria && !sinus_fires)) // nobody would ever fire them
      return;
    std::vector<EarlySite> sites;
    for (const Point3 &point : deck_points(deck, "points"))
      sites.push_back({"given", 0, point, ""});
    if (!sites.empty() && !cuts.empty())
      throw UserError({"a bundle cut before early sites of the deck's own", system.where("cut"), "nothing says which of them it feeds", "",
                       "leave the points to be placed automatically, or leave out the points that the block silences"});
    const bool given = !sites.empty();
    if (!given)
      sites = early_sites(anatomy, axes);
    if (sites.empty() && is_blocked("his_bundle", cuts))
      return;
    if (sites.empty() && !sinus_fires) // only stimuli of the deck's own can excite the atria: it may mean none of them
      {
        log::warn("the mesh has no cavity LV or RV to place early sites by: atria that stimuli excite are not passed on to the ventricles");
        return;
      }
    if (sites.empty())
      throw UserError({"no early site of the ventricles", deck.where("points"), "the mesh has no cavity LV or RV to place them by", "",
                       "give points, or switch the sinus node off"});
    for (const auto &site : sites)
      if (!is_cut_off(site, cuts))
        {
          early.push_back({stimulated_nodes(mesh, Tissue::ventricle, ball(site.point, deck.quantity("radius"))),
                           site.right() ? deck.quantity("right_delay") : 0.0});
          require_nodes(comm, early.back().nodes.size(), anatomy, Tissue::ventricle, site.point, deck, given ? "points" : "radius");
        }
  }

  void ConductionSystem::place_network(const Anatomy &anatomy, const HeartAxes &axes, const Parameters &deck)
  {
    const Parameters system = deck.section("conduction_system");
    const TissueNumerics numerics{deck.quantity("time_step"), deck.quantity("activation_threshold"),
                                  grid_spacing(anatomy, Tissue::ventricle) / (1u << mesh.refinement)};
    his_purkinje = std::make_unique<HisPurkinje>(comm, mesh, build_purkinje_tree(anatomy, axes, has_atria ? &av_centre : nullptr, system),
                                                 system, numerics);
    state.network = his_purkinje->initial();
  }

  void ConductionSystem::place_stimuli(const Anatomy &anatomy, const Parameters &deck)
  {
    for (const auto &name : deck.names("stimuli"))
      {
        const Parameters item = deck.section("stimuli").section(name);
        const TimeCourse course = read_time_course(item);
        for (auto &site : stimulated_sites(comm, mesh, anatomy, item))
          {
            others.push_back({std::move(site.nodes), site.strength * item.quantity("amplitude"), course});
            for (double &onset : others.back().course.onsets)
              onset += site.delay;
          }
      }
  }

  void ConductionSystem::fire_ventricles(double t)
  {
    if (his_purkinje)
      his_purkinje->fire(state.network, t);
    else
      state.firings.push_back(t);
  }

  bool ConductionSystem::begin_step(double t, double dt, StimulusCurrent &current)
  {
    current.clear();
    const double start = sinus.course.onsets[0], period = sinus.course.repeat;
    const double middle = t + 0.5 * dt; // which beat a step belongs to must not hang on rounding
    bool new_beat = false;
    if (sinus_fires && middle >= start)
      {
        const long beat = static_cast<long>(std::floor((middle - start) / period));
        if ((new_beat = beat > state.beat))
          {
            state.beat = beat;
            state.beat_start = start + static_cast<double>(beat) * period;
            if (!has_atria && has_ventricles) // nothing to hear: the clock itself is passed on
              fire_ventricles(state.beat_start + av_delay);
          }
        current.add(sinus.nodes, sinus.amplitude * sinus.course.share(t, dt));
      }
    for (const auto &pulse : others)
      current.add(pulse.nodes, pulse.amplitude * pulse.course.share(t, dt));
    if (his_purkinje)
      his_purkinje->begin_step(state.network, t, dt, current);
    double longest = 0;
    for (const double firing : state.firings)
      for (const auto &site : early)
        {
          current.add(site.nodes, early_amplitude * share(firing + site.delay, early_duration, t, dt));
          longest = std::max(longest, site.delay + early_duration);
        }
    std::erase_if(state.firings, [&](double firing) { return t > firing + longest; });
    return new_beat;
  }

  void ConductionSystem::observe(double t, double dt, double threshold, const double *before, const double *V)
  {
    for (const unsigned n : av_nodes)
      if (before[n] < threshold && V[n] >= threshold)
        state.heard = std::min(state.heard, t - dt * (V[n] - threshold) / (V[n] - before[n]));
    if (his_purkinje)
      his_purkinje->observe(state.network, t, dt, threshold, before, V);
  }

  void ConductionSystem::decide()
  {
    if (his_purkinje)
      his_purkinje->decide(state.network);
    if (!has_atria || !has_ventricles)
      return;
    const double activation = min(state.heard, comm);
    state.heard = silence;
    if (activation < silence && activation >= state.last_conducted + av_refractory)
      {
        state.last_conducted = activation;
        fire_ventricles(activation + av_delay);
      }
  }
}
