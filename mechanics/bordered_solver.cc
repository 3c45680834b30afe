#include "mechanics/bordered_solver.h"

#include "core/mpi.h"
#include "core/ode/dense_solver.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace vivicor
{
  namespace
  {
    constexpr double column_tolerance = 3e-2; // Y only preconditions
    constexpr unsigned restart = 150;
    // The pressure's diagonal is small and of the other sign than the displacements'. Made larger, the factors of a nearly
    // incompressible wall stay bounded (factors 1.3 to 2 took about a quarter of the solve time on the ventricle of Land 2015).
    constexpr double pressure_shift = 1.5;
    // One layer brings two ranks from 38 iterations to the 25 of one rank on the ventricle of Land 2015; a second saves half of one more.
    constexpr unsigned overlap = 1;
    constexpr double nodes_a_group = 40, most_groups = 4000; // the coarse system is factored by every rank

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
    : settings(linear_settings), ilu(matrix, linear_settings.fill, overlap)
  {
    const double blocks = sum(static_cast<double>(matrix.layout().owned()), matrix.layout().comm());
    const unsigned groups = settings.coarse_groups < 0 ? static_cast<unsigned>(std::clamp(blocks / nodes_a_group, 1.0, most_groups))
                                                       : static_cast<unsigned>(settings.coarse_groups);
    if (groups > 0)
      coarse = std::make_unique<CoarseSpace>(matrix, groups);
    for (auto *const vector : {&coarse_part, &image, &remainder})
      vector->resize(4 * matrix.layout().local());
  }

  void BorderedSolver::precondition(const BlockMatrix &K, const double *r, double *z)
  {
    if (!coarse)
      return ilu.apply(r, z);
    const std::size_t n = 4 * K.layout().owned();
    coarse->apply(r, coarse_part.data());
    K.vmult(coarse_part.data(), image.data());
    for (std::size_t i = 0; i < n; ++i)
      remainder[i] = r[i] - image[i];
    ilu.apply(remainder.data(), z);
    for (std::size_t i = 0; i < n; ++i)
      z[i] += coarse_part[i];
  }

  void BorderedSolver::refresh(const BlockMatrix &K, const Positions &position, const Columns &G)
  {
    ilu.factor(K, pressure_shift);
    if (coarse)
      coarse->factor(K, position);
    factored_at = position;
    factored.assign(K.block(0), K.block(0) + 16 * K.row_start[K.layout().owned()]);
    const Layout &layout = K.layout();
    const VectorShape shape{layout.comm(), 4 * layout.owned(), 4 * layout.local(), 0};
    const LinearMap A = [&](double *x, double *y) { K.vmult(x, y); };
    const LinearMap M = [&](double *x, double *y) { precondition(K, x, y); };
    if (Y.size() != G.size())
      Y.assign(G.size(), std::vector<double>(shape.size(), 0.0));
    for (std::size_t k = 0; k < G.size(); ++k)
      {
        const double length = std::sqrt(dot(shape, G[k].data(), G[k].data()));
        const KrylovResult result = gmres(shape, A, M, G[k], Y[k], column_tolerance * length, settings.max_iterations, restart);
        if (!std::isfinite(result.residual))
          std::fill(Y[k].begin(), Y[k].end(), 0.0);
      }
  }

  KrylovResult BorderedSolver::solve(const BlockMatrix &K, const Positions &position, const Columns &G,
                                     const std::vector<std::vector<double>> &C, const std::vector<double> &right_side,
                                     std::vector<double> &solution, double tolerance)
  {
    const Layout &layout = K.layout();
    const std::size_t m = G.size();
    const VectorShape shape{layout.comm(), 4 * layout.owned(), 4 * layout.local(), m};
    if (Y.size() != m || good_iterations == 0)
      {
        refresh(K, position, G);
        good_iterations = 0;
      }

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
    std::optional<DenseFactors> schur; // nothing where it is singular
    const auto make_schur = [&]() {
      DenseMatrix complement(m);
      for (std::size_t l = 0; l < m; ++l)
        {
          const std::vector<double> column = dots(shape, G, Y[l].data());
          for (std::size_t k = 0; k < m; ++k)
            complement(k, l) = column[k] - C[k][l];
        }
      schur = DenseFactors::of(std::move(complement));
    };
    const LinearMap M = [&](double *r, double *z) {
      precondition(K, r, z);
      if (m == 0)
        return;
      std::vector<double> p = dots(shape, G, z);
      for (std::size_t k = 0; k < m; ++k)
        p[k] = r[shape.local + k] - p[k];
      p = schur ? schur->solve(std::move(p)) : std::vector<double>(m, 0.0);
      for (std::size_t k = 0; k < m; ++k)
        {
          z[shape.local + k] = p[k];
          for (std::size_t i = 0; i < shape.owned; ++i)
            z[i] += Y[k][i] * p[k];
        }
    };

    make_schur();
    solution.assign(shape.size(), 0.0);
    // An old factorisation may take half as many iterations again as a new one; then a new one goes on from there.
    const double start = std::sqrt(dot(shape, right_side.data(), right_side.data()));
    unsigned spent = 0;
    double left = start;
    if (good_iterations > 0)
      {
        const unsigned patience = std::min(good_iterations + good_iterations / 2 + 10, settings.max_iterations);
        const KrylovResult tried = gmres(shape, A, M, right_side, solution, tolerance, patience, restart);
        if (tried.converged)
          return tried;
        spent = tried.iterations;
        left = std::min(tried.residual, start);
        if (!std::isfinite(tried.residual))
          {
            left = start;
            solution.assign(shape.size(), 0.0);
          }
        refresh(K, position, G);
        make_schur();
      }
    KrylovResult result = gmres(shape, A, M, right_side, solution, tolerance, settings.max_iterations, restart);
    // What the whole way would have taken with the new factorisation.
    const double share = left > tolerance ? std::log(left / tolerance) / std::log(start / tolerance) : 1.0;
    good_iterations = result.converged ? std::max(1u, static_cast<unsigned>(result.iterations / std::max(share, 0.1))) : 0;
    result.iterations += spent;
    return result;
  }

  void BorderedSolver::archive(Archive &archive, BlockMatrix &K)
  {
    const std::string part = "mechanics/solver/";
    const std::size_t entries = 16 * K.row_start[K.layout().owned()];
    std::vector<double> columns, kept = factored;
    for (const auto &x : factored_at)
      kept.insert(kept.end(), x.begin(), x.end());
    for (const auto &column : Y)
      columns.insert(columns.end(), column.begin(), column.end());
    std::size_t n_columns = Y.size();
    archive_number(archive, part + "good_iterations", good_iterations);
    archive_number(archive, part + "columns", n_columns);
    const bool known = archive.by_rank(part + "matrix", kept) && archive.by_rank(part + "column_values", columns);
    if (!archive.loading())
      return;
    Y.clear();
    // Earlier versions did not keep the positions.
    if (any(!known || kept.size() != entries + 3 * K.layout().local(), K.layout().comm()))
      good_iterations = 0;
    if (good_iterations == 0)
      return;
    factored.assign(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(entries));
    factored_at.resize(K.layout().local());
    for (std::size_t i = 0; i < factored_at.size(); ++i)
      std::copy_n(kept.begin() + static_cast<std::ptrdiff_t>(entries + 3 * i), 3, factored_at[i].begin());
    std::copy(factored.begin(), factored.end(), K.block(0));
    ilu.factor(K, pressure_shift);
    if (coarse)
      coarse->factor(K, factored_at);
    for (std::size_t k = 0; k < n_columns; ++k)
      {
        const auto at = [&](std::size_t column) {
          return columns.begin() + static_cast<std::ptrdiff_t>(columns.size() / n_columns * column);
        };
        Y.emplace_back(at(k), at(k + 1));
      }
  }
}
