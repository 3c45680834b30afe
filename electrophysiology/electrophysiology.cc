#include "electrophysiology/electrophysiology.h"

#include "core/error.h"
#include "core/mpi.h"
#include "electrophysiology/electrocardiogram.h"
#include "electrophysiology/membranes.h"
#include "electrophysiology/stimuli/conduction_system.h"
#include "electrophysiology/tissue/activation_map.h"
#include "electrophysiology/tissue/conductivity.h"
#include "electrophysiology/tissue/diffusion.h"

#include <cmath>
#include <limits>

namespace vivicor
{
  void declare_electrophysiology(Schema &deck)
  {
    Schema ep = deck.section("electrophysiology", "The electrical heart: monodomain tissue, membranes, pacemaker.");
    ep.integer("refinement", 1, 0, 3, "How often the mesh is refined, each tetrahedron into eight, for the electrical problem.");
    ep.quantity("time_step", "0.05 ms", 1e-4, 1, "Longest electrical step.");
    ep.choice("splitting", "godunov", {"godunov", "strang"},
              "Godunov: membranes, then diffusion. Strang: half a step of diffusion before and after.");
    ep.choice("time_scheme", "crank_nicolson", {"crank_nicolson", "backward_euler"}, "Scheme of the diffusion steps.");
    ep.quantity("mass_lumping", "1", 0, 1,
                "1: lumped mass matrix, as finite volumes; 0: consistent; between: a blend. On coarse unstructured meshes a consistent "
                "mass blurs the difference between conduction along and across the fibres.",
                "lumping slows the front, consistency speeds it up: Niederer et al. 2011, 10.1098/rsta.2011.0139");
    ep.quantity("tolerance", "1e-5", 1e-14, 1e-2, "Relative residual of the diffusion solver.");
    ep.integer("max_iterations", 200, 1, 100000, "Iterations of the diffusion solver before the step counts as failed.");
    ep.quantity("activation_threshold", "-20 mV", -80, 30, "A node is activated when its potential first rises through this.");
    ep.quantity("repolarisation_threshold", "-70 mV", -90, 0, "A node is repolarised when its potential falls through this.");
    declare_membranes(ep);
    declare_conduction(ep);
    declare_conduction_system(ep);
    declare_electrocardiogram(ep);
  }

  struct Electrophysiology::Impl
  {
    Impl(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank,
         const Parameters &deck, Timers &timers);

    void step(double dt);
    void update_calcium();
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
    bool strang;
    std::vector<Reaction::Membrane> membranes;
    RefinedMesh mesh;
    Halo halo;
    Reaction reaction;
    Matrices matrices;
    Diffusion diffusion;
    ConductionSystem conduction_system;
    Electrocardiogram electrocardiogram;
    StimulusCurrent current;
    ActivationMap map;
    double t = 0;
    AlignedVector V, before;
    State committed;

    /// Calcium by node of the anatomy: of both tissues together, ventricles, atria; and where each local node's value goes.
    std::vector<double> calcium, ventricular_calcium, atrial_calcium;
    std::vector<std::pair<unsigned, unsigned>> own_anatomy_nodes; ///< local node, node of the anatomy
    std::vector<char> is_ring;
  };

  namespace
  {
    Parameters section_of(const Parameters &deck) { return deck.section("electrophysiology"); }

    DiffusionOptions diffusion_options(const Parameters &deck)
    {
      return {deck.text("time_scheme") == "crank_nicolson" ? 0.5 : 1.0, deck.quantity("mass_lumping"), deck.quantity("tolerance"),
              static_cast<unsigned>(deck.integer("max_iterations"))};
    }

