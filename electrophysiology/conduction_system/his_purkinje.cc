#include "electrophysiology/conduction_system/his_purkinje.h"

#include "core/log.h"
#include "electrophysiology/conduction_system/his_bundle.h"
#include "electrophysiology/conduction_system/junction_balls.h"
#include "electrophysiology/ionic_models/ionic_model.h"

#include <limits>

namespace vivicor
{
  namespace
  {
    constexpr double silence = std::numeric_limits<double>::infinity(), never = -1e30;

    void declare_cable(Schema &model)
    {
      model.quantity("edge", "1 mm", 0.01, 10, "Distance between the nodes of the network's cables, at most.");
      Schema membrane = model.section("membrane", "Membrane of the Purkinje fibres.");
      declare_models<IonicModel>(membrane, "model", "tentusscher_panfilov_2006_endo",
                                 "Ionic model of the Purkinje cells; one that fires by itself starts just after an action potential.");
    }

    std::unique_ptr<PurkinjeNetwork> make_network(const PurkinjeTree &tree, const Parameters &deck, const TissueNumerics &numerics)
    {
      const double velocity = deck.quantity("velocity");
      if (deck.text("model") == "eikonal")
        return eikonal_network(tree, velocity, deck.quantity("refractory"));
      CableNetworkOptions options;
      options.velocity = velocity;
      options.edge = deck.quantity("edge");
      options.time_step = numerics.time_step;
      options.threshold = numerics.threshold;
      const Parameters membrane = deck.section("membrane");
      return cable_network(tree, create<IonicModel>(membrane.text("model"), membrane), options);
    }
  }

  void declare_his_purkinje(Schema &deck)
  {
    Schema system = deck.section("conduction_system", "From the AV node to the muscle of the ventricles.");
    system.select("model", "early_sites",
                  {{"early_sites", {}},
                   {"eikonal",
                    [](Schema &s) {
                      s.quantity("refractory", "250 ms", 10, 2000, "A Purkinje fibre is not excited again this soon after an activation.");
                    }},
                   {"cable", declare_cable}},
                  "early_sites: the bundle branches end at a few fixed places, and a fast endocardial layer stands for the network. "
                  "eikonal: a grown Purkinje network in which fronts run at a given velocity. cable: the same network with membranes.");
    system.quantity("velocity", "3 m/s", 0.1, 10, "Conduction velocity of the His-Purkinje network.",
                    "2 to 4 m/s: Sahli Costabal et al. 2016, 10.1016/j.jbiomech.2015.12.025");
    declare_purkinje_tree(system);
    Schema junctions = system.section("junctions", "Where Purkinje fibres and muscle touch.");
    junctions.quantity("radius", "3 mm", 0.1, 50,
                       "Ventricular muscle this near to a junction is stimulated; the spacing of the mesh's nodes where that is more.");
    junctions.quantity("amplitude", "100 uA/uF", 0, 1000, "Depolarising current while the stimulus of the muscle lasts.");
    junctions.quantity("duration", "2 ms", 0, 100, "How long it flows.");
    junctions.quantity("anterograde_delay", "3.4 ms", 0, 100, "From the Purkinje fibre to the muscle.",
                       "3.4 +- 0.8 ms, measured in rabbits: 10.3389/fcvm.2023.1158480");
    junctions.quantity("retrograde_delay", "2 ms", 1, 100,
                       "From the muscle to the Purkinje fibre: the safer direction, taken to be quicker.");
  }

  HisPurkinje::HisPurkinje(MPI_Comm comm, const RefinedMesh &mesh, PurkinjeTree tree_, const Parameters &deck,
                           const TissueNumerics &numerics)
    : comm(comm), tree(std::move(tree_)), network(make_network(tree, deck, numerics))
  {
    const Parameters junctions = deck.section("junctions");
    amplitude = junctions.quantity("amplitude");
    duration = junctions.quantity("duration");
    anterograde_delay = junctions.quantity("anterograde_delay");
    retrograde_delay = junctions.quantity("retrograde_delay");
    const double wanted = junctions.quantity("radius"), radius = std::max(wanted, numerics.spacing);
    if (radius > wanted)
      log::warn("Purkinje junctions reach {:.1f} mm of muscle, not {:.1f} mm: the electrical mesh has no nodes nearer together", radius,
                wanted);
    std::vector<Point3> places;
    for (const unsigned node : tree.junctions)
      places.push_back(tree.points[node]);
    muscle = stimulated_balls(mesh, Tissue::ventricle, places, radius);
  }

  HisPurkinje::State HisPurkinje::initial() const
  {
    return {network->initial(), AlignedVector(tree.junctions.size(), never), AlignedVector(tree.junctions.size(), silence)};
  }

  void HisPurkinje::begin_step(State &state, double t, double dt, StimulusCurrent &current) const
  {
    for (const auto &[junction, time] : network->advance(state.network, t, dt))
      state.fired[junction] = time + anterograde_delay;
    for (std::size_t j = 0; j < muscle.size(); ++j)
      if (state.fired[j] < t + dt && state.fired[j] + duration > t)
        current.add(muscle[j], amplitude * share(state.fired[j], duration, t, dt));
  }

  void HisPurkinje::observe(State &state, double t, double dt, double threshold, const double *before, const double *V) const
  {
    for (std::size_t j = 0; j < muscle.size(); ++j)
      for (const auto &[n, part] : muscle[j])
        if (before[n] < threshold && V[n] >= threshold)
          state.heard[j] = std::min(state.heard[j], t - dt * (V[n] - threshold) / (V[n] - before[n]));
  }

  void HisPurkinje::decide(State &state) const
  {
    MPI_Allreduce(MPI_IN_PLACE, state.heard.data(), static_cast<int>(state.heard.size()), MPI_DOUBLE, MPI_MIN, comm);
    for (unsigned j = 0; j < state.heard.size(); ++j)
      if (state.heard[j] < silence)
        {
          network->excite_junction(state.network, j, state.heard[j] + retrograde_delay);
          state.heard[j] = silence;
        }
  }
}
