#include "electrophysiology/stimuli/conduction_system.h"

#include "core/error.h"
#include "core/mpi.h"
#include "electrophysiology/stimuli/sites.h"

#include <limits>

namespace vivicor
{
  namespace
  {
    constexpr double silence = std::numeric_limits<double>::infinity();

    void declare_pulse(Schema &section, const std::string &amplitude, const std::string &duration)
    {
      section.quantity("amplitude", amplitude + " uA/uF", 0, 1000, "Depolarising current while the stimulus lasts.");
      section.quantity("duration", duration + " ms", 0, 1000, "How long the current flows.");
    }

    /// One point from a deck list of three lengths; empty: automatic.
    std::optional<Point3> deck_point(const Parameters &deck, const std::string &key)
    {
      const auto values = deck.quantities(key);
      if (values.empty())
        return {};
      if (values.size() != 3)
        throw UserError({"a point with " + std::to_string(values.size()) + " coordinates", deck.where(key),
                         "a point has three", "", "give three lengths, or none for the automatic place"});
      return Point3{values[0], values[1], values[2]};
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
  }

  void declare_conduction_system(Schema &deck)
  {
    Schema sinus = deck.section("sinus_node", "The heart's pacemaker: a sphere of the right atrium.");
    sinus.flag("enabled", true, "Whether the sinus node fires.");
    sinus.quantities("centre", {}, "mm", "Its centre; empty: the node of the right atrium farthest from the apex along the long axis.");
    sinus.quantity("radius", "6 mm", 0, 100, "Its radius.");
    declare_pulse(sinus, "50", "3");
    sinus.quantity("start", "0 ms", 0, 1e6, "First firing.");
    sinus.quantity("period", "800 ms", 100, 1e5, "Time between firings: the cycle length.");

    Schema av = deck.section("av_node", "The only way from the atria to the ventricles.");
    av.quantities("centre", {}, "mm", "Its centre; empty: the node of the right atrium nearest to the centre of the mitral plane.");
    av.quantity("radius", "6 mm", 0, 100, "Atrial nodes this near to the centre make its region.");
    av.quantity("delay", "100 ms", 1, 1000, "From the first activation in the region to that of the ventricles' early sites.",
                "PR interval 113 to 212 ms: Mason et al. 2007, 10.1016/j.jelectrocard.2006.09.003");
    av.quantity("refractory", "250 ms", 30, 2000, "Atrial activations this soon after one that was passed on are blocked.");

    Schema early = deck.section("early_sites", "Where the bundle branches reach the ventricles.");
    early.quantities("points", {}, "mm", "Three lengths a site; empty: five automatic ones.",
                     "Durrer et al. 1970, 10.1161/01.CIR.41.6.899; Cardone-Noott et al. 2016, 10.1093/europace/euw346");
    early.quantity("radius", "5 mm", 0, 100, "Ventricular nodes this near to a site are stimulated.");
    early.quantity("right_delay", "5 ms", 0, 200, "Extra delay of the automatic sites of the right ventricle.",
                   "Durrer et al. 1970, 10.1161/01.CIR.41.6.899: the right ventricle begins 5 to 10 ms after the left one");
    declare_pulse(early, "50", "3");

    Schema stimulus = deck.items("stimuli", "Further stimuli, by name of your choice.");
    stimulus.choice("tissue", "ventricle", {"ventricle", "atrium"}, "Which tissue it stimulates.");
    stimulus.quantities("centre", {"0 mm", "0 mm", "0 mm"}, "mm", "Centre of the stimulated sphere or box.");
    stimulus.quantity("radius", "5 mm", 0, 1000, "Radius of the sphere, or half the edge of the box.");
    stimulus.choice("shape", "sphere", {"sphere", "box"}, "Sphere, or cube along the axes.");
    declare_pulse(stimulus, "50", "2");
    stimulus.quantity("start", "0 ms", 0, 1e6, "First stimulus.");
    stimulus.quantity("period", "0 ms", 0, 1e5, "Time between stimuli; 0: once.");
  }

  ConductionSystem::State::State() : heard(silence) {}

  ConductionSystem::ConductionSystem(MPI_Comm comm, const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres,
                                     const Parameters &deck)
    : comm(comm), mesh(mesh), has_atria(has_tissue(anatomy, Tissue::atrium)),
      has_ventricles(has_tissue(anatomy, Tissue::ventricle))
  {
    const HeartAxes axes = heart_axes(anatomy, fibres);
    sinus_fires = deck.section("sinus_node").flag("enabled");
    place_sinus_node(anatomy, axes, deck.section("sinus_node"));
    place_av_node(anatomy, fibres, deck.section("av_node"));
    place_early_sites(anatomy, axes, deck.section("early_sites"));
    place_stimuli(deck);
  }

  void ConductionSystem::require_nodes(std::size_t nodes, const Parameters &deck, const std::string &key) const
  {
    if (sum(static_cast<long long>(nodes), comm) == 0)
      throw UserError({"a stimulus that reaches no node", deck.where(key), "no cell of its tissue has its centre within its radius", "",
                       "move its centre into the tissue or raise its radius"});
  }

