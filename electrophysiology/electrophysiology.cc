#include "electrophysiology/electrophysiology.h"

#include "core/error.h"
#include "core/mpi.h"
#include "electrophysiology/conduction_system/conduction_system.h"
#include "electrophysiology/leads/electrocardiogram.h"
#include "electrophysiology/leads/electrograms.h"
#include "electrophysiology/membranes/membranes.h"
#include "electrophysiology/recorder.h"
#include "electrophysiology/tissue/activation_map.h"
#include "electrophysiology/tissue/conductivity.h"
#include "electrophysiology/tissue/node_archive.h"
#include "electrophysiology/tissue/propagation.h"
#include "electrophysiology/tissue/region_statistics.h"
#include "electrophysiology/tissue/time_step.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace vivicor
{
  void declare_electrophysiology(Schema &deck)
  {
    Schema ep = deck.section("electrophysiology", "The electrical heart: monodomain tissue, membranes, pacemaker.");
    ep.integer("refinement", 1, 0, 3, "How often the mesh is refined, each tetrahedron into eight, for the electrical problem.");
    ep.quantity("time_step", "0.05 ms", 1e-4, 1, "Longest electrical step.");
    ep.choice("splitting", "godunov", {"godunov", "strang", "none"},
              "Godunov: membranes, then diffusion. Strang: half a step of diffusion before and after. None: the currents load one "
              "semi-implicit step.");
    ep.choice("time_scheme", "crank_nicolson", {"crank_nicolson", "backward_euler", "bdf2"},
              "Scheme of the diffusion steps; bdf2, of second order, goes with splitting none.");
    ep.choice("ionic_current", "nodal", {"nodal", "interpolated_states"},
              "Nodal: currents are computed at nodes and interpolated. Interpolated states: potential and states are interpolated "
              "to quadrature points and the currents computed there, in the wave front; needs splitting none and mass_lumping 0 "
              "(Pathmanathan et al. 2012, Int. J. Numer. Methods Biomed. Eng. 28:890).");
    ep.integer("degree", 1, 1, 2,
               "Degree of the tetrahedra. Those of degree 2 have the nodes that the last refinement makes: they need refinement 1 or "
               "more and mass_lumping 0.");
    ep.quantity("mass_lumping", "1", 0, 1,
                "1: lumped mass matrix, as finite volumes; 0: consistent; between: a blend. On coarse unstructured meshes a consistent "
                "mass blurs the difference between conduction along and across the fibres.",
                "lumping slows the front, consistency speeds it up: Niederer et al. 2011, 10.1098/rsta.2011.0139");
    ep.quantity("tolerance", "1e-5", 1e-14, 1e-2, "Relative residual of the diffusion solver.");
    ep.integer("max_iterations", 200, 1, 100000, "Iterations of the diffusion solver before the step counts as failed.");
    ep.quantity("quiet_rate", "0 uA/uF", 0, 10,
                "Membranes whose potential moves slower than this (uA/uF = mV/ms) may wait while diffusion goes on, and take several steps "
                "at once; 0: none waits. Needs splitting godunov or strang.",
                "errors by rate: docs/theory/monodomain.md");
    ep.quantity("quiet_step", "0.4 ms", 1e-4, 2, "How long quiet membranes wait, at most.");
    ep.quantity("activation_threshold", "-20 mV", -80, 30, "A node is activated when its potential first rises through this.");
    ep.quantity("repolarisation_level", "0.9", 0.1, 0.99,
                "A node is repolarised when it has regained this share of its own amplitude; 0.9 makes the map of durations one of APD90.");
    declare_membranes(ep);
    declare_conduction(ep);
    declare_conduction_system(ep);
    declare_electrocardiogram(ep);
    declare_electrograms(ep);
  }

  struct Electrophysiology::Impl
  {
    Impl(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank, const Parameters &deck,
         double cycle_length, Timers &timers);

    void step(double dt);
    void update_calcium();
    /// The maps of the present beat at all local nodes; `never` where there is no value.
    struct Maps
    {
      AlignedVector activation, repolarisation, apd90, velocity;
    };
    Maps maps();
    void sample();
    double since_beat(double t) const { return t == ActivationMap::never ? -1.0 : t - conduction_system.state.beat_start; }
    AlignedVector with_ghosts(const AlignedVector &owned)
    {
      AlignedVector values(owned.begin(), owned.begin() + static_cast<std::ptrdiff_t>(mesh.n_owned));
      values.resize(mesh.n_local(), 0.0);
      halo.update(values.data());
      return values;
    }

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

    MPI_Comm comm;
    Timers &timers;
    double longest_step, threshold;
    std::vector<Reaction::Membrane> membranes;
    RefinedMesh mesh;
    Halo halo;
    NodeArchive node_archive;
    Reaction reaction;
    CellList elements; ///< empty where nothing needs them
    Matrices matrices;
    Diffusion diffusion;
    TimeStep time_step;
    ConductionSystem conduction_system;
    Electrocardiogram electrocardiogram;
    Electrograms electrograms;
    RegionStatistics statistics;
    Recorder recorder;
    StimulusCurrent current;
    ActivationMap map;
    double t = 0;
    AlignedVector V, before;
    State committed;

    /// Calcium by node of the anatomy: of both tissues together, ventricles, atria; and where each local node's value goes.
    std::vector<double> calcium, ventricular_calcium, atrial_calcium;
    std::vector<std::pair<unsigned, unsigned>> own_anatomy_nodes; ///< local node, node of the anatomy
    std::vector<unsigned> piece_nodes;                            ///< local nodes of grid()
    std::vector<char> is_ring;
  };

  namespace
  {
    Parameters section_of(const Parameters &deck)
    {
      return deck.section("electrophysiology");
    }
    double cycle_length_of(const Parameters &deck)
    {
      return deck.has("time") ? deck.section("time").quantity("cycle_length") : 800.0; // the electrical heart alone
    }

    unsigned degree_of(const Parameters &deck)
    {
      return static_cast<unsigned>(deck.integer("degree"));
    }

    DiffusionOptions diffusion_options(const Parameters &deck)
    {
      return {deck.text("time_scheme") == "crank_nicolson" ? 0.5 : 1.0, deck.quantity("mass_lumping"), deck.quantity("tolerance"),
              static_cast<unsigned>(deck.integer("max_iterations")), deck.text("time_scheme") == "bdf2"};
    }

    /// @throws UserError for schemes that do not go together
    TimeStepOptions time_step_options(const Parameters &deck)
    {
      const std::string splitting = deck.text("splitting");
      const TimeStepOptions options{splitting == "none"     ? Splitting::none
                                    : splitting == "strang" ? Splitting::strang
                                                            : Splitting::godunov,
                                    deck.text("ionic_current") == "interpolated_states",
                                    deck.text("time_scheme") == "bdf2",
                                    {deck.quantity("quiet_rate"), deck.quantity("quiet_step")}};
      const auto demand = [&](bool wants, const std::string &what, bool granted, const std::string &needed) {
        if (wants && !granted)
          throw UserError({what + " without " + needed, deck.where(what.substr(0, what.find(' '))), "the two belong together", "",
                           "add electrophysiology." + needed});
      };
      demand(options.bdf2, "time_scheme bdf2", options.splitting == Splitting::none, "splitting = none");
      demand(options.interpolate_states, "ionic_current interpolated_states", options.splitting == Splitting::none, "splitting = none");
      demand(options.interpolate_states, "ionic_current interpolated_states", deck.quantity("mass_lumping") == 0, "mass_lumping = 0");
      demand(options.quiet.rate > 0, "quiet_rate above 0", options.splitting != Splitting::none, "splitting = godunov");
      demand(degree_of(deck) == 2, "degree 2", deck.integer("refinement") > 0, "refinement = 1");
      demand(degree_of(deck) == 2, "degree 2", deck.quantity("mass_lumping") == 0, "mass_lumping = 0");
      return options;
    }

    CellList needed_elements(const RefinedMesh &mesh, const Parameters &deck)
    {
      return degree_of(deck) == 2 || time_step_options(deck).interpolate_states ? elements_of(mesh)
                                                                                : CellList{Element(Element::Shape::simplex, 3, 1), {}};
    }

    /// Of elements of degree 2: the mean of the eight cells that each was cut into.
    std::vector<SymmetricTensor> element_means(const std::vector<SymmetricTensor> &cells)
    {
      std::vector<SymmetricTensor> means(cells.size() / 8, SymmetricTensor{});
      for (std::size_t c = 0; c < cells.size(); ++c)
        for (unsigned k = 0; k < 6; ++k)
          means[c / 8][k] += cells[c][k] / 8;
      return means;
    }

    Matrices tissue_matrices(const RefinedMesh &mesh, const CellList &elements, const Anatomy &anatomy, const Fibres &fibres,
                             const Parameters &deck)
    {
      const auto options = diffusion_options(deck);
      CableOptions numerics;
      numerics.time_step = deck.quantity("time_step");
      numerics.lumping = options.lumping;
      numerics.theta = options.theta;
      const auto scheme = time_step_options(deck);
      numerics.strang = scheme.splitting == Splitting::strang;
      numerics.unsplit = scheme.splitting == Splitting::none;
      numerics.bdf2 = scheme.bdf2;
      numerics.interpolate_states = scheme.interpolate_states;
      numerics.degree = degree_of(deck);
      numerics.threshold = deck.quantity("activation_threshold");
      const auto ventricular = undrugged_model(deck, epicardial), atrium = undrugged_model(deck, atrial);
      const std::map<Tissue, const IonicModel *> models{{Tissue::ventricle, ventricular.get()}, {Tissue::atrium, atrium.get()}};
      const Conduction conduction = build_conduction(anatomy, deck, models, numerics, mesh.refinement);
      const auto tensors = diffusivity_tensors(mesh, anatomy, fibres, conduction);
      return degree_of(deck) == 2 ? assemble(mesh, elements, element_means(tensors)) : assemble(mesh, tensors);
    }

    /// In the order in which this rank's own cells name them.
    std::vector<unsigned> nodes_of_own_cells(const RefinedMesh &mesh)
    {
      std::vector<char> seen(mesh.n_local(), 0);
      std::vector<unsigned> nodes;
      for (std::size_t c = 0; c < mesh.n_own_cells; ++c)
        for (const unsigned node : mesh.cells[c])
          if (!std::exchange(seen[node], 1))
            nodes.push_back(node);
      return nodes;
    }

    /// Nodes of the anatomy that belong to an atrium and to a ventricle.
    std::vector<char> ring_nodes(const Anatomy &anatomy)
    {
      std::vector<char> kinds(anatomy.points.size(), 0);
      for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
        if (const Tissue tissue = anatomy.regions[anatomy.cell_region[c]].tissue; tissue != Tissue::passive)
          for (const unsigned node : anatomy.cells[c])
            kinds[node] |= tissue == Tissue::ventricle ? 1 : 2;
      for (char &kind : kinds)
        kind = kind == 3;
      return kinds;
    }
  }

  Electrophysiology::Impl::Impl(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank,
                                const Parameters &deck, double cycle_length, Timers &timers)
    : comm(comm),
      timers(timers),
      longest_step(deck.quantity("time_step")),
      threshold(deck.quantity("activation_threshold")),
      membranes(build_membranes(deck, anatomy)),
      mesh(build_refined_mesh(anatomy, cell_rank, static_cast<unsigned>(rank_of(comm)), static_cast<unsigned>(deck.integer("refinement")),
                              membrane_of(fibres, anatomy, deck), static_cast<unsigned>(membranes.size()), degree_of(deck))),
      halo(comm, mesh),
      node_archive(mesh, anatomy),
      reaction(mesh, membranes),
      elements(needed_elements(mesh, deck)),
      matrices(tissue_matrices(mesh, elements, anatomy, fibres, deck)),
      diffusion(comm, mesh, halo, matrices, diffusion_options(deck)),
      time_step(mesh, elements, halo, reaction, diffusion, time_step_options(deck), timers),
      conduction_system(comm, mesh, anatomy, fibres, deck, cycle_length),
      electrocardiogram(mesh, anatomy, fibres, deck),
      electrograms(mesh, anatomy, fibres, source_conductivities(deck), deck),
      statistics(mesh, anatomy),
      current(mesh),
      map(mesh.n_owned, threshold, deck.quantity("repolarisation_level")),
      V(mesh.n_local(), 0.0),
      before(mesh.n_owned),
      is_ring(ring_nodes(anatomy))
  {
    reaction.set_initial(V.data());
    halo.update(V.data());
    for (auto *field : {&calcium, &ventricular_calcium, &atrial_calcium})
      field->assign(anatomy.points.size(), reaction.rest_calcium(field == &atrial_calcium ? atrial : epicardial));
    for (unsigned n = 0; n < mesh.n_local(); ++n)
      if (mesh.is_real(n) && mesh.keys[n].is_anatomy_node())
        own_anatomy_nodes.emplace_back(n, mesh.keys[n].carrier[0]);
    piece_nodes = nodes_of_own_cells(mesh);
    update_calcium();
    committed = save();
  }

  void Electrophysiology::Impl::step(double dt)
  {
    std::copy_n(V.begin(), mesh.n_owned, before.begin());
    if (conduction_system.begin_step(t, dt, current))
      map.begin_beat();
    time_step(dt, V.data(), current.values.data(), current.stimulated);
  }

  void Electrophysiology::Impl::update_calcium()
  {
    AlignedVector values(mesh.n_local(), 0.0);
    reaction.calcium(values.data());
    halo.update(values.data());
    for (const auto &[local, node] : own_anatomy_nodes)
      {
        const bool ventricle = mesh.keys[local].tissue == Tissue::ventricle;
        (ventricle ? ventricular_calcium : atrial_calcium)[node] = values[local];
        if (!is_ring[node])
          calcium[node] = values[local];
      }
  }

  Electrophysiology::Impl::Maps Electrophysiology::Impl::maps()
  {
    Maps maps{with_ghosts(map.activation), with_ghosts(map.repolarisation), AlignedVector(mesh.n_local(), ActivationMap::never), {}};
    maps.velocity = with_ghosts(conduction_velocity(mesh, maps.activation));
    for (std::size_t n = 0; n < mesh.n_local(); ++n)
      {
        double &on = maps.activation[n], &off = maps.repolarisation[n];
        if (off != ActivationMap::never)
          maps.apd90[n] = off - on;
        for (double *time : {&on, &off})
          if (*time != ActivationMap::never)
            *time = since_beat(*time);
      }
    return maps;
  }

  void Electrophysiology::Impl::sample()
  {
    auto parts = electrocardiogram.electrodes().parts(V.data());
    const auto unipolar = electrograms.electrodes().parts(V.data());
    parts.insert(parts.end(), unipolar.begin(), unipolar.end());
    recorder.add(t, std::move(parts));
  }

  Electrophysiology::Impl::State Electrophysiology::Impl::save() const
  {
    return {t, V, reaction.states, map, conduction_system.state, diffusion.history()};
  }

  void Electrophysiology::Impl::restore(const State &state)
  {
    t = state.t;
    V = state.V;
    reaction.states = state.membranes;
    map = state.map;
    conduction_system.state = state.conduction_system;
    diffusion.set_history(state.history);
    update_calcium();
  }

  Electrophysiology::Electrophysiology(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank,
                                       const Parameters &deck, Timers &timers)
    : impl(std::make_unique<Impl>(comm, anatomy, fibres, cell_rank, section_of(deck), cycle_length_of(deck), timers))
  {
  }
  Electrophysiology::~Electrophysiology() = default;

  void Electrophysiology::advance(double t_end)
  {
    const double t_begin = impl->t, duration = t_end - t_begin;
    if (duration <= 0)
      return;
    const double steps = std::max(1.0, std::ceil(duration / impl->longest_step - 1e-6)), dt = duration / steps;
    double undecided = 0;
    impl->time_step.begin_steps();
    for (double k = 0; k < steps; ++k)
      {
        impl->t = t_begin + k * dt;
        impl->step(dt);
        if (k + 1 == steps) // before anyone looks
          impl->time_step.end_steps(impl->V.data());
        impl->t += dt;
        impl->map.observe(impl->t, dt, impl->before.data(), impl->V.data());
        if (impl->recorder.is_due(impl->t - dt, impl->t))
          impl->sample();
        impl->conduction_system.observe(impl->t, dt, impl->threshold, impl->before.data(), impl->V.data());
        if ((undecided += dt) > impl->conduction_system.decision_interval() - 1.5 * dt || k + 1 == steps)
          {
            impl->conduction_system.decide();
            undecided = 0;
          }
      }
    impl->t = t_end;
    impl->update_calcium();
  }

  double Electrophysiology::time() const
  {
    return impl->t;
  }
  void Electrophysiology::commit()
  {
    impl->committed = impl->save();
    impl->recorder.commit();
  }
  void Electrophysiology::rollback()
  {
    impl->restore(impl->committed);
    impl->recorder.rollback();
  }
  const std::vector<double> &Electrophysiology::calcium() const
  {
    return impl->calcium;
  }
  const std::vector<double> &Electrophysiology::calcium(Tissue tissue) const
  {
    return tissue == Tissue::atrium ? impl->atrial_calcium : impl->ventricular_calcium;
  }
  const std::vector<std::string> &Electrophysiology::ecg_leads() const
  {
    return Electrocardiogram::leads();
  }
  std::vector<double> Electrophysiology::ecg() const
  {
    return impl->electrocardiogram(impl->comm, impl->V.data());
  }
  const std::vector<std::string> &Electrophysiology::electrogram_names() const
  {
    return impl->electrograms.names();
  }
  std::vector<double> Electrophysiology::electrograms() const
  {
    return impl->electrograms(impl->comm, impl->V.data());
  }

  void Electrophysiology::sample_every(double interval)
  {
    impl->recorder.start(interval);
  }

  std::vector<Electrophysiology::Sample> Electrophysiology::take_samples()
  {
    std::vector<Sample> samples;
    for (auto &[t, values] : impl->recorder.take(impl->comm))
      {
        const auto unipolar = values.end() - static_cast<std::ptrdiff_t>(electrogram_names().size());
        samples.push_back({t, Electrocardiogram::leads_of(values), {unipolar, values.end()}});
      }
    return samples;
  }

  Electrophysiology::Activation Electrophysiology::activation() const
  {
    constexpr double large = std::numeric_limits<double>::max();
    double first[2]{large, large}, last[2]{-large, -large}, repolarised = -large, active = 0, all = 0;
    for (std::size_t n = 0; n < impl->mesh.n_owned; ++n)
      if (impl->mesh.is_real(n))
        {
          ++all;
          const double a = impl->map.activation[n], r = impl->map.repolarisation[n];
          if (a == ActivationMap::never)
            continue;
          ++active;
          const unsigned kind = impl->mesh.keys[n].tissue == Tissue::ventricle;
          first[kind] = std::min(first[kind], a);
          last[kind] = std::max(last[kind], a);
          if (kind && r != ActivationMap::never)
            repolarised = std::max(repolarised, r);
        }
    MPI_Allreduce(MPI_IN_PLACE, first, 2, MPI_DOUBLE, MPI_MIN, impl->comm);
    MPI_Allreduce(MPI_IN_PLACE, last, 2, MPI_DOUBLE, MPI_MAX, impl->comm);
    const double late = max(repolarised, impl->comm), activated = sum(active, impl->comm), nodes = sum(all, impl->comm);
    Activation result;
    if (last[0] > -large)
      {
        result.atrial_start = impl->since_beat(first[0]);
        result.atrial_duration = last[0] - first[0];
      }
    if (last[1] > -large)
      {
        result.ventricular_start = impl->since_beat(first[1]);
        result.ventricular_duration = last[1] - first[1];
      }
    if (late > -large)
      result.ventricular_repolarisation = impl->since_beat(late);
    result.activated_fraction = nodes > 0 ? activated / nodes : 0;
    return result;
  }

  VtuPiece Electrophysiology::grid() const
  {
    const RefinedMesh &mesh = impl->mesh;
    VtuPiece piece;
    for (const unsigned node : impl->piece_nodes)
      piece.points.push_back(mesh.points[node]);
    std::vector<unsigned> number(mesh.n_local(), NodeKey::none);
    for (unsigned k = 0; k < impl->piece_nodes.size(); ++k)
      number[impl->piece_nodes[k]] = k;
    piece.cells.assign(mesh.cells.begin(), mesh.cells.begin() + static_cast<std::ptrdiff_t>(mesh.n_own_cells));
    for (auto &cell : piece.cells)
      for (unsigned &n : cell)
        n = number[n];
    return piece;
  }

  std::vector<NodeKey> Electrophysiology::grid_nodes() const
  {
    std::vector<NodeKey> keys;
    for (const unsigned node : impl->piece_nodes)
      keys.push_back(impl->mesh.keys[node]);
    return keys;
  }

  std::vector<unsigned> Electrophysiology::grid_parents() const
  {
    const auto first = impl->mesh.parent.begin();
    return {first, first + static_cast<std::ptrdiff_t>(impl->mesh.n_own_cells)};
  }

  /// The point fields of one moment, and the one place that names them. What several need is worked out when the first asks.
  struct Electrophysiology::PointFields
  {
    using Values = std::vector<double>;

    explicit PointFields(Impl &impl) : impl(impl) {}

    template <class Value>
    Values at_nodes(const Value &value) const
    {
      Values values;
      values.reserve(impl.piece_nodes.size());
      for (const unsigned n : impl.piece_nodes)
        values.push_back(value(n));
      return values;
    }

    Values potential()
    {
      const auto V = impl.with_ghosts(impl.V);
      return at_nodes([&](unsigned n) { return V[n]; });
    }

    Values calcium()
    {
      AlignedVector own(impl.mesh.n_owned, 0.0);
      impl.reaction.calcium(own.data());
      const auto all = impl.with_ghosts(own);
      return at_nodes([&](unsigned n) { return all[n]; });
    }

    template <AlignedVector Impl::Maps::*map>
    Values mapped()
    {
      if (!maps)
        maps = impl.maps();
      const AlignedVector &values = (*maps).*map;
      return at_nodes([&](unsigned n) { return values[n] == ActivationMap::never ? -1.0 : values[n]; });
    }

    struct Entry
    {
      const char *name;
      Values (PointFields::*values)();
    };
    static const std::array<Entry, 6> all;

    Impl &impl;
    std::optional<Impl::Maps> maps;
  };

  const std::array<Electrophysiology::PointFields::Entry, 6> Electrophysiology::PointFields::all{
    {{"transmembrane_potential_mV", &PointFields::potential},
     {"calcium_uM", &PointFields::calcium},
     {"activation_ms", &PointFields::mapped<&Impl::Maps::activation>},
     {"repolarisation_ms", &PointFields::mapped<&Impl::Maps::repolarisation>},
     {"action_potential_duration_ms", &PointFields::mapped<&Impl::Maps::apd90>},
     {"conduction_velocity_m_s", &PointFields::mapped<&Impl::Maps::velocity>}}};

  std::vector<std::string> Electrophysiology::point_field_names()
  {
    std::vector<std::string> names;
    for (const auto &entry : PointFields::all)
      names.push_back(entry.name);
    return names;
  }

  std::vector<VtuField> Electrophysiology::point_fields(const std::function<bool(const std::string &)> &wanted) const
  {
    PointFields now(*impl);
    std::vector<VtuField> fields;
    for (const auto &entry : PointFields::all)
      if (wanted(entry.name))
        fields.push_back({entry.name, 1, (now.*entry.values)()});
    return fields;
  }

  VtuPiece Electrophysiology::fields(bool maps_only) const
  {
    VtuPiece piece = grid();
    piece.point_fields = point_fields(
      [&](const std::string &name) { return !maps_only || (name != "transmembrane_potential_mV" && name != "calcium_uM"); });
    return piece;
  }

  std::vector<RegionalMaps> Electrophysiology::regional_maps() const
  {
    const auto maps = impl->maps();
    return impl->statistics(impl->comm, impl->mesh, maps.activation, maps.repolarisation, maps.apd90, maps.velocity);
  }

  Electrophysiology::Network Electrophysiology::network() const
  {
    const HisPurkinje *purkinje = impl->conduction_system.purkinje();
    if (!purkinje)
      return {};
    const PurkinjeTree &tree = purkinje->purkinje_tree();
    Network network{
      tree.points, tree.parent, {}, std::vector<char>(tree.points.size(), 0), purkinje->activation(impl->conduction_system.state.network)};
    for (const unsigned bundle : tree.bundle)
      network.part.push_back(tree.bundles[bundle]);
    for (const unsigned node : tree.junctions)
      network.is_junction[node] = 1;
    for (double &time : network.activation)
      time = std::max(-1.0, time - impl->conduction_system.state.beat_start);
    return network;
  }

  Electrophysiology::Size Electrophysiology::size() const
  {
    const RefinedMesh &mesh = impl->mesh;
    long long nodes = 0;
    for (const auto &group : mesh.groups)
      nodes += static_cast<long long>(group.count);
    double edges = 0;
    for (std::size_t c = 0; c < mesh.n_own_cells; ++c)
      for (unsigned i = 0; i < 4; ++i)
        for (unsigned j = 0; j < i; ++j)
          edges += distance(mesh.points[mesh.cells[c][i]], mesh.points[mesh.cells[c][j]]) / 6;
    Size size;
    size.nodes = sum(nodes, impl->comm);
    size.cells = sum(static_cast<long long>(mesh.n_own_cells), impl->comm);
    size.edge_mean = size.cells ? sum(edges, impl->comm) / static_cast<double>(size.cells) : 0.0;
    return size;
  }

  void Electrophysiology::archive(Archive &archive)
  {
    auto state = impl->save();
    const std::string part = "electrophysiology/", heart_beat = "conduction_system/";
    const auto field = [&](const std::string &name, AlignedVector &values) { impl->node_archive.field(archive, part + name, values); };
    archive_number(archive, part + "time", state.t);
    field("V", state.V);
    for (std::size_t g = 0; g < state.membranes.size(); ++g)
      impl->node_archive.states(archive, g, impl->reaction.stride_of(g), impl->reaction.n_states(g), state.membranes[g]);
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
    impl->recorder.archive(archive, impl->comm);
    if (!archive.loading())
      return;
    impl->halo.update(state.V.data());
    impl->restore(state);
    impl->committed = std::move(state);
  }
}
