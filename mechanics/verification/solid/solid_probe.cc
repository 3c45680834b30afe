#include "mechanics/verification/solid/solid_probe.h"

#include "core/error.h"
#include "core/mpi.h"
#include "core/numbers.h"
#include "mechanics/verification/solid/solid_kernels.h"
#include "mechanics/verification/solid/tensors.h"
#include "mechanics/verification/solid/volumetric.h"

#include <cmath>
#include <limits>

namespace vivicor
{
  namespace
  {
    SolidProbe make_probe(const Discretisation::Cell &cell, const ShapeTables &tables, unsigned q)
    {
      const PointGeometry geometry = point_geometry(cell.nodes, tables.geometry, q);
      const unsigned n = tables.displacement.shapes;
      SolidProbe probe{geometry.X,
                       geometry.volume,
                       &cell,
                       tables.displacement.values(q),
                       tables.pressure.shapes ? tables.pressure.values(q) : nullptr,
                       std::vector<double>(3 * n),
                       nullptr};
      const double *const reference = tables.displacement.gradients(q);
      for (unsigned a = 0; a < n; ++a)
        for (unsigned j = 0; j < 3; ++j)
          for (unsigned k = 0; k < 3; ++k)
            probe.g[3 * a + j] += reference[3 * a + k] * geometry.inverse[3 * k + j];
      return probe;
    }

    bool near(const Discretisation::Cell &cell, const Point3 &X)
    {
      for (unsigned i = 0; i < 3; ++i)
        {
          double low = cell.nodes[0][i], high = low;
          for (const Point3 &node : cell.nodes)
            {
              low = std::min(low, node[i]);
              high = std::max(high, node[i]);
            }
          const double margin = 0.2 * (high - low) + 1e-9;
          if (X[i] < low - margin || X[i] > high + margin)
            return false;
        }
      return true;
    }

    /// Coordinates of X in the unit cell by Newton's method; far outside where that fails.
    Point3 unit_coordinates(const Discretisation &space, const Discretisation::Cell &cell, const Point3 &X)
    {
      Point3 xi = space.centre();
      for (unsigned iteration = 0; iteration < 30; ++iteration)
        {
          const ShapeTables tables = space.at(xi);
          const PointGeometry at = point_geometry(cell.nodes, tables.geometry, 0);
          double moved = 0;
          for (unsigned k = 0; k < 3; ++k)
            {
              double change = 0;
              for (unsigned j = 0; j < 3; ++j)
                change += at.inverse[3 * k + j] * (X[j] - at.X[j]);
              xi[k] += change;
              moved = std::max(moved, std::abs(change));
            }
          if (moved < 1e-12)
            return xi;
          if (!(moved < 10))
            break;
        }
      return {1e3, 1e3, 1e3};
    }
  }

  Point3 SolidProbe::displacement(const std::vector<double> &u) const
  {
    Point3 value{0, 0, 0};
    for (std::size_t a = 0; a < cell->u.size() / 3; ++a)
      for (unsigned i = 0; i < 3; ++i)
        value[i] += N_u[a] * u[cell->u[3 * a + i]];
    return value;
  }

  std::array<double, 9> SolidProbe::gradient(const std::vector<double> &u) const
  {
    std::vector<double> local;
    for (const auto dof : cell->u)
      local.push_back(u[dof]);
    std::array<double, 9> value{};
    kernels::add_gradient(static_cast<unsigned>(local.size() / 3), local.data(), g.data(), value.data());
    return value;
  }

  double SolidProbe::pressure(const SolidProblem &problem, const std::vector<double> &u, const std::vector<double> &p) const
  {
    if (N_p)
      {
        double value = 0;
        for (std::size_t b = 0; b < cell->p.size(); ++b)
          value += N_p[b] * p[cell->p[b]];
        return value;
      }
    std::array<double, 9> F = gradient(u);
    for (const unsigned i : {0, 4, 8})
      F[i] += 1;
    return problem.bulk_modulus * volumetric_law(problem.volumetric).slope(determinant(F.data(), cofactor(F.data())));
  }

  SolidProbe solid_probe(const Discretisation &space, const Point3 &X)
  {
    double best = std::numeric_limits<double>::infinity();
    Point3 best_xi{};
    const Discretisation::Cell *best_cell = nullptr;
    for (const auto &cell : space.cells)
      {
        if (!near(cell, X))
          continue;
        const Point3 xi = unit_coordinates(space, cell, X);
        if (const double outside = space.outside(xi); outside < best)
          {
            best = outside;
            best_xi = xi;
            best_cell = &cell;
          }
        if (best < 1e-12)
          break;
      }
    if (!best_cell || best > 0.05)
      throw UserError({"the point (" + six_digits(X[0]) + ", " + six_digits(X[1]) + ", " + six_digits(X[2]) + ") mm lies outside the solid",
                       "probe of a solid", "no cell holds it", "", "give a point of the reference configuration"});
    const auto tables = std::make_shared<ShapeTables>(space.at(best_xi));
    SolidProbe found = make_probe(*best_cell, *tables, 0);
    found.tables = tables;
    return found;
  }

  double integrated_error(MPI_Comm comm, const Discretisation &space, const std::function<double(const SolidProbe &)> &f)
  {
    double total = 0;
    for (const unsigned cell : space.mine)
      for (unsigned q = 0; q < space.volume.weights.size(); ++q)
        {
          const SolidProbe at = make_probe(space.cells[cell], space.volume, q);
          total += at.volume * space.volume.weights[q] * f(at);
        }
    return std::sqrt(sum(total, comm));
  }
}
