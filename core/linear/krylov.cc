#include "core/linear/krylov.h"

#include "core/mpi.h"

#include <algorithm>
#include <cmath>

namespace vivicor
{
  namespace
  {
    constexpr std::size_t chunk = 512; // entries that stay in the nearest cache while all basis vectors pass by

    /// Calls f(first, last) over the entries that count on this rank.
    template <class F>
    void for_entries(const VectorShape &shape, bool with_border, F &&f)
    {
      for (std::size_t i = 0; i < shape.owned; i += chunk)
        f(i, std::min(i + chunk, shape.owned));
      if (with_border && shape.border > 0)
        f(shape.local, shape.size());
    }

    /// h = V^T w for k basis vectors and, last, w^T w: one reduction.
    void project(const VectorShape &shape, const std::vector<std::vector<double>> &basis, unsigned k, const double *w,
                 std::vector<double> &h)
    {
      h.assign(k + 1, 0.0);
      for_entries(shape, rank_of(shape.comm) == 0, [&](std::size_t first, std::size_t last) {
        for (unsigned v = 0; v <= k; ++v)
          {
            const double *const b = v < k ? basis[v].data() : w;
            double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
            std::size_t i = first;
            for (; i + 4 <= last; i += 4)
              {
                s0 += b[i] * w[i];
                s1 += b[i + 1] * w[i + 1];
                s2 += b[i + 2] * w[i + 2];
                s3 += b[i + 3] * w[i + 3];
              }
            for (; i < last; ++i)
              s0 += b[i] * w[i];
            h[v] += (s0 + s1) + (s2 + s3);
          }
      });
      sum(h, shape.comm);
    }

    /// w += sum of factor_v basis_v.
    void combine(const VectorShape &shape, const std::vector<std::vector<double>> &basis, unsigned k, const double *factor, double *w)
    {
      for_entries(shape, true, [&](std::size_t first, std::size_t last) {
        for (unsigned v = 0; v < k; ++v)
          for (std::size_t i = first; i < last; ++i)
            w[i] += factor[v] * basis[v][i];
      });
    }
  }

  double dot(const VectorShape &shape, const double *x, const double *y)
  {
    double total = 0;
    for_entries(shape, rank_of(shape.comm) == 0, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i < last; ++i)
        total += x[i] * y[i];
    });
    return sum(total, shape.comm);
  }

  KrylovResult gmres(const VectorShape &shape, const LinearMap &A, const LinearMap &M, const std::vector<double> &b, std::vector<double> &x,
                     double tolerance, unsigned max_iterations, unsigned restart)
  {
    KrylovResult result;
    const std::size_t n = shape.size();
    std::vector<std::vector<double>> basis(restart + 1);
    std::vector<double> z(n), h, again, direction(n);
    std::vector<std::vector<double>> R(restart); // columns of the triangular factor
    std::vector<double> cosine(restart), sine(restart), g(restart + 1);

    for (;;)
      {
        basis[0].resize(n);
        A(x.data(), basis[0].data());
        for (std::size_t i = 0; i < n; ++i)
          basis[0][i] = b[i] - basis[0][i];
        double beta = std::sqrt(dot(shape, basis[0].data(), basis[0].data()));
        result.residual = beta;
        if (!std::isfinite(beta))
          return result;
        if (beta <= tolerance || result.iterations >= max_iterations)
          {
            result.converged = beta <= tolerance;
            return result;
          }
        for (double &value : basis[0])
          value /= beta;
        std::fill(g.begin(), g.end(), 0.0);
        g[0] = beta;

        unsigned k = 0;
        while (k < restart && result.iterations < max_iterations && result.residual > tolerance)
          {
            M(basis[k].data(), z.data());
            basis[k + 1].resize(n);
            double *const w = basis[k + 1].data();
            A(z.data(), w);
            project(shape, basis, k + 1, w, h);
            double norm2 = h[k + 1];
            for (unsigned j = 0; j <= k; ++j)
              {
                norm2 -= h[j] * h[j];
                h[j] = -h[j];
              }
            combine(shape, basis, k + 1, h.data(), w);
            if (!(norm2 > 1e-2 * h[k + 1])) // much was taken away: once more, for orthogonality
              {
                project(shape, basis, k + 1, w, again);
                norm2 = again[k + 1];
                for (unsigned j = 0; j <= k; ++j)
                  {
                    norm2 -= again[j] * again[j];
                    again[j] = -again[j];
                    h[j] += again[j];
                  }
                combine(shape, basis, k + 1, again.data(), w);
              }
            ++result.iterations;
            const double norm = std::sqrt(std::max(norm2, 0.0));
            if (!std::isfinite(norm))
              return result;
            R[k].assign(k + 2, 0.0);
            for (unsigned j = 0; j <= k; ++j)
              R[k][j] = -h[j];
            R[k][k + 1] = norm;
            for (unsigned j = 0; j < k; ++j)
              {
                const double upper = cosine[j] * R[k][j] + sine[j] * R[k][j + 1];
                R[k][j + 1] = -sine[j] * R[k][j] + cosine[j] * R[k][j + 1];
                R[k][j] = upper;
              }
            const double length = std::hypot(R[k][k], R[k][k + 1]);
            cosine[k] = length > 0 ? R[k][k] / length : 1;
            sine[k] = length > 0 ? R[k][k + 1] / length : 0;
            R[k][k] = length;
            g[k + 1] = -sine[k] * g[k];
            g[k] *= cosine[k];
            result.residual = std::abs(g[k + 1]);
            ++k;
            if (norm == 0)
              break;
            for (std::size_t i = 0; i < n; ++i)
              w[i] /= norm;
          }

        std::vector<double> y(k);
        for (unsigned j = k; j-- > 0;)
          {
            double value = g[j];
            for (unsigned l = j + 1; l < k; ++l)
              value -= R[l][j] * y[l];
            y[j] = R[j][j] != 0 ? value / R[j][j] : 0;
          }
        std::fill(direction.begin(), direction.end(), 0.0);
        combine(shape, basis, k, y.data(), direction.data());
        M(direction.data(), z.data());
        for (std::size_t i = 0; i < n; ++i)
          x[i] += z[i];
        // The recurrence has converged; the true residual is checked (and made anew) at the next restart only if not.
        if (result.residual <= tolerance)
          {
            result.converged = true;
            return result;
          }
      }
  }
}
