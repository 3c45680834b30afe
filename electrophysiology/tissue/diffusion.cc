#include "electrophysiology/tissue/diffusion.h"

#include "core/error.h"
#include "core/mpi.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace vivicor
{
  Diffusion::Diffusion(MPI_Comm comm, const RefinedMesh &mesh, Halo &halo, const Matrices &matrices,
                       const DiffusionOptions &options)
    : comm(comm), halo(halo), matrices(matrices), options(options), n_owned(mesh.n_owned)
  {
    for (AlignedVector *vector : {&inverse_diagonal, &r, &w, &p, &s, &rhs, &past.last, &past.before_last})
      vector->assign(n_owned, 0.0);
    for (AlignedVector *vector : {&d, &u})
      vector->assign(mesh.n_local(), 0.0);
    for (std::size_t i = 0; i < n_owned; ++i)
      volume += mesh.is_real(i) ? matrices.lumped_mass[i] : 0.0;
    volume = sum(volume, comm);
  }

  /// Weights and Jacobi preconditioner of  mass_factor M + theta dt K.
  void Diffusion::prepare(double dt, double mass_factor)
  {
    const double of_mass = mass_factor * (1 - options.lumping), of_stiffness = (options.bdf2 ? 1.0 : options.theta) * dt;
    const auto combine = [&](const std::vector<float> &mass, const std::vector<float> &stiffness) {
      std::vector<float> sum(mass.size());
      for (std::size_t k = 0; k < sum.size(); ++k)
        sum[k] = static_cast<float>(of_mass * mass[k] + of_stiffness * stiffness[k]);
      return sum;
    };
    system_mass.clear();
    if (mass_factor != 1)
      for (const double m : matrices.lumped_mass)
        system_mass.push_back(mass_factor * m);
    system.owned = combine(matrices.mass.owned, matrices.stiffness.owned);
    system.ghost = combine(matrices.mass.ghost, matrices.stiffness.ghost);
    AlignedVector diagonal = system_mass.empty() ? matrices.lumped_mass : system_mass;
    for_each_entry(matrices.pattern, [&](unsigned row, unsigned, std::size_t place, bool ghost) {
      diagonal[row] -= (ghost ? system.ghost : system.owned)[place];
    });
    for (std::size_t i = 0; i < n_owned; ++i)
      inverse_diagonal[i] = 1 / diagonal[i];
    prepared_for = dt;
    prepared_factor = mass_factor;
  }

  void Diffusion::apply_mass(double *x, double *y)
  {
    if (options.lumping == 1)
      {
        for (std::size_t i = 0; i < n_owned; ++i)
          y[i] = matrices.lumped_mass[i] * x[i];
        return;
      }
    multiply(matrices.pattern, matrices.mass, nullptr, halo, x, y);
    for (std::size_t i = 0; i < n_owned; ++i)
      y[i] = matrices.lumped_mass[i] * x[i] + (1 - options.lumping) * y[i];
  }

  /// rhs = dt (load - K V) + before_factor M d_before; d = extrapolated increment; r = rhs - A d; u = r / diagonal.
  void Diffusion::first_residual(double dt, double *V, const double *load, double before_factor)
  {
    const double *diagonal = system_mass.empty() ? matrices.lumped_mass.data() : system_mass.data();
    multiply(matrices.pattern, matrices.stiffness, nullptr, halo, V, rhs.data());
    if (load)
      for (std::size_t i = 0; i < n_owned; ++i)
        rhs[i] -= load[i];
    if (before_factor != 0)
      {
        std::copy(past.last.begin(), past.last.end(), d.begin());
        apply_mass(d.data(), r.data());
        for (std::size_t i = 0; i < n_owned; ++i)
          rhs[i] -= before_factor * r[i];
      }
    const double a = past.length == 0 ? 0.0 : past.length == 1 ? dt : 2 * dt, b = past.length < 2 ? 0.0 : -dt;
    for (std::size_t i = 0; i < n_owned; ++i)
      {
        rhs[i] *= -dt;
        d[i] = a * past.last[i] + b * past.before_last[i];
      }
    if (past.length > 0)
      multiply(matrices.pattern, system, diagonal, halo, d.data(), r.data());
    else
      std::fill(r.begin(), r.end(), 0.0);
    for (std::size_t i = 0; i < n_owned; ++i)
      {
        r[i] = rhs[i] - r[i];
        u[i] = inverse_diagonal[i] * r[i];
      }
  }

  unsigned Diffusion::step(double dt, double *V, const double *load)
  {
    // A step cut from the run's clock carries its rounding; the matrix must not.
    const bool two_steps = options.bdf2 && past.length > 0;
    const double rounded = 1e-12 * std::round(1e12 * dt), mass_factor = two_steps ? 1.5 : 1.0;
    if (rounded != prepared_for || mass_factor != prepared_factor)
      prepare(rounded, mass_factor);
    first_residual(dt, V, load, two_steps ? 0.5 : 0.0);
    const double *diagonal = system_mass.empty() ? matrices.lumped_mass.data() : system_mass.data();

    constexpr double floor = 1e-9; // mV: residuals below this mean nothing
    double limit = 0, gamma = 0, alpha = 0;
    unsigned iteration = 0;
    for (;; ++iteration)
      {
        multiply(matrices.pattern, system, diagonal, halo, u.data(), w.data());
        std::array<double, 3> dots{0, 0, 0}; // (r,u), (w,u), and at first the norm of the right-hand side
        for (std::size_t i = 0; i < n_owned; ++i)
          {
            dots[0] += r[i] * u[i];
            dots[1] += w[i] * u[i];
          }
        if (iteration == 0)
          for (std::size_t i = 0; i < n_owned; ++i)
            dots[2] += rhs[i] * rhs[i] * inverse_diagonal[i];
        MPI_Allreduce(MPI_IN_PLACE, dots.data(), iteration == 0 ? 3 : 2, MPI_DOUBLE, MPI_SUM, comm);
        if (!std::isfinite(dots[0] + dots[1] + dots[2]))
          throw StepFailed("the transmembrane potential is not finite");
        if (iteration == 0)
          limit = options.tolerance * options.tolerance * dots[2] + floor * floor * volume;
        if (dots[0] <= limit)
          break;
        if (iteration == options.max_iterations)
          throw StepFailed("the diffusion solver did not converge in " + std::to_string(iteration) + " iterations");
        const double beta = iteration == 0 ? 0.0 : dots[0] / gamma;
        alpha = dots[0] / (dots[1] - (iteration == 0 ? 0.0 : beta * dots[0] / alpha));
        gamma = dots[0];
        for (std::size_t i = 0; i < n_owned; ++i)
          {
            p[i] = u[i] + beta * p[i];
            s[i] = w[i] + beta * s[i];
            d[i] += alpha * p[i];
            r[i] -= alpha * s[i];
            u[i] = inverse_diagonal[i] * r[i];
          }
      }

    std::swap(past.last, past.before_last);
    for (std::size_t i = 0; i < n_owned; ++i)
      {
        past.last[i] = d[i] / dt;
        V[i] += d[i];
      }
    past.length = std::min(past.length + 1, 2u);
    return iteration;
  }
}