    Matrices tissue_matrices(const RefinedMesh &mesh, const Anatomy &anatomy, const Fibres &fibres, const Parameters &deck,
                             const std::vector<Reaction::Membrane> &membranes)
    {
      const auto options = diffusion_options(deck);
      CableOptions numerics;
      numerics.time_step = deck.quantity("time_step");
      numerics.lumping = options.lumping;
      numerics.theta = options.theta;
      numerics.strang = deck.text("splitting") == "strang";
      numerics.threshold = deck.quantity("activation_threshold");
      const std::map<Tissue, const IonicModel *> models{{Tissue::ventricle, membranes[epicardial].model.get()},
                                                        {Tissue::atrium, membranes[atrial].model.get()}};
      const Conduction conduction = build_conduction(anatomy, deck, models, numerics, mesh.refinement);
      return assemble(mesh, diffusivity_tensors(mesh, anatomy, fibres, conduction));
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
                                const Parameters &deck, Timers &timers)
    : comm(comm), timers(timers), longest_step(deck.quantity("time_step")), threshold(deck.quantity("activation_threshold")),
      strang(deck.text("splitting") == "strang"), membranes(build_membranes(deck)),
      mesh(build_refined_mesh(anatomy, cell_rank, static_cast<unsigned>(rank_of(comm)),
                              static_cast<unsigned>(deck.integer("refinement")), membrane_of(fibres, deck), n_membrane_groups)),
      halo(comm, mesh), reaction(mesh, membranes), matrices(tissue_matrices(mesh, anatomy, fibres, deck, membranes)),
      diffusion(comm, mesh, halo, matrices, diffusion_options(deck)), conduction_system(comm, mesh, anatomy, fibres, deck),
      electrocardiogram(mesh, anatomy, fibres, deck), current(mesh),
      map(mesh.n_owned, threshold, deck.quantity("repolarisation_threshold")), V(mesh.n_local(), 0.0), before(mesh.n_owned),
      is_ring(ring_nodes(anatomy))
  {
    reaction.set_initial(V.data());
    halo.update(V.data());
    for (auto *field : {&calcium, &ventricular_calcium, &atrial_calcium})
      field->assign(anatomy.points.size(), reaction.rest_calcium(field == &atrial_calcium ? atrial : epicardial));
    for (unsigned n = 0; n < mesh.n_local(); ++n)
      if (mesh.is_real(n) && mesh.keys[n].is_anatomy_node())
        own_anatomy_nodes.emplace_back(n, mesh.keys[n].carrier[0]);
    update_calcium();
    committed = save();
  }

