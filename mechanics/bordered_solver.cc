#include "mechanics/bordered_solver.h"

#include "core/mpi.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr double column_tolerance = 3e-2; // Y only preconditions
    constexpr unsigned restart = 150;

    /// Solves the small dense system in place; false where it is singular.
    bool solve_dense(std::vector<std::vector<double>> a, std::vector<double> &b)
    {
      const std::size_t n = b.size();
      for (std::size_t k = 0; k < n; ++k)
        {
          std::size_t pivot = k;
          for (std::size_t i = k + 1; i < n; ++i)
            if (std::abs(a[i][k]) > std::abs(a[pivot][k]))
              pivot = i;
          if (!(std::abs(a[pivot][k]) > 0))
            return false;
          std::swap(a[k], a[pivot]);
          std::swap(b[k], b[pivot]);
          for (std::size_t i = k + 1; i < n; ++i)
            {
              const double factor = a[i][k] / a[k][k];
              for (std::size_t j = k; j < n; ++j)
                a[i][j] -= factor * a[k][j];
              b[i] -= factor * b[k];
            }
        }
      for (std::size_t k = n; k-- > 0;)
        {
          for (std::size_t j = k + 1; j < n; ++j)
            b[k] -= a[k][j] * b[j];
          b[k] /= a[k][k];
        }
      return true;
    }

    /// G_k^T x for all k, with one reduction.
    std::vector<double> dots(const VectorShape &shape, const BorderedSolver::Columns &G, const double *x)
    {
      std::vector<double> result(G.size(), 0.0);
      for (std::size_t k = 0; k < G.size(); ++k)
        for (std::size_t i = 0; i < shape.owned; ++i)
          result[k] += G[k][i] * x[i];
      if (!result.empty())
        sum(result, shape.comm);
      return result;
    }
  }

  BorderedSolver::BorderedSolver(const BlockMatrix &matrix, const LinearSettings &linear_settings)
    : settings(linear_settings), ilu(matrix, linear_settings.fill)
  {}

  void BorderedSolver::refresh(const BlockMatrix &K, const Columns &G)
  {
    ilu.factor(K);
    const Layout &layout = K.layout();
    const VectorShape shape{layout.comm(), 4 * layout.owned(), 4 * layout.local(), 0};
    const LinearMap A = [&](double *x, double *y) { K.vmult(x, y); };
    const LinearMap M = [&](double *x, double *y) { ilu.apply(x, y); };
    if (Y.size() != G.size())
      Y.assign(G.size(), std::vector<double>(shape.size(), 0.0));
    for (std::size_t k = 0; k < G.size(); ++k)
      {
        const double length = std::sqrt(dot(shape, G[k].data(), G[k].data()));
        const KrylovResult result = gmres(shape, A, M, G[k], Y[k], column_tolerance * length, settings.max_iterations, restart);
        if (!std::isfinite(result.residual))
          std::fill(Y[k].begin(), Y[k].end(), 0.0);
      }
    fresh = true;
  }

  KrylovResult BorderedSolver::solve(const BlockMatrix &K, const Columns &G, const std::vector<std::vector<double>> &C,
                                     const std::vector<double> &right_side, std::vector<double> &solution, double tolerance)
  {
    const Layout &layout = K.layout();
    const std::size_t m = G.size();
    const VectorShape shape{layout.comm(), 4 * layout.owned(), 4 * layout.local(), m};
    if (!fresh || Y.size() != m)
      refresh(K, G);

    const LinearMap A = [&](double *x, double *y) {
      K.vmult(x, y);
      const double *const p = x + shape.local;
      for (std::size_t k = 0; k < m; ++k)
        for (std::size_t i = 0; i < shape.owned; ++i)
          y[i] -= G[k][i] * p[k];
      const std::vector<double> volume = dots(shape, G, x);
      for (std::size_t k = 0; k < m; ++k)
        {
          y[shape.local + k] = volume[k];
          for (std::size_t l = 0; l < m; ++l)
            y[shape.local + k] -= C[k][l] * p[l];
        }
    };
    std::vector<std::vector<double>> schur(m);
    const auto make_schur = [&]() {
      for (std::size_t l = 0; l < m; ++l)
        {
          const std::vector<double> column = dots(shape, G, Y[l].data());
          for (std::size_t k = 0; k < m; ++k)
            {
              schur[k].resize(m);
              schur[k][l] = column[k] - C[k][l];
            }
        }
    };
    const LinearMap M = [&](double *r, double *z) {
      ilu.apply(r, z);
      if (m == 0)
        return;
      std::vector<double> p = dots(shape, G, z);
      for (std::size_t k = 0; k < m; ++k)
        p[k] = r[shape.local + k] - p[k];
      if (!solve_dense(schur, p))
        std::fill(p.begin(), p.end(), 0.0);
      for (std::size_t k = 0; k < m; ++k)
        {
          z[shape.local + k] = p[k];
          for (std::size_t i = 0; i < shape.owned; ++i)
            z[i] += Y[k][i] * p[k];
        }
    };

    make_schur();
    solution.assign(shape.size(), 0.0);
    const bool was_new = good_iterations == 0;
    KrylovResult result = gmres(shape, A, M, right_side, solution, tolerance, settings.max_iterations, restart);
    if (!result.converged && !was_new)
      {
        const unsigned wasted = result.iterations;
        refresh(K, G);
        make_schur();
        solution.assign(shape.size(), 0.0);
        result = gmres(shape, A, M, right_side, solution, tolerance, settings.max_iterations, restart);
        good_iterations = result.iterations;
        result.iterations += wasted;
        return result;
      }
    if (was_new)
      good_iterations = std::max(result.iterations, 1u);
    else if (2 * result.iterations > 3 * good_iterations + 10)
      {
        fresh = false;
        good_iterations = 0;
      }
    return result;
  }
}