  void ConductionSystem::place_sinus_node(const Anatomy &anatomy, const HeartAxes &axes, const Parameters &deck)
  {
    sinus.amplitude = deck.quantity("amplitude");
    sinus.duration = deck.quantity("duration");
    sinus.start = deck.quantity("start");
    sinus.period = deck.quantity("period");
    if (!has_atria)
      return;
    const auto given = deck_point(deck, "centre");
    const Point3 centre = given ? *given : *sinus_node_site(anatomy, axes);
    sinus.nodes = stimulated_nodes(mesh, Tissue::atrium, ball(centre, deck.quantity("radius")));
    require_nodes(sinus.nodes.size(), deck, "radius");
  }

  void ConductionSystem::place_av_node(const Anatomy &anatomy, const Fibres &fibres, const Parameters &deck)
  {
    av_delay = deck.quantity("delay");
    av_refractory = deck.quantity("refractory");
    if (!has_atria)
      return;
    const auto given = deck_point(deck, "centre");
    const Point3 centre = given ? *given : *av_node_site(anatomy, fibres);
    const auto region = ball(centre, deck.quantity("radius"));
    for (unsigned n = 0; n < mesh.n_owned; ++n)
      if (mesh.is_real(n) && mesh.keys[n].tissue == Tissue::atrium && region(mesh.points[n]))
        av_nodes.push_back(n);
    require_nodes(av_nodes.size(), deck, "radius");
  }

  void ConductionSystem::place_early_sites(const Anatomy &anatomy, const HeartAxes &axes, const Parameters &deck)
  {
    early_amplitude = deck.quantity("amplitude");
    early_duration = deck.quantity("duration");
    if (!has_ventricles || !sinus_fires)
      return;
    std::vector<EarlySite> sites;
    const auto given = deck.quantities("points");
    if (given.size() % 3)
      throw UserError({std::to_string(given.size()) + " coordinates", deck.where("points"), "a point has three", "",
                       "give three lengths a site, or none for the automatic ones"});
    for (std::size_t k = 0; k < given.size(); k += 3)
      sites.push_back({"given", {given[k], given[k + 1], given[k + 2]}, false});
    if (given.empty())
      sites = early_sites(anatomy, axes);
    if (sites.empty())
      throw UserError({"no early site of the ventricles", deck.where("points"), "the mesh has no cavity LV or RV to place them by",
                       "", "give points, or switch the sinus node off"});
    for (const auto &site : sites)
      {
        early.push_back({stimulated_nodes(mesh, Tissue::ventricle, ball(site.point, deck.quantity("radius"))),
                         site.right ? deck.quantity("right_delay") : 0.0});
        require_nodes(early.back().nodes.size(), deck, "radius");
      }
  }

  void ConductionSystem::place_stimuli(const Parameters &deck)
  {
    for (const auto &name : deck.names("stimuli"))
      {
        const Parameters item = deck.section("stimuli").section(name);
        const auto centre = deck_point(item, "centre");
        if (!centre)
          throw UserError({"stimulus '" + name + "' has no centre", item.where("centre"), "it has no automatic place", "",
                           "give three lengths"});
        const Tissue tissue = item.text("tissue") == "atrium" ? Tissue::atrium : Tissue::ventricle;
        const double radius = item.quantity("radius");
        const bool box = item.text("shape") == "box";
        const auto inside = [&](const Point3 &p) {
          const Point3 arm = p - *centre;
          return box ? std::max({std::abs(arm[0]), std::abs(arm[1]), std::abs(arm[2])}) <= radius : dot(arm, arm) <= radius * radius;
        };
        Pulse pulse{stimulated_nodes(mesh, tissue, inside), item.quantity("amplitude"), item.quantity("start"),
                    item.quantity("duration"), item.quantity("period")};
        require_nodes(pulse.nodes.size(), item, "radius");
        others.push_back(std::move(pulse));
      }
  }

  bool ConductionSystem::begin_step(double t, double dt, StimulusCurrent &current)
  {
    current.clear();
    const double middle = t + 0.5 * dt; // which beat a step belongs to must not hang on rounding
    bool new_beat = false;
    if (sinus_fires && middle >= sinus.start)
      {
        const long beat = static_cast<long>(std::floor((middle - sinus.start) / sinus.period));
        if ((new_beat = beat > state.beat))
          {
            state.beat = beat;
            state.beat_start = sinus.start + static_cast<double>(beat) * sinus.period;
            if (!has_atria && has_ventricles) // nothing to hear: the clock itself is passed on
              state.firings.push_back(state.beat_start + av_delay);
          }
        current.add(sinus.nodes, sinus.amplitude * sinus.share(t, dt));
      }
    for (const auto &pulse : others)
      current.add(pulse.nodes, pulse.amplitude * pulse.share(t, dt));
    double longest = 0;
    for (const double firing : state.firings)
      for (const auto &site : early)
        {
          current.add(site.nodes, early_amplitude * Pulse{{}, 0, firing + site.delay, early_duration, 0}.share(t, dt));
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
  }

  void ConductionSystem::decide()
  {
    if (!has_atria || !has_ventricles || !sinus_fires)
      return;
    const double activation = min(state.heard, comm);
    state.heard = silence;
    if (activation < silence && activation >= state.last_conducted + av_refractory)
      {
        state.last_conducted = activation;
        state.firings.push_back(activation + av_delay);
      }
  }
}