  void Electrophysiology::Impl::step(double dt)
  {
    std::copy_n(V.begin(), mesh.n_owned, before.begin());
    if (conduction_system.begin_step(t, dt, current))
      map.begin_beat();
    if (strang)
      {
        const auto scope = timers.scope("diffusion");
        diffusion.step(dt / 2, V.data());
      }
    {
      const auto scope = timers.scope("ionic");
      reaction.step(dt, V.data(), current.values.data(), current.stimulated);
    }
    const auto scope = timers.scope("diffusion");
    diffusion.step(strang ? dt / 2 : dt, V.data());
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

  Electrophysiology::Electrophysiology(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres,
                                       const std::vector<unsigned> &cell_rank, const Parameters &deck, Timers &timers)
    : impl(std::make_unique<Impl>(comm, anatomy, fibres, cell_rank, section_of(deck), timers))
  {}
  Electrophysiology::~Electrophysiology() = default;

  void Electrophysiology::advance(double t_end)
  {
    const double t_begin = impl->t, duration = t_end - t_begin;
    if (duration <= 0)
      return;
    const double steps = std::max(1.0, std::ceil(duration / impl->longest_step - 1e-6)), dt = duration / steps;
    double undecided = 0;
    for (double k = 0; k < steps; ++k)
      {
        impl->t = t_begin + k * dt;
        impl->step(dt);
        impl->t += dt;
        impl->map.observe(impl->t, dt, impl->before.data(), impl->V.data());
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

  double Electrophysiology::time() const { return impl->t; }
  void Electrophysiology::commit() { impl->committed = impl->save(); }
  void Electrophysiology::rollback() { impl->restore(impl->committed); }
  const std::vector<double> &Electrophysiology::calcium() const { return impl->calcium; }
  const std::vector<double> &Electrophysiology::calcium(Tissue tissue) const
  {
    return tissue == Tissue::atrium ? impl->atrial_calcium : impl->ventricular_calcium;
  }
  const std::vector<std::string> &Electrophysiology::ecg_leads() const { return Electrocardiogram::leads(); }
  std::vector<double> Electrophysiology::ecg() const { return impl->electrocardiogram(impl->comm, impl->V.data()); }

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

  VtuPiece Electrophysiology::fields(bool maps_only) const
  {
    const RefinedMesh &mesh = impl->mesh;
    VtuPiece piece;
    std::vector<unsigned> number(mesh.n_local(), NodeKey::none), nodes;
    for (std::size_t c = 0; c < mesh.n_own_cells; ++c)
      {
        auto cell = mesh.cells[c];
        for (unsigned &n : cell)
          {
            if (number[n] == NodeKey::none)
              {
                number[n] = static_cast<unsigned>(nodes.size());
                nodes.push_back(n);
                piece.points.push_back(mesh.points[n]);
              }
            n = number[n];
          }
        piece.cells.push_back(cell);
      }
    const auto add = [&](const std::string &name, const auto &value) {
      VtuField field{name, 1, {}};
      for (const unsigned n : nodes)
        field.values.push_back(value(n));
      piece.point_fields.push_back(std::move(field));
    };
    if (!maps_only)
      {
        AlignedVector calcium(mesh.n_owned, 0.0);
        impl->reaction.calcium(calcium.data());
        const auto V = impl->with_ghosts(impl->V), all_calcium = impl->with_ghosts(calcium);
        add("transmembrane_potential_mV", [&](unsigned n) { return V[n]; });
        add("calcium_uM", [&](unsigned n) { return all_calcium[n]; });
      }
    const auto on = impl->with_ghosts(impl->map.activation), off = impl->with_ghosts(impl->map.repolarisation);
    add("activation_ms", [&](unsigned n) { return impl->since_beat(on[n]); });
    add("repolarisation_ms", [&](unsigned n) { return impl->since_beat(off[n]); });
    add("action_potential_duration_ms", [&](unsigned n) { return off[n] == ActivationMap::never ? -1.0 : off[n] - on[n]; });
    return piece;
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

  namespace
  {
    /// Calls `visit` with every array and every number of a state, in a fixed order.
    template <class State, class Array, class Number>
    void visit(State &s, const Array &array, const Number &number)
    {
      number(s.t);
      array(s.V);
      for (auto &states : s.membranes)
        array(states);
      array(s.map.activation);
      array(s.map.repolarisation);
      array(s.history.last);
      array(s.history.before_last);
      number(s.history.length);
      auto &c = s.conduction_system;
      number(c.beat);
      number(c.beat_start);
      number(c.last_conducted);
      number(c.heard);
      array(c.firings); // the only one whose length changes: the last
    }
  }

  std::vector<double> Electrophysiology::state() const
  {
    std::vector<double> values;
    const auto present = impl->save();
    visit(present, [&](const auto &array) { values.insert(values.end(), array.begin(), array.end()); },
          [&](const auto &number) { values.push_back(static_cast<double>(number)); });
    return values;
  }

  void Electrophysiology::set_state(const std::vector<double> &values)
  {
    auto restored = impl->save();
    restored.conduction_system.firings.clear();
    std::size_t fixed = 0, next = 0;
    visit(restored, [&](const auto &array) { fixed += array.size(); }, [&](const auto &) { ++fixed; });
    if (any(values.size() < fixed, impl->comm))
      throw UserError({"a saved electrical state of " + std::to_string(values.size()) + " values", "",
                       "this mesh and partition have at least " + std::to_string(fixed), "",
                       "resume with the mesh, the deck and the number of ranks that wrote it"});
    restored.conduction_system.firings.resize(values.size() - fixed);
    visit(restored, [&](auto &array) { for (auto &value : array) value = values[next++]; },
          [&](auto &number) { number = static_cast<std::remove_reference_t<decltype(number)>>(values[next++]); });
    impl->restore(restored);
    impl->committed = restored;
  }
}
