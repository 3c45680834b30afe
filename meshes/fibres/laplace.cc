#include "meshes/fibres/laplace.h"

#include "core/error.h"
#include "core/mesh/vectors.h"
#include "core/sort_unique.h"

#include <algorithm>
#include <numeric>

namespace vivicor
{
  namespace
  {
    constexpr double tolerance = 1e-10;

    double inner(const std::vector<double> &a, const std::vector<double> &b)
    {
      return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
    }
  }

  Laplace::Laplace(const std::vector<Point3> &points, const std::vector<std::array<unsigned, 4>> &cells,
                   const std::vector<unsigned> &subset)
    : n_points(points.size()), local(points.size(), 0)
  {
    for (const unsigned c : subset)
      {
        const auto &n = cells[c];
        const Point3 a = points[n[1]] - points[n[0]], b = points[n[2]] - points[n[0]], d = points[n[3]] - points[n[0]];
        const double six_volumes = dot(a, cross(b, d));
        Cell cell{n, {}, six_volumes / 6};
        cell.shape_gradient[1] = (1 / six_volumes) * cross(b, d);
        cell.shape_gradient[2] = (1 / six_volumes) * cross(d, a);
        cell.shape_gradient[3] = (1 / six_volumes) * cross(a, b);
        cell.shape_gradient[0] = -1.0 * (cell.shape_gradient[1] + cell.shape_gradient[2] + cell.shape_gradient[3]);
        part.push_back(cell);
        global.insert(global.end(), n.begin(), n.end());
      }
    sort_unique(global);
    for (unsigned i = 0; i < global.size(); ++i)
      local[global[i]] = i;
    assemble();
  }

  void Laplace::assemble()
  {
    std::vector<std::vector<std::pair<unsigned, double>>> rows(global.size());
    for (const Cell &cell : part)
      for (unsigned i = 0; i < 4; ++i)
        for (unsigned j = 0; j < 4; ++j)
          rows[local[cell.nodes[i]]].emplace_back(local[cell.nodes[j]], cell.volume * dot(cell.shape_gradient[i], cell.shape_gradient[j]));
    row_start.push_back(0);
    for (auto &row : rows)
      {
        // Stable: equal columns keep the order of the cells, so the sums are the same on every rank.
        std::stable_sort(row.begin(), row.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
        for (const auto &[j, a] : row)
          if (column.size() > row_start.back() && column.back() == j)
            value.back() += a;
          else
            {
              column.push_back(j);
              value.push_back(a);
            }
        row_start.push_back(column.size());
      }
  }

  void Laplace::multiply(const std::vector<double> &x, std::vector<double> &y) const
  {
    for (std::size_t i = 0; i < y.size(); ++i)
      {
        double sum = 0;
        for (std::size_t k = row_start[i]; k < row_start[i + 1]; ++k)
          sum += value[k] * x[column[k]];
        y[i] = sum;
      }
  }

  std::vector<double> Laplace::solve(const std::map<unsigned, double> &prescribed) const
  {
    const std::size_t n = global.size();
    std::vector<double> u(n, 0), r(n), z(n), p(n, 0), q(n), inverse_diagonal(n, 0);
    std::vector<char> fixed(n, 0);
    for (std::size_t i = 0; i < n; ++i)
      {
        if (const auto found = prescribed.find(global[i]); found != prescribed.end())
          {
            u[i] = found->second;
            fixed[i] = 1;
          }
        for (std::size_t k = row_start[i]; k < row_start[i + 1]; ++k)
          if (column[k] == i)
            inverse_diagonal[i] = 1 / value[k];
      }

    // Conjugate gradients with Jacobi preconditioner in the space of the free nodes: rows of fixed nodes have no
    // residual.
    const auto residual_and_preconditioned = [&] {
      for (std::size_t i = 0; i < n; ++i)
        {
          r[i] = fixed[i] ? 0 : r[i];
          z[i] = inverse_diagonal[i] * r[i];
        }
      return inner(r, z);
    };
    multiply(u, r);
    for (double &value_i : r)
      value_i = -value_i;
    double rz = residual_and_preconditioned();
    const double goal = tolerance * tolerance * rz;
    p = z;
    for (std::size_t iteration = 0; rz > goal; ++iteration)
      {
        if (iteration > 10 * n + 100)
          throw SolverError({"a harmonic field for the fibres was not found", "", "conjugate gradients did not converge", "",
                             "check the quality of the mesh: vivicor mesh inspect"});
        multiply(p, q);
        for (std::size_t i = 0; i < n; ++i)
          q[i] = fixed[i] ? 0 : q[i];
        const double step = rz / inner(p, q);
        for (std::size_t i = 0; i < n; ++i)
          {
            u[i] += step * p[i];
            r[i] -= step * q[i];
          }
        const double previous = rz;
        rz = residual_and_preconditioned();
        for (std::size_t i = 0; i < n; ++i)
          p[i] = z[i] + rz / previous * p[i];
      }

    std::vector<double> everywhere(n_points, 0);
    for (std::size_t i = 0; i < n; ++i)
      everywhere[global[i]] = u[i];
    return everywhere;
  }

  std::vector<Point3> Laplace::gradient(const std::vector<double> &u) const
  {
    std::vector<Point3> sum(n_points, Point3{0, 0, 0});
    std::vector<double> volume(n_points, 0);
    for (const Cell &cell : part)
      {
        Point3 g{0, 0, 0};
        for (unsigned i = 0; i < 4; ++i)
          g = g + u[cell.nodes[i]] * cell.shape_gradient[i];
        for (const unsigned node : cell.nodes)
          {
            sum[node] = sum[node] + cell.volume * g;
            volume[node] += cell.volume;
          }
      }
    for (const unsigned node : global)
      sum[node] = (1 / volume[node]) * sum[node];
    return sum;
  }
}
