#include "electrophysiology/tissue/matrices.h"

#include "core/mesh/vectors.h"
#include "core/sort_unique.h"

#include <algorithm>
#include <numeric>
#include <span>

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
    return {t[0] * v[0] + t[3] * v[1] + t[4] * v[2], t[3] * v[0] + t[1] * v[1] + t[5] * v[2], t[4] * v[0] + t[5] * v[1] + t[2] * v[2]};
  }

  namespace
  {
    /// Neighbours of every owned node, ascending, itself left out.
    /// @param nodes of all cells, `per_cell` each
    std::vector<std::vector<unsigned>> neighbours(std::size_t n_owned, std::span<const unsigned> nodes, unsigned per_cell)
    {
      std::vector<std::vector<unsigned>> found(n_owned);
      for (; !nodes.empty(); nodes = nodes.subspan(per_cell))
        for (const unsigned a : nodes.first(per_cell))
          if (a < n_owned)
            for (const unsigned b : nodes.first(per_cell))
              if (a != b)
                found[a].push_back(b);
      for (auto &row : found)
        sort_unique(row);
      return found;
    }

    Pattern sliced(const RefinedMesh &mesh, const std::vector<std::vector<unsigned>> &rows)
    {
      constexpr auto width = Pattern::width;
      const auto n_owned_neighbours = [&](unsigned a) {
        return static_cast<unsigned>(std::lower_bound(rows[a].begin(), rows[a].end(), mesh.n_owned) - rows[a].begin());
      };
      Pattern pattern;
      pattern.row.resize(rows.size());
      std::iota(pattern.row.begin(), pattern.row.end(), 0u);
      constexpr std::size_t window = 32 * width; // rows are sorted by length, but not far from where they stood
      for (std::size_t first = 0; first < rows.size(); first += window)
        std::stable_sort(pattern.row.begin() + static_cast<std::ptrdiff_t>(first),
                         pattern.row.begin() + static_cast<std::ptrdiff_t>(std::min(first + window, rows.size())),
                         [&](unsigned a, unsigned b) { return n_owned_neighbours(a) < n_owned_neighbours(b); });
      pattern.slice_begin.push_back(0);
      for (std::size_t s = 0; s < rows.size() / width; ++s)
        {
          const unsigned *row = &pattern.row[s * width];
          unsigned longest = 0;
          for (unsigned l = 0; l < width; ++l)
            longest = std::max(longest, n_owned_neighbours(row[l]));
          for (unsigned k = 0; k < longest; ++k)
            for (unsigned l = 0; l < width; ++l)
              pattern.column.push_back(k < n_owned_neighbours(row[l]) ? rows[row[l]][k] : row[l]);
          pattern.slice_begin.push_back(pattern.slice_begin.back() + longest);
        }
      return pattern;
    }

    void add_ghosts(Pattern &pattern, const RefinedMesh &mesh, const std::vector<std::vector<unsigned>> &rows)
    {
      pattern.ghost_begin.push_back(0);
      for (unsigned a = 0; a < rows.size(); ++a)
        if (const auto first = std::lower_bound(rows[a].begin(), rows[a].end(), mesh.n_owned); first != rows[a].end())
          {
            pattern.ghost_row.push_back(a);
            pattern.ghost_column.insert(pattern.ghost_column.end(), first, rows[a].end());
            pattern.ghost_begin.push_back(static_cast<unsigned>(pattern.ghost_column.size()));
          }
    }

    /// Sums in double precision, by place in the neighbour lists; kept as single precision afterwards.
    class Accumulator
    {
    public:
      explicit Accumulator(const std::vector<std::vector<unsigned>> &rows) : rows(rows), offset{0}
      {
        for (const auto &row : rows)
          offset.push_back(offset.back() + row.size());
        values.assign(offset.back(), 0.0);
      }
      double &at(unsigned a, unsigned b)
      {
        const auto place = std::lower_bound(rows[a].begin(), rows[a].end(), b) - rows[a].begin();
        return values[offset[a] + static_cast<std::size_t>(place)];
      }
      Weights weights(const Pattern &pattern)
      {
        Weights result{std::vector<float>(pattern.column.size(), 0.0f), std::vector<float>(pattern.ghost_column.size(), 0.0f)};
        for_each_entry(pattern, [&](unsigned a, unsigned b, std::size_t place, bool ghost) {
          (ghost ? result.ghost : result.owned)[place] = static_cast<float>(at(a, b));
        });
        return result;
      }

    private:
      const std::vector<std::vector<unsigned>> &rows;
      std::vector<std::size_t> offset;
      std::vector<double> values;
    };

    // The one loop that the time of a diffusion step is spent in: compiled for several processors, chosen when the program starts.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
    __attribute__((target_clones("avx512f", "avx2", "default")))
#endif
    void
    multiply_owned(std::size_t n_slices, const unsigned *begin, const unsigned *row, const unsigned *column, const float *weight,
                   const double *diagonal, const double *x, double *y)
    {
      constexpr auto width = Pattern::width;
      for (std::size_t s = 0; s < n_slices; ++s)
        {
          const unsigned *rows = row + s * width;
          double own[width], sum[width];
          for (unsigned l = 0; l < width; ++l)
            own[l] = x[rows[l]];
          for (unsigned l = 0; l < width; ++l)
            sum[l] = diagonal ? diagonal[rows[l]] * own[l] : 0.0;
          for (std::size_t k = begin[s]; k < begin[s + 1]; ++k)
            for (unsigned l = 0; l < width; ++l)
              sum[l] += weight[k * width + l] * (x[column[k * width + l]] - own[l]);
          for (unsigned l = 0; l < width; ++l)
            y[rows[l]] = sum[l];
        }
    }
  }

  namespace
  {
    using Rows = std::vector<std::vector<unsigned>>;

    Matrices empty_matrices(const RefinedMesh &mesh, const Rows &rows)
    {
      Matrices matrices;
      matrices.pattern = sliced(mesh, rows);
      add_ghosts(matrices.pattern, mesh, rows);
      matrices.lumped_mass.assign(mesh.n_owned, 0.0);
      return matrices;
    }

    void finish(Matrices &matrices, const RefinedMesh &mesh, Accumulator &mass, Accumulator &stiffness)
    {
      for (std::size_t a = 0; a < mesh.n_owned; ++a)
        if (!mesh.is_real(a))
          matrices.lumped_mass[a] = 1;
      matrices.mass = mass.weights(matrices.pattern);
      matrices.stiffness = stiffness.weights(matrices.pattern);
    }
  }

  CellList elements_of(const RefinedMesh &mesh)
  {
    if (!mesh.quadratic.empty())
      return {Element(Element::Shape::simplex, 3, 2), mesh.quadratic};
    CellList list{Element(Element::Shape::simplex, 3, 1), {}};
    list.nodes.reserve(4 * mesh.cells.size());
    for (const auto &cell : mesh.cells)
      list.nodes.insert(list.nodes.end(), cell.begin(), cell.end());
    return list;
  }

  Matrices assemble(const RefinedMesh &mesh, const std::vector<SymmetricTensor> &diffusivity)
  {
    const std::span<const unsigned> nodes(mesh.cells.empty() ? nullptr : mesh.cells.front().data(), 4 * mesh.cells.size());
    const auto rows = neighbours(mesh.n_owned, nodes, 4);
    Matrices matrices = empty_matrices(mesh, rows);
    Accumulator mass(rows), stiffness(rows);
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
                  mass.at(a, mesh.cells[c][j]) += p1.volume / 20;
                  stiffness.at(a, mesh.cells[c][j]) += p1.volume * (flux[0] * g[0] + flux[1] * g[1] + flux[2] * g[2]);
                }
          }
      }
    finish(matrices, mesh, mass, stiffness);
    return matrices;
  }

  Matrices assemble(const RefinedMesh &mesh, const CellList &cells, const std::vector<SymmetricTensor> &diffusivity)
  {
    return assemble(mesh, cells, diffusivity, cells.element.mass_quadrature());
  }

  Matrices assemble(const RefinedMesh &mesh, const CellList &cells, const std::vector<SymmetricTensor> &diffusivity,
                    const std::vector<Element::Point> &points)
  {
    const unsigned n = cells.element.n_nodes();
    const auto rows = neighbours(mesh.n_owned, cells.nodes, n);
    Matrices matrices = empty_matrices(mesh, rows);
    Accumulator mass(rows), stiffness(rows);
    for (std::size_t c = 0; c < cells.size(); ++c)
      for (const auto &point : points)
        {
          const unsigned *nodes = cells[c];
          const MappedPoint mapped = map(cells.element, point, nodes, mesh.points);
          for (unsigned i = 0; i < n; ++i)
            if (const unsigned a = nodes[i]; a < mesh.n_owned)
              {
                matrices.lumped_mass[a] += mapped.volume * point.value[i];
                const Point3 flux = multiply(diffusivity[c], mapped.gradient[i]);
                for (unsigned j = 0; j < n; ++j)
                  if (j != i)
                    {
                      mass.at(a, nodes[j]) += mapped.volume * point.value[i] * point.value[j];
                      stiffness.at(a, nodes[j]) += mapped.volume * dot(flux, mapped.gradient[j]);
                    }
              }
        }
    finish(matrices, mesh, mass, stiffness);
    return matrices;
  }

  void multiply(const Pattern &pattern, const Weights &weights, const double *diagonal, Halo &halo, double *x, double *y)
  {
    halo.start(x);
    multiply_owned(pattern.n_slices(), pattern.slice_begin.data(), pattern.row.data(), pattern.column.data(), weights.owned.data(),
                   diagonal, x, y);
    halo.finish();
    for (std::size_t g = 0; g < pattern.ghost_row.size(); ++g)
      {
        const unsigned i = pattern.ghost_row[g];
        for (unsigned k = pattern.ghost_begin[g]; k < pattern.ghost_begin[g + 1]; ++k)
          y[i] += weights.ghost[k] * (x[pattern.ghost_column[k]] - x[i]);
      }
  }
}
