#include "electrophysiology/tissue/diffusion.h"

#include "core/error.h"
#include "core/mpi.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace vivicor
{
  namespace
  {
    /// Sum of term(i) in lanes of their own, so that the compiler may keep them in a vector; rows come in multiples of the width.
    template <class Term>
    double sum_over(std::size_t n, const Term &term)
    {
      constexpr auto width = Pattern::width;
      std::array<double, width> lanes{};
      for (std::size_t i = 0; i < n; i += width)
        for (std::size_t l = 0; l < width; ++l)
          lanes[l] += term(i + l);
      return std::accumulate(lanes.begin(), lanes.end(), 0.0);
    }
  }

  Diffusion::Diffusion(MPI_Comm comm, const RefinedMesh &mesh, Halo &halo, const Matrices &matrices, const DiffusionOptions &options)
    : comm(comm), halo(halo), matrices(matrices), options(options), n_owned(mesh.n_owned)
  {
    for (AlignedVector *vector : {&inverse_diagonal, &d, &r, &w, &p, &s, &past.last, &past.before_last})
      vector->assign(n_owned, 0.0);
    for (AlignedVector *vector : {&m, &u})
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

  /// d = extrapolated increment; r = dt (load - K (V + theta d)) - M m with m = d, or 3/2 d - 1/2 d_before for BDF2; u = r / diagonal.
  /// With lumped mass that is one product. @return this rank's parts of (r, u) and of the squared norm of M m, which r is small against
  std::array<double, 2> Diffusion::first_residual(double dt, const double *V, const double *load, double before_factor)
  {
    const double a = past.length == 0 ? 0.0 : past.length == 1 ? dt : 2 * dt, b = past.length < 2 ? 0.0 : -dt;
    const double theta = options.bdf2 ? 1.0 : options.theta;
    for (std::size_t i = 0; i < n_owned; ++i)
      {
        d[i] = a * past.last[i] + b * past.before_last[i];
        m[i] = prepared_factor * d[i] - before_factor * past.last[i] * dt;
        u[i] = V[i] + theta * d[i];
      }
    multiply(matrices.pattern, matrices.stiffness, nullptr, halo, u.data(), w.data());
    apply_mass(m.data(), r.data());
    const double scale = sum_over(n_owned, [&](std::size_t i) { return r[i] * r[i] * inverse_diagonal[i]; });
    const double residual = sum_over(n_owned, [&](std::size_t i) {
      r[i] = dt * ((load ? load[i] : 0.0) - w[i]) - r[i];
      u[i] = inverse_diagonal[i] * r[i];
      return r[i] * u[i];
    });
    return {residual, scale};
  }

  unsigned Diffusion::step(double dt, double *V, const double *load)
  {
    // A step cut from the run's clock carries its rounding; the matrix must not.
    const bool two_steps = options.bdf2 && past.length > 0;
    const double rounded = 1e-12 * std::round(1e12 * dt), mass_factor = two_steps ? 1.5 : 1.0;
    if (rounded != prepared_for || mass_factor != prepared_factor)
      prepare(rounded, mass_factor);
    const double *diagonal = system_mass.empty() ? matrices.lumped_mass.data() : system_mass.data();
    const auto curvature = [&] { // (A u, u) of this rank
      multiply(matrices.pattern, system, diagonal, halo, u.data(), w.data());
      return sum_over(n_owned, [&](std::size_t i) { return w[i] * u[i]; });
    };

    constexpr double floor = 1e-9; // mV: residuals below this mean nothing
    const auto [residual, scale] = first_residual(dt, V, load, two_steps ? 0.5 : 0.0);
    std::array<double, 3> dots{residual, 0, scale}; // (r, u), (A u, u) and, at first, the norm that r is measured against
    double limit = 0, gamma = 0, alpha = 0;
    unsigned iteration = 0;
    for (;; ++iteration)
      {
        // Both sums in one reduction, except where the end is expected: there a reduction of its own saves a product.
        const bool end_expected = iteration >= expected_iterations;
        if (!end_expected)
          dots[1] = curvature();
        MPI_Allreduce(MPI_IN_PLACE, dots.data(), iteration == 0 ? 3 : 2, MPI_DOUBLE, MPI_SUM, comm);
        if (!std::isfinite(dots[0] + dots[1] + dots[2]))
          throw StepFailed("the transmembrane potential is not finite");
        if (iteration == 0)
          limit = options.tolerance * options.tolerance * (past.length > 0 ? dots[2] : dots[0]) + floor * floor * volume;
        if (dots[0] <= limit)
          break;
        if (iteration == options.max_iterations)
          throw StepFailed("the diffusion solver did not converge in " + std::to_string(iteration) + " iterations");
        if (end_expected)
          dots[1] = sum(curvature(), comm);
        const double beta = iteration == 0 ? 0.0 : dots[0] / gamma;
        alpha = dots[0] / (dots[1] - (iteration == 0 ? 0.0 : beta * dots[0] / alpha));
        gamma = dots[0];
        dots = {0, 0, 0};
        dots[0] = sum_over(n_owned, [&](std::size_t i) {
          p[i] = u[i] + beta * p[i];
          s[i] = w[i] + beta * s[i];
          d[i] += alpha * p[i];
          r[i] -= alpha * s[i];
          u[i] = inverse_diagonal[i] * r[i];
          return r[i] * u[i];
        });
      }
    expected_iterations = iteration;

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
