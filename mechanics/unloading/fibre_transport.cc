#include "mechanics/unloading/fibre_transport.h"

#include "core/mesh/vectors.h"
#include "meshes/fibres/landmarks.h"

namespace vivicor
{
  namespace
  {
    using Columns = std::array<Point3, 3>; ///< a tensor: where it sends the three unit vectors

    Point3 times(const Columns &G, const Point3 &v)
    {
      return v[0] * G[0] + v[1] * G[1] + v[2] * G[2];
    }

    /// dy/dx of a cell.
    Columns gradient(const std::array<unsigned, 4> &n, const std::vector<Point3> &x, const std::vector<Point3> &y)
    {
      const Point3 a = x[n[1]] - x[n[0]], b = x[n[2]] - x[n[0]], c = x[n[3]] - x[n[0]];
      const double six_volumes = dot(a, cross(b, c));
      const std::array<Point3, 3> dual{cross(b, c), cross(c, a), cross(a, b)};
      Columns G{};
      for (unsigned i = 0; i < 3; ++i)
        for (unsigned column = 0; column < 3; ++column)
          G[column] = G[column] + (dual[i][column] / six_volumes) * (y[n[i + 1]] - y[n[0]]);
      return G;
    }

    Frame carried(const Frame &frame, const Columns &G)
    {
      Frame result;
      result.fibre = unit(times(G, frame.fibre));
      result.sheet = unit(perpendicular_part(times(G, frame.sheet), result.fibre));
      result.normal = cross(result.fibre, result.sheet);
      return result;
    }

    Point3 mean_of(const std::vector<Point3> &x, const std::vector<unsigned> &nodes)
    {
      Point3 sum{0, 0, 0};
      for (const unsigned n : nodes)
        sum = sum + x[n];
      return (1.0 / nodes.size()) * sum;
    }
  }

  namespace
  {
    /// By node, up to a positive factor, which directions do not feel.
    std::vector<Columns> nodal_gradients(const Anatomy &anatomy, const std::vector<Point3> &X, const std::vector<Point3> &x)
    {
      std::vector<Columns> F(X.size(), Columns{});
      for (const auto &cell : anatomy.cells)
        {
          const double weight = signed_volume(X, cell);
          const Columns cell_F = gradient(cell, X, x);
          for (const unsigned n : cell)
            for (unsigned column = 0; column < 3; ++column)
              F[n][column] = F[n][column] + weight * cell_F[column];
        }
      return F;
    }

    Columns inverse(const Columns &F)
    {
      const std::array<Point3, 3> rows{cross(F[1], F[2]), cross(F[2], F[0]), cross(F[0], F[1])};
      const double determinant = dot(F[0], rows[0]);
      Columns G;
      for (unsigned i = 0; i < 3; ++i)
        for (unsigned column = 0; column < 3; ++column)
          G[column][i] = rows[i][column] / determinant;
      return G;
    }

    Fibres moved(const Fibres &fibres, const Anatomy &from, const std::vector<Point3> &to, const std::vector<Columns> &G)
    {
      Fibres result = fibres;
      for (std::size_t n = 0; n < G.size(); ++n)
        result.nodal[n] = carried(fibres.nodal[n], G[n]);
      if (norm(fibres.base - fibres.apex) > 0)
        {
          const LongAxis axis = find_long_axis(from);
          result.apex = to[axis.apex_node];
          result.base = mean_of(to, axis.mitral_ring);
          result.long_axis = unit(result.base - result.apex);
        }
      return result;
    }
  }

  Fibres pushed_forward(const Fibres &fibres, const Anatomy &unloaded, const std::vector<Point3> &x)
  {
    return moved(fibres, unloaded, x, nodal_gradients(unloaded, unloaded.points, x));
  }

  Fibres pulled_back(const Fibres &fibres, const Anatomy &deformed, const std::vector<Point3> &X)
  {
    std::vector<Columns> G = nodal_gradients(deformed, X, deformed.points);
    for (Columns &gradient : G)
      gradient = inverse(gradient);
    return moved(fibres, deformed, X, G);
  }
}
