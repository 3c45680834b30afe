// Residual of the mixed form, for all test functions v (zero where nothing is prescribed: all supports are springs) and q:
//
//   int S(E) : dE[v] + p J F^-T : grad v  -  sum_k P_k dV_k[v]  +  Robin terms = 0
//   int q (J - 1) - q p / kappa - tau/mu (q - mean q)(p - mean p)             = 0
//
// with S = S_passive + T/lambda f0 x f0 + eta dE/dt + the cells' barrier against collapse, and, where the cavities are filled by a
// circulation, V_k(u) = volume_k(P). Linear displacement and pressure; the last term of the second line, with cell averages "mean", makes
// equal orders stable: Dohrmann and Bochev 2004, 10.1002/fld.752; for the heart Karabelas et al. 2022, 10.1016/j.cma.2022.114887. By
// default the motion passes through equilibria; time/inertia.h adds mass.
#include "mechanics/mechanics.h"

#include "core/error.h"
#include "core/log.h"
#include "core/mpi.h"
#include "mechanics/boundary/cavities.h"
#include "mechanics/boundary/clamp.h"
#include "mechanics/settings.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace vivicor
{
  namespace
  {
    BlockMatrix build_matrix(MPI_Comm comm, const Space &space, const Anatomy &anatomy)
    {
      std::vector<std::array<long long, 4>> cells;
      for (const unsigned cell : space.cells)
        {
          auto &blocks = cells.emplace_back();
          for (unsigned a = 0; a < 4; ++a)
            blocks[a] = space.number[anatomy.cells[cell][a]];
        }
      return BlockMatrix(comm, space.begin, space.end, cells);
    }
  }

  struct Mechanics::Impl
  {
    Impl(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank, const Parameters &deck,
         Timers &timers);

    /// What one configuration is worth.
    struct Evaluation
    {
      bool valid = false;              ///< finite, and no cell turned inside out
      double norm = 0;                 ///< of the whole residual
      double momentum = 0, volume = 0; ///< relative residuals of the wall
      double cavity = 0;               ///< mm^3, largest mismatch
      std::vector<double> cavity_volume;
    };
    struct Problem
    {
      double dt = 0;                  ///< 0: static
      const CavityLaw *law = nullptr; ///< null: the pressures are prescribed
      bool heavy = false;             ///< with inertia
    };
    struct Newton
    {
      bool converged = false;
      unsigned iterations = 0, linear_iterations = 0;
      std::vector<double> volume;
      std::string reason;
    };

    Evaluation evaluate(const Problem &problem, std::vector<double> &u, const std::vector<double> &pressure, bool tangent);
    bool good(const Evaluation &e) const
    {
      return e.momentum <= settings.newton.tolerance && e.volume <= settings.newton.tolerance
             && e.cavity <= settings.newton.volume_tolerance;
    }
    /// Solves from the given start, in place.
    Newton solve(const Problem &problem, std::vector<double> &u, std::vector<double> &pressure);
    /// Goes along `correction` as far as the residual falls.
    bool line_search(const Problem &problem, std::vector<double> &u, std::vector<double> &pressure, Evaluation &e);
    /// A trial step. @param law, given one of them is null
    Step advance(double t, double dt, const std::vector<double> &calcium, const CavityLaw *law, const std::vector<double> *given);
    std::vector<double> replicate(const std::vector<double> &values, unsigned component) const;
    /// Of the local blocks' nodes, displaced as the unknowns say, mm.
    std::vector<Point3> positions(const std::vector<double> &unknowns) const;
    /// Unknowns of the owned blocks, by node of the anatomy; loading also brings the ghosts up to date.
    void archive_blocks(Archive &archive, const std::string &name, std::vector<double> &values);
    /// Largest component of a node's displacement between two states, mm, over all ranks.
    double largest_displacement(const std::vector<double> &a, const std::vector<double> &b) const;
    /// After a static load: the committed state is at rest, without a step before it.
    void rest();
    /// Unknowns of the local blocks: a displacement (mm) by node of the anatomy with the hydrostatic pressures of `like`.
    std::vector<double> state_from(const std::vector<Point3> &displacement, const Mechanics &like) const;
    struct Rest
    {
      double ramp, longest, speed; ///< ms; largest step, ms; mm/ms: slower counts as rest
    };
    /// In time from the committed state, pressures going from the present ones to `target` during the ramp, until the wall stands
    /// still. Commits. @throws SolverError that begins with `what`
    void come_to_rest(const std::vector<double> &target, const Rest &rest_when, const std::string &what);

    MPI_Comm comm;
    Timers &timers;
    MechanicsSettings settings;
    Space space;
    BlockMatrix matrix;
    Wall wall;
    Cavities cavities;
    Robin robin;
    std::unique_ptr<Clamp> clamp; ///< null: the springs alone hold the vessel ends
    BorderedSolver linear;
    std::vector<Point3> reference;    ///< of the local blocks' nodes
    std::unique_ptr<Inertia> inertia; ///< null: quasi-static
    std::size_t n_nodes;
    long long n_cells;
    double volume_scale;
    std::vector<double> dead_force; ///< mN, of the owned blocks; empty: none

    // Committed: unknowns of the local blocks and cavity pressures now and one step ago. dt_old = 0: no step before.
    std::vector<double> u, u_old, pressure, pressure_old;
    double dt_old = 0;
    // Trial.
    std::vector<double> u_trial, pressure_trial;
    double dt_trial = 0;
    // Work.
    std::vector<double> residual, correction;
    BorderedSolver::Columns gradients;
    CavityResponse response;
  };

  namespace
  {
    /// Reference positions of the nodes of this rank's local blocks.
    std::vector<Point3> block_positions(const std::vector<Point3> &points, const Space &space, const Layout &layout)
    {
      std::map<long long, std::size_t> node_of;
      for (std::size_t node = 0; node < points.size(); ++node)
        if (space.number[node] >= 0)
          node_of[space.number[node]] = node;
      std::vector<Point3> positions(layout.local());
      for (std::size_t i = 0; i < positions.size(); ++i)
        positions[i] = points[node_of.at(layout.global_of(i))];
      return positions;
    }
  }

  Mechanics::Impl::Impl(MPI_Comm communicator, const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank,
                        const Parameters &deck, Timers &all_timers)
    : comm(communicator),
      timers(all_timers),
      settings(read_settings(deck.section("mechanics"))),
      space(build_space(comm, anatomy.points, anatomy.cells, cell_rank)),
      matrix(build_matrix(comm, space, anatomy)),
      wall(anatomy, fibres, space, matrix, build_region_laws(anatomy.regions, deck.section("mechanics")), settings.wall),
      cavities(anatomy, cell_rank, static_cast<unsigned>(rank_of(comm)), space, matrix),
      robin(anatomy, fibres, cell_rank, static_cast<unsigned>(rank_of(comm)), space, matrix, settings.robin),
      linear(matrix, settings.linear),
      reference(block_positions(anatomy.points, space, matrix.layout())),
      n_nodes(anatomy.points.size()),
      n_cells(static_cast<long long>(anatomy.cells.size()))
  {
    if (settings.clamped_ends)
      clamp = std::make_unique<Clamp>(anatomy.fixed, space, matrix);
    if (settings.time.inertia)
      inertia = std::make_unique<Inertia>(anatomy, space, matrix, settings.time);
    u.assign(4 * matrix.layout().local(), 0.0);
    u_old = u_trial = u;
    pressure.assign(cavities.size(), 0.0);
    pressure_old = pressure_trial = pressure;
    volume_scale = std::sqrt(sum(wall.volume2(), comm));
  }

  Mechanics::Impl::Evaluation Mechanics::Impl::evaluate(const Problem &problem, std::vector<double> &x, const std::vector<double> &P,
                                                        bool tangent)
  {
    const auto scope = timers.scope("mechanics_assembly");
    const Layout &layout = matrix.layout();
    const std::size_t local = 4 * layout.local(), m = problem.law ? cavities.size() : 0;
    residual.assign(local + m, 0.0);
    layout.update(x.data(), 4);
    if (tangent)
      matrix.zero();
    const bool heavy = problem.heavy;
    const Wall::Motion motion = heavy ? inertia->motion(u, x, problem.dt) : Wall::Motion{};
    const double damping_time = heavy ? motion.time : problem.dt;
    const Wall::Result wall_result = wall.assemble(x.data(), problem.dt, residual.data(), tangent ? &matrix : nullptr,
                                                   heavy ? &motion : nullptr);
    cavities.add_forces(x.data(), P, residual.data());
    robin.add_residual(x.data(), heavy ? inertia->still().data() : u.data(), damping_time, residual.data());
    layout.add(residual.data(), 4);
    for (std::size_t i = 0; i < dead_force.size(); ++i)
      residual[i] -= dead_force[i];
    if (heavy)
      inertia->add(u, x, problem.dt, residual);
    if (clamp)
      clamp->free(residual.data());
    if (tangent)
      {
        cavities.add_tangent(x.data(), P, matrix);
        robin.add_tangent(damping_time, matrix);
        if (heavy)
          inertia->add_tangent(problem.dt, matrix);
        matrix.compress();
        if (clamp)
          clamp->free(matrix);
        gradients.assign(m, std::vector<double>(local, 0.0));
        for (std::size_t k = 0; k < m; ++k)
          {
            cavities.gradient(x.data(), k, gradients[k].data());
            layout.add(gradients[k].data(), 4);
            if (clamp)
              clamp->free(gradients[k].data());
          }
      }

    // One reduction: momentum^2, volume^2, force scale^2, cells turned inside out, cavity volumes.
    std::vector<double> sums{0, 0, wall_result.force_scale2, wall_result.min_J > 0 ? 0.0 : 1.0};
    for (std::size_t i = 0; i < layout.owned(); ++i)
      for (unsigned c = 0; c < 4; ++c)
        sums[c < 3 ? 0 : 1] += residual[4 * i + c] * residual[4 * i + c];
    const std::vector<double> my_volumes = cavities.volumes(x.data());
    sums.insert(sums.end(), my_volumes.begin(), my_volumes.end());
    sum(sums, comm);

    Evaluation e;
    e.cavity_volume.assign(sums.begin() + 4, sums.end());
    double norm2 = sums[0] + sums[1];
    e.valid = sums[3] == 0;
    if (m > 0 && e.valid && std::isfinite(norm2))
      {
        response = (*problem.law)(P);
        for (std::size_t k = 0; k < m; ++k)
          {
            residual[local + k] = e.cavity_volume[k] - response.volume[k];
            norm2 += residual[local + k] * residual[local + k];
            e.cavity = std::max(e.cavity, std::abs(residual[local + k]));
          }
      }
    e.norm = std::sqrt(norm2);
    e.valid = e.valid && std::isfinite(e.norm);
    constexpr double negligible = 1e-4; // mN: an unloaded wall has forces of rounding alone, which cannot balance to any accuracy
    const double scale = std::hypot(std::sqrt(sums[2]), negligible);
    e.momentum = std::sqrt(sums[0]) / scale;
    e.volume = std::sqrt(sums[1]) / volume_scale;
    return e;
  }

  bool Mechanics::Impl::line_search(const Problem &problem, std::vector<double> &x, std::vector<double> &P, Evaluation &e)
  {
    constexpr double shortest = 1.0 / 64;
    const std::vector<double> x0 = x, P0 = P;
    const std::size_t local = x.size();
    for (double length = 1; length >= shortest; length /= 2)
      {
        for (std::size_t i = 0; i < local; ++i)
          x[i] = x0[i] - length * correction[i];
        for (std::size_t k = 0; local + k < correction.size(); ++k)
          P[k] = P0[k] - length * correction[local + k];
        const Evaluation tried = evaluate(problem, x, P, false);
        if (tried.valid && (tried.norm < (1 - 1e-3 * length) * e.norm || good(tried)))
          {
            e = tried;
            return true;
          }
      }
    return false;
  }

  Mechanics::Impl::Newton Mechanics::Impl::solve(const Problem &problem, std::vector<double> &x, std::vector<double> &P)
  {
    // An inexact direction still leads downhill (Dembo, Eisenstat & Steihaug 1982, 10.1137/0719025), but one that leaves more of the
    // residual than the loosest linear_tolerance of a deck is hardly Newton's.
    constexpr double useless = 0.5;
    Newton result;
    Evaluation e = evaluate(problem, x, P, false);
    while (e.valid && !good(e) && result.iterations < settings.newton.max_iterations)
      {
        e = evaluate(problem, x, P, true);
        {
          const auto scope = timers.scope("mechanics_solve");
          const KrylovResult solved = linear.solve(matrix, positions(x), gradients, response.dV_dp, residual, correction,
                                                   settings.linear.tolerance * e.norm);
          result.linear_iterations += solved.iterations;
          if (clamp)
            clamp->free(correction.data());
          if (!std::isfinite(solved.residual))
            {
              result.reason = "the linear solver met values that are not finite";
              return result;
            }
          if (!solved.converged)
            {
              const double left = solved.residual / e.norm;
              spdlog::debug("  linear solver: {} iterations reduced the residual to {:.2e} of it only", solved.iterations, left);
              if (left > useless)
                {
                  result.reason = "the linear solver reduced the residual only to " + std::to_string(left) + " of it in "
                                  + std::to_string(solved.iterations) + " iterations";
                  return result;
                }
            }
        }
        ++result.iterations;
        if (!line_search(problem, x, P, e))
          {
            result.reason = "no step along Newton's direction lowers the residual";
            return result;
          }
        spdlog::debug("  newton {}: momentum {:.2e} volume {:.2e} cavity {:.2e} mm^3, {} linear iterations", result.iterations, e.momentum,
                      e.volume, e.cavity, result.linear_iterations);
      }
    result.converged = e.valid && good(e);
    result.volume = e.cavity_volume;
    if (!e.valid)
      result.reason = "a cell is turned inside out, or values are not finite";
    else if (!result.converged)
      result.reason = "Newton's method took more than " + std::to_string(settings.newton.max_iterations) + " iterations";
    return result;
  }

  std::vector<Point3> Mechanics::Impl::positions(const std::vector<double> &unknowns) const
  {
    std::vector<Point3> result = reference;
    for (std::size_t i = 0; i < result.size(); ++i)
      for (unsigned c = 0; c < 3; ++c)
        result[i][c] += unknowns[4 * i + c];
    return result;
  }

  double Mechanics::Impl::largest_displacement(const std::vector<double> &a, const std::vector<double> &b) const
  {
    double largest = 0;
    for (std::size_t i = 0; i < matrix.layout().owned(); ++i)
      for (unsigned c = 0; c < 3; ++c)
        largest = std::max(largest, std::abs(a[4 * i + c] - b[4 * i + c]));
    return max(largest, comm);
  }

  void Mechanics::Impl::rest()
  {
    u_old = u;
    pressure_old = pressure;
    dt_old = 0;
    if (inertia)
      inertia->rest();
  }

  std::vector<double> Mechanics::Impl::replicate(const std::vector<double> &values, unsigned component) const
  {
    std::vector<double> all(n_nodes, 0.0);
    for (std::size_t node = 0; node < n_nodes; ++node)
      if (const long long block = space.number[node]; block >= 0 && matrix.layout().owns(block))
        all[node] = values[4 * matrix.layout().local_of(block) + component];
    sum(all, comm);
    return all;
  }

  void Mechanics::Impl::archive_blocks(Archive &archive, const std::string &name, std::vector<double> &values)
  {
    const Layout &layout = matrix.layout();
    EntityIds nodes(layout.owned());
    for (std::size_t node = 0; node < n_nodes; ++node)
      if (const long long block = space.number[node]; block >= 0 && layout.owns(block))
        nodes[layout.local_of(block)] = static_cast<std::int64_t>(node);
    std::vector<double> owned(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(4 * layout.owned()));
    archive.by_entity("nodes of the wall", name, nodes, 4, owned);
    std::copy(owned.begin(), owned.end(), values.begin());
    layout.update(values.data(), 4);
  }

  void check_mechanics(const std::vector<Region> &regions, const Parameters &deck)
  {
    build_region_laws(regions, deck.section("mechanics"));
  }

  Mechanics::Mechanics(MPI_Comm comm, const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank,
                       const Parameters &deck, Timers &timers)
    : impl(std::make_unique<Impl>(comm, anatomy, fibres, cell_rank, deck, timers))
  {
  }

  Mechanics::~Mechanics() = default;

  const std::vector<std::string> &Mechanics::cavities() const
  {
    return impl->cavities.names();
  }

  Mechanics::Loading Mechanics::inflate(const std::vector<double> &target)
  {
    constexpr double smallest = 1.0 / 512;
    Loading counts;
    Impl &m = *impl;
    m.u.assign(m.u.size(), 0.0);
    std::vector<double> before = m.u;
    double reached = 0, reached_before = 0, load_step = 0.25;
    while (reached < 1)
      {
        const double load = std::min(1.0, reached + load_step);
        std::vector<double> x = m.u, P(target.size());
        for (std::size_t k = 0; k < P.size(); ++k)
          P[k] = load * target[k];
        if (reached > reached_before)
          for (std::size_t i = 0; i < x.size(); ++i)
            x[i] += (m.u[i] - before[i]) * (load - reached) / (reached - reached_before);
        const auto solve = [&] {
          const Impl::Newton result = m.solve({}, x, P);
          counts.newton_iterations += result.iterations;
          counts.linear_iterations += result.linear_iterations;
          return result;
        };
        Impl::Newton newton = solve();
        if (!newton.converged && reached > reached_before)
          {
            x = m.u; // the straight line from the last two states may lead astray
            newton = solve();
          }
        ++(newton.converged ? counts.steps : counts.cut_steps);
        if (newton.converged)
          {
            before = m.u;
            m.u = x;
            reached_before = reached;
            reached = load;
            if (newton.iterations <= 6)
              load_step *= 1.5;
            continue;
          }
        load_step /= 2;
        if (load_step < smallest)
          throw SolverError({"the heart cannot be inflated beyond " + std::to_string(100 * reached) + " % of its pressures",
                             "static inflation", newton.reason, "",
                             "lower the initial pressures, stiffen the passive laws, or mend the worst cells of the mesh"});
      }
    m.wall.commit();
    m.pressure = target;
    m.rest();
    return counts;
  }

  void Mechanics::tighten(double tolerance)
  {
    impl->settings.newton.tolerance = std::min(impl->settings.newton.tolerance, tolerance);
  }

  void Mechanics::load(const std::vector<Point3> &force)
  {
    const Layout &layout = impl->matrix.layout();
    impl->dead_force.assign(force.empty() ? 0 : 4 * layout.owned(), 0.0);
    for (std::size_t node = 0; node < force.size(); ++node)
      if (const long long block = impl->space.number[node]; block >= 0 && layout.owns(block))
        std::copy(force[node].begin(), force[node].end(),
                  impl->dead_force.begin() + static_cast<std::ptrdiff_t>(4 * layout.local_of(block)));
  }

  bool Mechanics::settle(const std::vector<double> &target, const std::vector<Point3> &start, const Mechanics &like)
  {
    Impl &m = *impl;
    std::vector<double> x = m.state_from(start, like), P = target;
    if (!m.solve({}, x, P).converged)
      return false;
    m.wall.commit();
    m.u = x;
    m.pressure = target;
    m.rest();
    return true;
  }

  std::vector<double> Mechanics::Impl::state_from(const std::vector<Point3> &displacement, const Mechanics &like) const
  {
    const Layout &layout = matrix.layout();
    std::vector<double> x = like.impl->u;
    for (std::size_t node = 0; node < displacement.size(); ++node)
      if (const long long block = space.number[node]; block >= 0 && layout.owns(block))
        std::copy(displacement[node].begin(), displacement[node].end(),
                  x.begin() + static_cast<std::ptrdiff_t>(4 * layout.local_of(block)));
    layout.update(x.data(), 4);
    return x;
  }

  void Mechanics::Impl::come_to_rest(const std::vector<double> &target, const Rest &rest_when, const std::string &what)
  {
    constexpr double smallest = 0.1, give_up = 5000; // ms, steps of the longest size
    const std::vector<double> from = pressure;
    double t = 0, dt = 20, longest = rest_when.longest, speed = 0, slow_since = 0;
    std::string reason = "the wall still moves after " + std::to_string(give_up) + " ms";
    bool arrived = false;
    while (!arrived && slow_since < give_up)
      {
        const bool ramping = t < rest_when.ramp;
        const double step = ramping ? std::min(dt, rest_when.ramp - t) : dt, share = ramping ? (t + step) / rest_when.ramp : 1;
        std::vector<double> x = u, P = target;
        for (std::size_t k = 0; k < P.size(); ++k)
          P[k] = from[k] + std::min(1.0, share) * (target[k] - from[k]);
        const Newton newton = solve({step, nullptr}, x, P);
        if (newton.converged)
          {
            speed = largest_displacement(x, u) / step;
            wall.commit();
            u = x;
            pressure = P;
            t += step;
            slow_since += std::min(step, 50.0);
            dt = newton.iterations <= 4 ? std::min(longest, 1.5 * dt) : dt;
            arrived = t >= rest_when.ramp && speed <= rest_when.speed;
            continue;
          }
        reason = newton.reason;
        dt = step / 2;
        longest = std::max(dt, std::min(longest, 50.0));
        if (dt < smallest)
          break;
      }
    if (!arrived)
      throw SolverError({what, "filling, after " + std::to_string(t) + " ms", reason, "",
                         "lower the pressures, stiffen the passive laws, or mend the worst cells of the mesh"});
    rest();
  }

  void Mechanics::preload(const std::vector<double> &target, const std::vector<double> &calcium)
  {
    constexpr double at_rest = 1e-4; // mm/ms: a tenth of a millimetre in a second
    impl->wall.set_calcium(calcium);
    impl->come_to_rest(target, {200, 50, at_rest}, "the heart cannot be filled to its initial pressures");
  }

  void Mechanics::relax(const std::vector<double> &target, const std::vector<Point3> &start, const Mechanics &like, double precision)
  {
    constexpr double slowest = 500, longest = 1e4; // ms: relaxation of the softest motions; a step
    Impl &m = *impl;
    const bool from_afar = std::all_of(start.begin(), start.end(), [](const Point3 &u) { return u == Point3{0, 0, 0}; });
    m.u = m.state_from(start, like);
    m.pressure = from_afar ? std::vector<double>(target.size(), 0.0) : target;
    m.wall.restore(m.u.data());
    struct Passive
    {
      Wall &wall;
      explicit Passive(Wall &wall) : wall(wall) { wall.set_passive(true); }
      ~Passive() { wall.set_passive(false); }
    } const passive(m.wall);
    m.come_to_rest(target, {from_afar ? 200.0 : 0.0, longest, precision / slowest}, "no passive equilibrium is found");
  }

  Mechanics::Step Mechanics::advance(double t, double dt, const std::vector<double> &calcium, const CavityLaw &law)
  {
    return impl->advance(t, dt, calcium, &law, nullptr);
  }

  Mechanics::Step Mechanics::advance(double t, double dt, const std::vector<double> &calcium, const std::vector<double> &given)
  {
    return impl->advance(t, dt, calcium, nullptr, &given);
  }

  Mechanics::Step Mechanics::Impl::advance(double t, double dt, const std::vector<double> &calcium, const CavityLaw *law,
                                           const std::vector<double> *given)
  {
    wall.set_calcium(calcium);
    const Problem problem{dt, law, inertia != nullptr};
    Newton newton;
    unsigned iterations = 0, linear_iterations = 0;
    // First along the straight line of the last step, else from where the last step ended.
    for (const bool extrapolate : {true, false})
      {
        if (extrapolate && dt_old <= 0)
          continue;
        u_trial = u;
        pressure_trial = pressure;
        if (extrapolate)
          {
            const double ratio = dt / dt_old;
            for (std::size_t i = 0; i < u.size(); ++i)
              u_trial[i] += ratio * (u[i] - u_old[i]);
            for (std::size_t k = 0; k < pressure.size(); ++k)
              pressure_trial[k] += ratio * (pressure[k] - pressure_old[k]);
          }
        if (given)
          pressure_trial = *given;
        newton = solve(problem, u_trial, pressure_trial);
        iterations += newton.iterations;
        linear_iterations += newton.linear_iterations;
        if (newton.converged)
          break;
      }
    if (!newton.converged)
      throw StepFailed("mechanics at t = " + std::to_string(t + dt) + " ms, step " + std::to_string(dt) + " ms: " + newton.reason);
    dt_trial = dt;
    return {iterations, linear_iterations, newton.volume, pressure_trial};
  }

  void Mechanics::commit()
  {
    Impl &m = *impl;
    m.wall.commit();
    if (m.inertia)
      m.inertia->commit(m.u, m.u_trial, m.dt_trial);
    m.u_old.swap(m.u);
    m.u = m.u_trial;
    m.pressure_old = m.pressure;
    m.pressure = m.pressure_trial;
    m.dt_old = m.dt_trial;
  }

  std::vector<double> Mechanics::volume() const
  {
    std::vector<double> volumes = impl->cavities.volumes(impl->u.data());
    sum(volumes, impl->comm);
    return volumes;
  }

  std::vector<double> Mechanics::pressure() const
  {
    return impl->pressure;
  }

  std::vector<Point3> Mechanics::displacement() const
  {
    std::vector<Point3> result(impl->n_nodes);
    for (unsigned i = 0; i < 3; ++i)
      {
        const std::vector<double> values = impl->replicate(impl->u, i);
        for (std::size_t node = 0; node < result.size(); ++node)
          result[node][i] = values[node];
      }
    return result;
  }

  Mechanics::NodalFields Mechanics::nodal_fields() const
  {
    NodalFields fields;
    std::vector<double> volume(impl->n_nodes, 0.0);
    fields.fibre_stretch = fields.active_tension = volume;
    impl->wall.add_to_nodes(volume, fields.fibre_stretch, fields.active_tension);
    for (auto *const values : {&volume, &fields.fibre_stretch, &fields.active_tension})
      sum(*values, impl->comm);
    for (std::size_t node = 0; node < volume.size(); ++node)
      if (volume[node] > 0)
        {
          fields.fibre_stretch[node] /= volume[node];
          fields.active_tension[node] /= volume[node];
        }
    fields.pressure = impl->replicate(impl->u, 3);
    for (double &value : fields.pressure) // the multiplier is positive in tension
      value = -value;
    return fields;
  }

  Mechanics::Size Mechanics::size() const
  {
    return {impl->n_cells, 4 * impl->space.blocks};
  }

  void Mechanics::archive(Archive &archive)
  {
    Impl &m = *impl;
    const std::string part = "mechanics/";
    archive_number(archive, part + "dt_old", m.dt_old);
    archive.numbers(part + "pressure", m.pressure);
    archive.numbers(part + "pressure_old", m.pressure_old);
    m.archive_blocks(archive, part + "unknowns", m.u);
    m.archive_blocks(archive, part + "unknowns_old", m.u_old);
    if (m.inertia)
      for (const auto &[name, values] : m.inertia->states())
        m.archive_blocks(archive, part + name, *values);
    m.wall.archive(archive);
    if (archive.loading())
      m.wall.restore(m.u.data());
    m.linear.archive(archive, m.matrix);
  }
}
