#include "mechanics/time/inertia.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    /// Of the consistent mass matrix of a linear tetrahedron: integral of N_a N_b over its volume.
    constexpr double share(bool same)
    {
      return same ? 0.1 : 0.05;
    }
  }

  void declare_time(Schema &mechanics)
  {
    Schema time = mechanics.section("time", "how the wall moves from step to step");
    time.choice("scheme", "quasi_static", {"quasi_static", "generalised_alpha"},
                "quasi_static: through equilibria, without mass; generalised_alpha: with inertia (Chung and Hulbert 1993, "
                "10.1115/1.2900803)");
    time.quantity("density", "1 g/mL", 1e-6, 1e3, "of the wall at rest; for generalised_alpha",
                  "Arostica et al. 2025, 10.1016/j.cma.2024.117485");
    time.quantity("spectral_radius", "0.5", 0, 1,
                  "factor per step on the highest frequencies; 1: nothing is damped; for generalised_alpha");
  }

  TimeSettings read_time(const Parameters &mechanics)
  {
    const Parameters time = mechanics.section("time");
    return {time.text("scheme") == "generalised_alpha", time.quantity("density"), time.quantity("spectral_radius")};
  }

  Inertia::Inertia(const Anatomy &anatomy, const Space &space, const BlockMatrix &matrix, const TimeSettings &settings)
    : layout(matrix.layout()), method(GeneralisedAlpha::of(settings.spectral_radius))
  {
    for (const unsigned number : space.cells)
      {
        Cell &cell = cells.emplace_back();
        cell.mass = settings.density * signed_volume(anatomy.points, anatomy.cells[number]);
        for (unsigned a = 0; a < 4; ++a)
          cell.nodes[a] = static_cast<unsigned>(layout.local_of(space.number[anatomy.cells[number][a]]));
        for (unsigned a = 0; a < 4; ++a)
          for (unsigned b = 0; b < 4; ++b)
            cell.positions[a][b] = static_cast<unsigned>(matrix.position(cell.nodes[a], cell.nodes[b]));
      }
    still_point.assign(4 * layout.local(), 0.0);
    velocity = acceleration = force = velocity_trial = force_trial = mean_acceleration = inertial = still_point;
  }

  Wall::Motion Inertia::motion(const std::vector<double> &u, const std::vector<double> &x, double dt)
  {
    const double time = damping_time(dt);
    for (std::size_t i = 0; i < x.size(); ++i)
      {
        if (i % 4 == 3) // a pressure
          continue;
        velocity_trial[i] = method.velocity(x[i] - u[i], velocity[i], acceleration[i], dt);
        still_point[i] = x[i] - time * velocity_trial[i];
      }
    return {velocity_trial.data(), time};
  }

  void Inertia::add(const std::vector<double> &u, const std::vector<double> &x, double dt, std::vector<double> &residual)
  {
    const double m = method.alpha_m, f = method.alpha_f;
    for (std::size_t i = 0; i < x.size(); ++i)
      mean_acceleration[i] = m * acceleration[i] + (1 - m) * method.acceleration(x[i] - u[i], velocity[i], acceleration[i], dt);
    std::fill(inertial.begin(), inertial.end(), 0.0);
    for (const Cell &cell : cells)
      for (unsigned i = 0; i < 3; ++i)
        for (unsigned a = 0; a < 4; ++a)
          {
            double sum = 0;
            for (unsigned b = 0; b < 4; ++b)
              sum += share(a == b) * mean_acceleration[4 * std::size_t{cell.nodes[b]} + i];
            inertial[4 * std::size_t{cell.nodes[a]} + i] += cell.mass * sum;
          }
    layout.add(inertial.data(), 4);
    for (std::size_t i = 0; i < 4 * layout.owned(); ++i)
      {
        if (i % 4 == 3) // the volume's equation holds at the end of the step
          continue;
        force_trial[i] = residual[i];
        residual[i] += (inertial[i] + f * force[i]) / (1 - f);
      }
  }

  void Inertia::add_tangent(double dt, BlockMatrix &matrix) const
  {
    const double factor = (1 - method.alpha_m) / ((1 - method.alpha_f) * method.beta * dt * dt);
    for (const Cell &cell : cells)
      for (unsigned a = 0; a < 4; ++a)
        for (unsigned b = 0; b < 4; ++b)
          {
            double *const block = matrix.block(cell.positions[a][b]);
            for (unsigned i = 0; i < 3; ++i)
              block[5 * i] += factor * cell.mass * share(a == b);
          }
  }

  void Inertia::commit(const std::vector<double> &u, const std::vector<double> &x, double dt)
  {
    for (std::size_t i = 0; i < x.size(); ++i)
      {
        if (i % 4 == 3)
          continue;
        const double moved = x[i] - u[i], v = velocity[i], a = acceleration[i];
        velocity[i] = method.velocity(moved, v, a, dt);
        acceleration[i] = method.acceleration(moved, v, a, dt);
      }
    force = force_trial;
  }

  void Inertia::rest()
  {
    for (auto *const values : {&velocity, &acceleration, &force, &force_trial})
      std::fill(values->begin(), values->end(), 0.0);
  }
}
