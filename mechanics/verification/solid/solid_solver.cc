#include "mechanics/verification/solid/solid_solver.h"

#include "core/error.h"
#include "core/log.h"
#include "core/mpi.h"
#include "core/numbers.h"
#include "mechanics/time/generalised_alpha.h"
#include "mechanics/verification/solid/solid_bulk.h"
#include "mechanics/verification/solid/solid_probe.h"
#include "mechanics/verification/solid/solid_surface.h"
#include "mechanics/verification/solid/solid_system.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace vivicor
{
  namespace
  {
    double seconds_since(std::chrono::steady_clock::time_point start)
    {
      return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }

    const SolidProblem &checked(const SolidProblem &problem)
    {
      const SolidElement &element = solid_element(problem.element);
      if (!problem.passive)
        throw UserError({"no passive law", "solid problem", "a solid needs a stress", "", "set SolidProblem::passive"});
      if (!(problem.bulk_modulus > 0))
        throw UserError({"bulk modulus " + shortest_digits(problem.bulk_modulus), "solid problem", "it must be positive", "", ""});
      if (element.pressure == SolidElement::Pressure::none && std::isinf(problem.bulk_modulus))
        throw UserError({"an infinite bulk modulus with element '" + element.name + "'", "solid problem",
                         "without a pressure field it needs a finite one", "Q2-P1disc, P2-P1",
                         "choose a mixed element or a finite bulk modulus"});
      return problem;
    }
  }

  struct SolidSolver::Impl
  {
    Impl(MPI_Comm comm, const SolidMesh &mesh, const SolidProblem &problem, const SolidSolverSettings &settings);

    /// How the mean state of a step, at which the balance holds, depends on its displacement. Statics: the state itself.
    struct Step
    {
      double dt = 0, t_end = 0, t_loads = 0;
      GeneralisedAlpha method{0, 0, 1, 1};
      bool inertia = false;
    };
    struct State
    {
      std::vector<double> u, p, v, a; ///< replicated
    };
    struct Evaluation
    {
      bool valid = false;
      double norm = 0, momentum = 0, volume = 0, min_J = 1;
      unsigned worst_cell = 0;
    };

    std::vector<double> prescribed(double t) const;
    /// Velocity and acceleration of the mean state whose displacement is `mean`.
    SolidMotion motion_of(const Step &step, const std::vector<double> &mean, const std::vector<double> &p);
    Evaluation evaluate(const Step &step, const std::vector<double> &mean, const std::vector<double> &p, bool tangent,
                        const std::vector<double> &gap);
    bool good(const Evaluation &e) const { return e.momentum <= settings.newton_tolerance && e.volume <= settings.newton_tolerance; }
    /// From the given start to balance, in place. @param target of the prescribed unknowns of the mean state
    bool newton(const Step &step, std::vector<double> &mean, std::vector<double> &p, const std::vector<double> &target, Counts &counts);
    void end_of_step(const Step &step, const std::vector<double> &mean, State &end) const;

    MPI_Comm comm;
    SolidProblem problem;
    SolidSolverSettings settings;
    Discretisation space;
    std::vector<char> fixed;
    struct Prescribed
    {
      int dof;
      unsigned component;
      Point3 X;
      std::size_t condition;
    };
    std::vector<Prescribed> conditions;
    SolidBulk bulk;
    SolidSurface surface;
    std::unique_ptr<SolidSystem> system;
    double volume_scale = 1;

    State now;
    double t = 0, min_J = 1;
    std::vector<double> residual, correction, v_mean, a_mean;
    std::string reason;
  };

  SolidSolver::Impl::Impl(MPI_Comm communicator, const SolidMesh &mesh, const SolidProblem &all, const SolidSolverSettings &wanted)
    : comm(communicator),
      problem(checked(all)),
      settings(wanted),
      space(comm, solid_element(problem.element), mesh, settings.extra_quadrature),
      fixed(space.n_u, 0),
      bulk(space, problem),
      surface(space, problem)
  {
    for (const auto &face : space.faces)
      for (std::size_t k = 0; k < problem.dirichlet.size(); ++k)
        if (problem.dirichlet[k].boundary == face.id)
          for (const unsigned a : space.nodes_on_face(face.number))
            for (unsigned i = 0; i < 3; ++i)
              if (const int dof = space.cells[face.cell].u[3 * a + i]; problem.dirichlet[k].components[i] && !fixed[dof])
                {
                  fixed[dof] = 1;
                  conditions.push_back({dof, i, space.node_position(space.cells[face.cell], a), k});
                }
    system = std::make_unique<SolidSystem>(comm, space, fixed, settings);
    volume_scale = std::sqrt(sum(bulk.volume2(), comm));
    now.u.assign(space.n_u, 0.0);
    now.v = now.a = now.u;
    now.p.assign(space.n_p, 0.0);
  }

  std::vector<double> SolidSolver::Impl::prescribed(double at) const
  {
    std::vector<double> values(space.n_u, 0.0);
    for (const auto &condition : conditions)
      if (const auto &displacement = problem.dirichlet[condition.condition].displacement)
        values[condition.dof] = displacement(condition.X, at)[condition.component];
    return values;
  }

  SolidMotion SolidSolver::Impl::motion_of(const Step &step, const std::vector<double> &mean, const std::vector<double> &p)
  {
    SolidMotion motion{mean.data(), p.data()};
    motion.t = step.t_loads;
    if (step.dt == 0)
      return motion;
    const auto &[alpha_m, alpha_f, beta, gamma] = step.method;
    v_mean.resize(mean.size());
    a_mean.resize(mean.size());
    for (std::size_t i = 0; i < mean.size(); ++i)
      {
        const double moved = (mean[i] - now.u[i]) / (1 - alpha_f);
        if (step.inertia)
          {
            v_mean[i] = (1 - alpha_f) * step.method.velocity(moved, now.v[i], now.a[i], step.dt) + alpha_f * now.v[i];
            a_mean[i] = (1 - alpha_m) * step.method.acceleration(moved, now.v[i], now.a[i], step.dt) + alpha_m * now.a[i];
          }
        else
          v_mean[i] = moved / step.dt;
      }
    motion.v = v_mean.data();
    motion.dv_du = step.inertia ? gamma / (beta * step.dt) : 1 / step.dt;
    if (step.inertia)
      {
        motion.a = a_mean.data();
        motion.da_du = (1 - alpha_m) / ((1 - alpha_f) * beta * step.dt * step.dt);
      }
    return motion;
  }

  void SolidSolver::Impl::end_of_step(const Step &step, const std::vector<double> &mean, State &end) const
  {
    const double alpha_f = step.method.alpha_f;
    for (std::size_t i = 0; i < mean.size(); ++i)
      {
        const double moved = (mean[i] - now.u[i]) / (1 - alpha_f);
        end.u[i] = now.u[i] + moved;
        if (step.dt > 0)
          end.v[i] = step.inertia ? step.method.velocity(moved, now.v[i], now.a[i], step.dt) : moved / step.dt;
        if (step.inertia)
          end.a[i] = step.method.acceleration(moved, now.v[i], now.a[i], step.dt);
      }
  }

  SolidSolver::Impl::Evaluation SolidSolver::Impl::evaluate(const Step &step, const std::vector<double> &mean, const std::vector<double> &p,
                                                            bool tangent, const std::vector<double> &gap)
  {
    const SolidMotion motion = motion_of(step, mean, p);
    residual.assign(space.n_u + space.n_p, 0.0);
    if (tangent)
      system->zero();
    const TermSink sink = [&](unsigned number, const CellTerms &terms) {
      const auto &cell = space.cells[number];
      for (std::size_t i = 0; i < cell.u.size(); ++i)
        residual[cell.u[i]] += terms.r_u[i];
      for (std::size_t i = 0; i < cell.p.size(); ++i)
        residual[space.n_u + cell.p[i]] += terms.r_p[i];
      if (tangent)
        system->add(number, terms, gap);
    };
    const SolidBulk::Result found = bulk.assemble(motion, tangent, sink);
    double force2 = found.force2;
    Evaluation e;
    e.min_J = min(found.min_J, comm);
    if (e.min_J <= 0)
      {
        e.worst_cell = static_cast<unsigned>(max(found.min_J == e.min_J ? static_cast<double>(found.worst_cell) : 0.0, comm));
        return e;
      }
    force2 += surface.assemble(motion, tangent, sink);
    residual.push_back(force2);
    sum(residual, comm);
    const double scale = std::sqrt(residual.back());
    residual.pop_back();
    double momentum2 = 0, volume2 = 0;
    for (int i = 0; i < space.n_u; ++i)
      if (!fixed[i])
        momentum2 += residual[i] * residual[i];
    for (int i = 0; i < space.n_p; ++i)
      volume2 += residual[space.n_u + i] * residual[space.n_u + i];
    e.norm = std::sqrt(momentum2 + volume2);
    e.momentum = momentum2 > 0 ? std::sqrt(momentum2) / scale : 0.0;
    e.volume = std::sqrt(volume2) / volume_scale;
    e.valid = std::isfinite(e.norm);
    return e;
  }

  bool SolidSolver::Impl::newton(const Step &step, std::vector<double> &mean, std::vector<double> &p, const std::vector<double> &target,
                                 Counts &counts)
  {
    // The residual's norm is a bad judge: a slender or nearly incompressible solid that turns by Newton's full step is stretched a
    // little, which costs much force and is gone in the next iteration. What must shrink is the correction (Deuflhard 2011,
    // 10.1007/978-3-642-23899-4, ch. 3); where it grows, half of the step before is taken instead.
    constexpr double shortest = 1.0 / 64, growth = 2;
    std::vector<double> gap(space.n_u, 0.0);
    const auto measure_gap = [&] {
      bool any = false;
      for (const auto &condition : conditions)
        {
          gap[condition.dof] = target[condition.dof] - mean[condition.dof];
          any = any || std::abs(gap[condition.dof]) > 1e-14 * (1 + std::abs(target[condition.dof]));
        }
      return any;
    };
    bool moving = measure_gap(), settled = false;
    Evaluation e = evaluate(step, mean, p, false, gap);
    std::vector<double> mean0, p0, direction; // where the last step began, and where it went
    double length = 1;
    const auto go = [&] { // along the last direction, as far as no cell turns inside out
      for (; length >= shortest; length /= 2)
        {
          for (std::size_t i = 0; i < mean.size(); ++i)
            mean[i] = mean0[i] + length * direction[i];
          for (std::size_t i = 0; i < p.size(); ++i)
            p[i] = p0[i] + length * direction[mean.size() + i];
          e = evaluate(step, mean, p, false, gap);
          if (e.valid)
            {
              moving = measure_gap();
              return true;
            }
          reason = "cell " + std::to_string(e.worst_cell) + " would turn inside out";
        }
      return false;
    };
    const auto size_of_motion = [&](const std::vector<double> &change) {
      return std::sqrt(std::inner_product(change.begin(), change.begin() + space.n_u, change.begin(), 0.0));
    };
    double last_size = 0;
    reason.clear();
    for (unsigned iteration = 0; e.valid && (moving || !(good(e) || settled)); ++iteration)
      {
        if (iteration == settings.max_newton)
          {
            reason = "Newton's method took more than " + std::to_string(settings.max_newton) + " iterations";
            return false;
          }
        auto start = std::chrono::steady_clock::now();
        evaluate(step, mean, p, true, gap);
        counts.assembly_s += seconds_since(start);
        start = std::chrono::steady_clock::now();
        const SolidSystem::Solved solved = system->solve(residual, correction);
        counts.solve_s += seconds_since(start);
        counts.linear_iterations += solved.iterations;
        ++counts.newton_iterations;
        if (!solved.usable)
          {
            reason = "the tangent is singular";
            return false;
          }
        const double size = size_of_motion(correction);
        // With a stiff volume the forces' round-off may exceed the tolerance: nothing moves any more.
        settled = size <= 1e-11 * size_of_motion(mean) && e.momentum <= 1e-4;
        if (iteration > 0 && size > growth * last_size)
          {
            length /= 2; // go() itself measures what is left
            reason = "the corrections of Newton's method grow";
          }
        else
          {
            mean0 = mean;
            p0 = p;
            direction = correction;
            last_size = size;
            length = 1;
          }
        if (!go())
          return false;
        spdlog::debug("  newton {}: momentum {:.2e} volume {:.2e}, min J {:.3f}, correction {:.2e} mm, step {:.3f}, {} linear iterations",
                      iteration + 1, e.momentum, e.volume, e.min_J, size, length, solved.iterations);
      }
    if (!e.valid)
      {
        reason = "cell " + std::to_string(e.worst_cell) + " is turned inside out, or values are not finite";
        return false;
      }
    min_J = e.min_J;
    return true;
  }

  SolidSolver::SolidSolver(MPI_Comm comm, const SolidMesh &mesh, const SolidProblem &problem, const SolidSolverSettings &settings)
    : impl(std::make_unique<Impl>(comm, mesh, problem, settings))
  {
  }
  SolidSolver::~SolidSolver() = default;

  SolidSolver::Counts SolidSolver::solve_static(double t_end, const std::function<void(double t)> &observe)
  {
    Impl &s = *impl;
    Counts counts;
    const double t_start = s.t;
    double step = s.settings.first_load_step, reached = 0, before = 0;
    Impl::State old = s.now;
    while (reached < 1)
      {
        const double load = reached + step > 1 - 1e-9 ? 1 : reached + step;
        Impl::Step statics;
        statics.t_end = statics.t_loads = t_start + load * (t_end - t_start);
        const std::vector<double> target = s.prescribed(statics.t_end);
        std::vector<double> u = s.now.u, p = s.now.p;
        const bool extrapolated = reached > before;
        if (extrapolated)
          {
            const double ratio = (load - reached) / (reached - before);
            for (std::size_t i = 0; i < u.size(); ++i)
              u[i] += ratio * (s.now.u[i] - old.u[i]);
            for (std::size_t i = 0; i < p.size(); ++i)
              p[i] += ratio * (s.now.p[i] - old.p[i]);
          }
        const unsigned iterations_before = counts.newton_iterations;
        bool converged = s.newton(statics, u, p, target, counts);
        if (!converged && extrapolated)
          {
            u = s.now.u; // the straight line through the last two states may lead astray
            p = s.now.p;
            converged = s.newton(statics, u, p, target, counts);
          }
        if (converged)
          {
            old = s.now;
            s.now.u = std::move(u);
            s.now.p = std::move(p);
            before = reached;
            reached = load;
            s.t = statics.t_end;
            ++counts.steps;
            if (counts.newton_iterations - iterations_before <= 6)
              step *= 1.5;
            if (observe)
              observe(s.t);
            continue;
          }
        ++counts.cut_steps;
        step /= 2;
        if (step < s.settings.smallest_load_step)
          throw SolverError({"no equilibrium beyond " + six_digits(100 * reached) + " % of the load",
                             "static solve at t = " + six_digits(s.t), s.reason, "",
                             "lower the load, refine the mesh where the worst cell lies, or stiffen the law"});
      }
    std::fill(s.now.v.begin(), s.now.v.end(), 0.0);
    std::fill(s.now.a.begin(), s.now.a.end(), 0.0);
    return counts;
  }

  SolidSolver::Counts SolidSolver::advance(double dt)
  {
    Impl &s = *impl;
    Impl::Step step;
    step.dt = dt;
    step.inertia = s.problem.density > 0;
    step.method = step.inertia ? GeneralisedAlpha::of(s.problem.spectral_radius) : GeneralisedAlpha{0, 0, 1, 1};
    step.t_end = s.t + dt;
    const double alpha_f = step.method.alpha_f;
    step.t_loads = step.t_end - alpha_f * dt;
    std::vector<double> target = s.prescribed(step.t_end);
    for (std::size_t i = 0; i < target.size(); ++i)
      target[i] = (1 - alpha_f) * target[i] + alpha_f * s.now.u[i];
    std::vector<double> mean = s.now.u, p = s.now.p;
    for (std::size_t i = 0; i < mean.size(); ++i)
      mean[i] += (1 - alpha_f) * dt * (s.now.v[i] + 0.5 * dt * s.now.a[i]);
    Counts counts;
    bool converged = s.newton(step, mean, p, target, counts);
    if (!converged)
      {
        mean = s.now.u;
        p = s.now.p;
        converged = s.newton(step, mean, p, target, counts);
      }
    if (!converged)
      throw StepFailed("solid at t = " + six_digits(step.t_end) + " ms: " + s.reason);
    Impl::State end = s.now;
    s.end_of_step(step, mean, end);
    end.p = p;
    s.now = std::move(end);
    s.t = step.t_end;
    counts.steps = 1;
    return counts;
  }

  double SolidSolver::time() const
  {
    return impl->t;
  }
  double SolidSolver::min_J() const
  {
    return impl->min_J;
  }

  SolidSolver::Size SolidSolver::size() const
  {
    const auto cells = static_cast<long long>(impl->space.cells.size());
    return {cells, impl->space.n_u, impl->space.n_p, cells * static_cast<long long>(impl->space.volume.weights.size())};
  }

  double SolidSolver::volume(int boundary, const Point3 &along) const
  {
    return sum(impl->surface.volume(impl->now.u.data(), boundary, along), impl->comm);
  }

  std::vector<Point3> SolidSolver::displacement(const std::vector<Point3> &X) const
  {
    std::vector<Point3> values;
    for (const Point3 &x : X)
      values.push_back(solid_probe(impl->space, x).displacement(impl->now.u));
    return values;
  }

  std::vector<std::array<double, 9>> SolidSolver::deformation_gradient(const std::vector<Point3> &X) const
  {
    std::vector<std::array<double, 9>> values;
    for (const Point3 &x : X)
      {
        values.push_back(solid_probe(impl->space, x).gradient(impl->now.u));
        for (const unsigned i : {0, 4, 8})
          values.back()[i] += 1;
      }
    return values;
  }

  std::vector<std::array<double, 6>> SolidSolver::strain(const std::vector<Point3> &X) const
  {
    std::vector<std::array<double, 6>> values;
    const std::vector<std::array<double, 9>> gradients = deformation_gradient(X);
    for (std::size_t k = 0; k < X.size(); ++k)
      {
        Frame frame{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        if (impl->problem.fibres)
          frame = impl->problem.fibres(X[k]);
        const std::array<Point3, 3> axes{frame.fibre, frame.sheet, frame.normal};
        std::array<Point3, 3> now{}; // the axes, carried along
        for (unsigned A = 0; A < 3; ++A)
          for (unsigned i = 0; i < 3; ++i)
            for (unsigned j = 0; j < 3; ++j)
              now[A][i] += gradients[k][3 * i + j] * axes[A][j];
        const auto E = [&](unsigned A, unsigned B) {
          return 0.5 * (now[A][0] * now[B][0] + now[A][1] * now[B][1] + now[A][2] * now[B][2] - (A == B ? 1 : 0));
        };
        values.push_back({E(0, 0), E(1, 1), E(2, 2), E(0, 1), E(0, 2), E(1, 2)});
      }
    return values;
  }

  std::vector<double> SolidSolver::pressure(const std::vector<Point3> &X) const
  {
    std::vector<double> values;
    for (const Point3 &x : X)
      values.push_back(solid_probe(impl->space, x).pressure(impl->problem, impl->now.u, impl->now.p));
    return values;
  }

  double SolidSolver::displacement_error(const std::function<Point3(const Point3 &)> &exact) const
  {
    return integrated_error(impl->comm, impl->space, [&](const SolidProbe &at) {
      const Point3 u = at.displacement(impl->now.u), e = exact(at.X);
      return (u[0] - e[0]) * (u[0] - e[0]) + (u[1] - e[1]) * (u[1] - e[1]) + (u[2] - e[2]) * (u[2] - e[2]);
    });
  }

  double SolidSolver::gradient_error(const std::function<std::array<double, 9>(const Point3 &)> &exact) const
  {
    return integrated_error(impl->comm, impl->space, [&](const SolidProbe &at) {
      const std::array<double, 9> g = at.gradient(impl->now.u), e = exact(at.X);
      double sum = 0;
      for (unsigned i = 0; i < 9; ++i)
        sum += (g[i] - e[i]) * (g[i] - e[i]);
      return sum;
    });
  }

  double SolidSolver::pressure_error(const std::function<double(const Point3 &)> &exact) const
  {
    return integrated_error(impl->comm, impl->space, [&](const SolidProbe &at) {
      const double difference = at.pressure(impl->problem, impl->now.u, impl->now.p) - exact(at.X);
      return difference * difference;
    });
  }
}
