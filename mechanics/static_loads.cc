// Static loads, and how a heart comes to rest under them.
#include "core/error.h"
#include "core/mpi.h"
#include "core/numbers.h"
#include "mechanics/implementation.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
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
          throw SolverError({"the heart cannot be inflated beyond " + six_digits(100 * reached) + " % of its pressures", "static inflation",
                             newton.reason, "",
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
    std::string reason = "the wall still moves after " + six_digits(give_up) + " ms";
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
      throw SolverError({what, "filling, after " + six_digits(t) + " ms", reason, "",
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
}
