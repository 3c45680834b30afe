#include "electrophysiology/tissue/matrices.h"

#include <algorithm>
#include <numeric>

namespace vivicor
{
  P1Cell::P1Cell(const std::array<const Point3 *, 4> &x)
  {
    const auto edge = [&](unsigned a, unsigned b) {
      return Point3{(*x[b])[0] - (*x[a])[0], (*x[b])[1] - (*x[a])[1], (*x[b])[2] - (*x[a])[2]};
    };
    const auto cross = [](const Point3 &a, const Point3 &b) {
      return Point3{a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    };
    const Point3 e1 = edge(0, 1), e2 = edge(0, 2), e3 = edge(0, 3);
    const std::array<Point3, 3> normals{cross(e2, e3), cross(e3, e1), cross(e1, e2)};
    const double determinant = e1[0] * normals[0][0] + e1[1] * normals[0][1] + e1[2] * normals[0][2];
    volume = determinant / 6;
    for (unsigned d = 0; d < 3; ++d)
      {
        for (unsigned k = 0; k < 3; ++k)
          gradient[k + 1][d] = normals[k][d] / determinant;
        gradient[0][d] = -(gradient[1][d] + gradient[2][d] + gradient[3][d]);
      }
  }

  P1Cell p1_cell(const RefinedMesh &mesh, std::size_t cell)
  {
    const auto &nodes = mesh.cells[cell];
    return P1Cell({&mesh.points[nodes[0]], &mesh.points[nodes[1]], &mesh.points[nodes[2]], &mesh.points[nodes[3]]});
  }

  Point3 multiply(const SymmetricTensor &t, const Point3 &v)
  {
    return {t[0] * v[0] + t[3] * v[1] + t[4] * v[2], t[3] * v[0] + t[1] * v[1] + t[5] * v[2],
            t[4] * v[0] + t[5] * v[1] + t[2] * v[2]};
  }

  namespace
  {
    /// Neighbours of every owned node, ascending, itself left out.
    std::vector<std::vector<unsigned>> neighbours(const RefinedMesh &mesh)
    {
      std::vector<std::vector<unsigned>> found(mesh.n_owned);
      for (const auto &cell : mesh.cells)
        for (const unsigned a : cell)
          if (a < mesh.n_owned)
            for (const unsigned b : cell)
              if (a != b)
                found[a].push_back(b);
      for (auto &row : found)
        {
          std::sort(row.begin(), row.end());
          row.erase(std::unique(row.begin(), row.end()), row.end());
        }
      return found;
    }

    Pattern split(const RefinedMesh &mesh, const std::vector<std::vector<unsigned>> &rows)
    {
      Pattern pattern;
      pattern.begin.push_back(0);
      pattern.ghost_begin.push_back(0);
      for (unsigned a = 0; a < rows.size(); ++a)
        {
          const auto middle = std::lower_bound(rows[a].begin(), rows[a].end(), mesh.n_owned);
          pattern.column.insert(pattern.column.end(), rows[a].begin(), middle);
          pattern.begin.push_back(static_cast<unsigned>(pattern.column.size()));
          if (middle != rows[a].end())
            {
              pattern.ghost_row.push_back(a);
              pattern.ghost_column.insert(pattern.ghost_column.end(), middle, rows[a].end());
              pattern.ghost_begin.push_back(static_cast<unsigned>(pattern.ghost_column.size()));
            }
        }
      return pattern;
    }

    /// Sums in double precision, by place in the neighbour lists; kept as single precision afterwards.
    class Accumulator
    {
    public:
      Accumulator(const RefinedMesh &mesh, const std::vector<std::vector<unsigned>> &rows) : mesh(mesh), rows(rows), offset{0}
      {
        for (const auto &row : rows)
          offset.push_back(offset.back() + row.size());
        values.assign(offset.back(), 0.0);
      }
      void add(unsigned a, unsigned b, double value)
      {
        const auto place = std::lower_bound(rows[a].begin(), rows[a].end(), b) - rows[a].begin();
        values[offset[a] + static_cast<std::size_t>(place)] += value;
      }
      Weights weights() const
      {
        Weights result;
        for (std::size_t a = 0; a < rows.size(); ++a)
          for (std::size_t k = 0; k < rows[a].size(); ++k)
            (rows[a][k] < mesh.n_owned ? result.owned : result.ghost).push_back(static_cast<float>(values[offset[a] + k]));
        return result;
      }

    private:
      const RefinedMesh &mesh;
      const std::vector<std::vector<unsigned>> &rows;
      std::vector<std::size_t> offset;
      std::vector<double> values;
    };
  }

  Matrices assemble(const RefinedMesh &mesh, const std::vector<SymmetricTensor> &diffusivity)
  {
    const auto rows = neighbours(mesh);
    Matrices matrices;
    matrices.pattern = split(mesh, rows);
    matrices.lumped_mass.assign(mesh.n_owned, 0.0);
    Accumulator mass(mesh, rows), stiffness(mesh, rows);
    for (std::size_t c = 0; c < mesh.cells.size(); ++c)
      {
        const P1Cell p1 = p1_cell(mesh, c);
        for (unsigned i = 0; i < 4; ++i)
          {
            const unsigned a = mesh.cells[c][i];
            if (a >= mesh.n_owned)
              continue;
            matrices.lumped_mass[a] += p1.volume / 4;
            const Point3 flux = multiply(diffusivity[c], p1.gradient[i]);
            for (unsigned j = 0; j < 4; ++j)
              if (j != i)
                {
                  const auto &g = p1.gradient[j];
                  mass.add(a, mesh.cells[c][j], p1.volume / 20);
                  stiffness.add(a, mesh.cells[c][j], p1.volume * (flux[0] * g[0] + flux[1] * g[1] + flux[2] * g[2]));
                }
          }
      }
    for (std::size_t a = 0; a < mesh.n_owned; ++a)
      if (!mesh.is_real(a))
        matrices.lumped_mass[a] = 1;
    matrices.mass = mass.weights();
    matrices.stiffness = stiffness.weights();
    return matrices;
  }

  void multiply(const Pattern &pattern, const Weights &weights, const double *diagonal, Halo &halo, double *x, double *y)
  {
    halo.start(x);
    const std::size_t n = pattern.begin.size() - 1;
    const unsigned *begin = pattern.begin.data(), *column = pattern.column.data();
    const float *weight = weights.owned.data();
    for (std::size_t i = 0; i < n; ++i)
      {
        const double xi = x[i];
        double sum = diagonal ? diagonal[i] * xi : 0.0;
        for (unsigned k = begin[i]; k < begin[i + 1]; ++k)
          sum += weight[k] * (x[column[k]] - xi);
        y[i] = sum;
      }
    halo.finish();
    for (std::size_t g = 0; g < pattern.ghost_row.size(); ++g)
      {
        const unsigned i = pattern.ghost_row[g];
        for (unsigned k = pattern.ghost_begin[g]; k < pattern.ghost_begin[g + 1]; ++k)
          y[i] += weights.ghost[k] * (x[pattern.ghost_column[k]] - x[i]);
      }
  }
}
