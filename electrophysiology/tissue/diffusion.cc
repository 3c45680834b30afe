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

  /// Weights and Jacobi preconditioner of M + theta dt K.
  void Diffusion::prepare(double dt)
  {
    const auto combine = [&](const std::vector<float> &mass, const std::vector<float> &stiffness) {
      std::vector<float> sum(mass.size());
      for (std::size_t k = 0; k < sum.size(); ++k)
        sum[k] = static_cast<float>((1 - options.lumping) * mass[k] + options.theta * dt * stiffness[k]);
      return sum;
    };
    system.owned = combine(matrices.mass.owned, matrices.stiffness.owned);
    system.ghost = combine(matrices.mass.ghost, matrices.stiffness.ghost);
    AlignedVector diagonal = matrices.lumped_mass;
    for_each_entry(matrices.pattern, [&](unsigned row, unsigned, std::size_t place, bool ghost) {
      diagonal[row] -= (ghost ? system.ghost : system.owned)[place];
    });
    for (std::size_t i = 0; i < n_owned; ++i)
      inverse_diagonal[i] = 1 / diagonal[i];
    prepared_for = dt;
  }

  /// rhs = -dt K V; d = extrapolated increment; r = rhs - A d; u = r / diagonal.
  void Diffusion::first_residual(double dt, double *V)
  {
    multiply(matrices.pattern, matrices.stiffness, nullptr, halo, V, rhs.data());
    const double a = past.length == 0 ? 0.0 : past.length == 1 ? dt : 2 * dt, b = past.length < 2 ? 0.0 : -dt;
    for (std::size_t i = 0; i < n_owned; ++i)
      {
        rhs[i] *= -dt;
        d[i] = a * past.last[i] + b * past.before_last[i];
      }
    if (past.length > 0)
      multiply(matrices.pattern, system, matrices.lumped_mass.data(), halo, d.data(), r.data());
    else
      std::fill(r.begin(), r.end(), 0.0);
    for (std::size_t i = 0; i < n_owned; ++i)
      {
        r[i] = rhs[i] - r[i];
        u[i] = inverse_diagonal[i] * r[i];
      }
  }

  unsigned Diffusion::step(double dt, double *V)
  {
    // A step cut from the run's clock carries its rounding; the matrix must not.
    if (const double rounded = 1e-12 * std::round(1e12 * dt); rounded != prepared_for)
      prepare(rounded);
    first_residual(dt, V);

    constexpr double floor = 1e-9; // mV: residuals below this mean nothing
    double limit = 0, gamma = 0, alpha = 0;
    unsigned iteration = 0;
    for (;; ++iteration)
      {
        multiply(matrices.pattern, system, matrices.lumped_mass.data(), halo, u.data(), w.data());
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
