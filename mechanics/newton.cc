// Residual of the mixed form, for all test functions v (zero where nothing is prescribed: all supports are springs) and q:
//
//   int S(E) : dE[v] + p J F^-T : grad v  -  sum_k P_k dV_k[v]  +  Robin terms = 0
//   int q (J - 1) - q p / kappa - tau/mu (q - mean q)(p - mean p)             = 0
//
// with S = S_passive + T/lambda f0 x f0 + eta dE/dt + the cells' barrier against collapse, and, where the cavities are filled by a
// circulation, V_k(u) = volume_k(P). Linear displacement and pressure; the last term of the second line, with cell averages "mean", makes
// equal orders stable: Dohrmann and Bochev 2004, 10.1002/fld.752; for the heart Karabelas et al. 2022, 10.1016/j.cma.2022.114887. By
// default the motion passes through equilibria; time/inertia.h adds mass.
#include "mechanics/implementation.h"

#include "core/error.h"
#include "core/log.h"
#include "core/mpi.h"
#include "core/numbers.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
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
    pushed.add_forces(x.data(), push, residual.data());
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
        pushed.add_tangent(x.data(), push, matrix);
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
      try
        {
          response = (*problem.law)(P);
          for (std::size_t k = 0; k < m; ++k)
            {
              residual[local + k] = e.cavity_volume[k] - response.volume[k];
              norm2 += residual[local + k] * residual[local + k];
              e.cavity = std::max(e.cavity, std::abs(residual[local + k]));
            }
        }
      catch (const StepFailed &failure) // of all ranks: pressures too far from the last good ones, as a rule
        {
          e.valid = false;
          e.reason = failure.what();
        }
    e.norm = std::sqrt(norm2);
    e.valid = e.valid && std::isfinite(e.norm);
    if (!e.valid && e.reason.empty())
      e.reason = "a cell is turned inside out, or values are not finite";
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
        if (!tried.valid)
          e.reason = tried.reason;
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
                  result.reason = "the linear solver reduced the residual only to " + six_digits(left) + " of it in "
                                  + std::to_string(solved.iterations) + " iterations";
                  return result;
                }
            }
        }
        ++result.iterations;
        if (!line_search(problem, x, P, e))
          {
            result.reason = "no step along Newton's direction lowers the residual" + (e.reason.empty() ? "" : "; at the last: " + e.reason);
            return result;
          }
        spdlog::debug("  newton {}: momentum {:.2e} volume {:.2e} cavity {:.2e} mm^3, {} linear iterations", result.iterations, e.momentum,
                      e.volume, e.cavity, result.linear_iterations);
      }
    result.converged = e.valid && good(e);
    result.volume = e.cavity_volume;
    if (!e.valid)
      result.reason = e.reason;
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
}
