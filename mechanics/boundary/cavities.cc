#include "mechanics/boundary/cavities.h"

#include "core/mesh/vectors.h"

namespace vivicor
{
  namespace
  {
    /// Area vector of a triangle.
    Point3 area(const std::array<Point3, 3> &x)
    {
      return 0.5 * cross(x[1] - x[0], x[2] - x[0]);
    }
  }

  namespace
  {
    std::vector<std::pair<std::string, const Surface *>> blood_pools(const Anatomy &anatomy)
    {
      std::vector<std::pair<std::string, const Surface *>> pools;
      for (const auto &[name, surface] : anatomy.cavities)
        pools.emplace_back(name, &surface);
      return pools;
    }
  }

  Cavities::Cavities(const Anatomy &anatomy, const std::vector<unsigned> &cell_rank, unsigned rank, const Space &space,
                     const BlockMatrix &matrix)
    : Cavities(anatomy, blood_pools(anatomy), cell_rank, rank, space, matrix)
  {
  }

  Cavities::Cavities(const Anatomy &anatomy, const std::vector<std::pair<std::string, const Surface *>> &surfaces,
                     const std::vector<unsigned> &cell_rank, unsigned rank, const Space &space, const BlockMatrix &matrix)
  {
    // Volumes of closed surfaces do not depend on the origin; one in the middle loses the fewest digits.
    Point3 centre{};
    for (const Point3 &x : anatomy.points)
      for (unsigned i = 0; i < 3; ++i)
        centre[i] += x[i] / static_cast<double>(anatomy.points.size());
    for (const auto &[name, surface] : surfaces)
      {
        cavity_names.push_back(name);
        auto &list = faces.emplace_back();
        for (const Triangle &triangle : *surface)
          {
            if (cell_rank[triangle.cell] != rank)
              continue;
            Face face;
            const std::array<unsigned, 3> turned{triangle.nodes[0], triangle.nodes[2], triangle.nodes[1]};
            for (unsigned a = 0; a < 3; ++a)
              {
                face.nodes[a] = static_cast<unsigned>(matrix.layout().local_of(space.number[turned[a]]));
                for (unsigned i = 0; i < 3; ++i)
                  face.reference[a][i] = anatomy.points[turned[a]][i] - centre[i];
              }
            for (unsigned a = 0; a < 3; ++a)
              for (unsigned b = 0; b < 3; ++b)
                face.positions[a][b] = static_cast<unsigned>(matrix.position(face.nodes[a], face.nodes[b]));
            list.push_back(face);
          }
      }
  }

  std::array<Point3, 3> Cavities::corners(const Face &face, const double *u)
  {
    std::array<Point3, 3> x = face.reference;
    for (unsigned a = 0; a < 3; ++a)
      for (unsigned i = 0; i < 3; ++i)
        x[a][i] += u[4 * std::size_t{face.nodes[a]} + i];
    return x;
  }

  std::vector<double> Cavities::volumes(const double *u) const
  {
    std::vector<double> result;
    for (const auto &list : faces)
      {
        double total = 0;
        for (const Face &face : list)
          {
            const auto x = corners(face, u);
            const Point3 n = cross(x[1], x[2]);
            total += (x[0][0] * n[0] + x[0][1] * n[1] + x[0][2] * n[2]) / 6;
          }
        result.push_back(total);
      }
    return result;
  }

  void Cavities::gradient(const double *u, std::size_t cavity, double *result) const
  {
    for (const Face &face : faces[cavity])
      {
        const Point3 n = area(corners(face, u));
        for (const unsigned node : face.nodes)
          for (unsigned i = 0; i < 3; ++i)
            result[4 * std::size_t{node} + i] += n[i] / 3;
      }
  }

  void Cavities::add_forces(const double *u, const std::vector<double> &pressure, double *residual) const
  {
    for (std::size_t k = 0; k < size(); ++k)
      for (const Face &face : faces[k])
        {
          const Point3 n = area(corners(face, u));
          for (const unsigned node : face.nodes)
            for (unsigned i = 0; i < 3; ++i)
              residual[4 * std::size_t{node} + i] -= pressure[k] * n[i] / 3;
        }
  }

  void Cavities::add_tangent(const double *u, const std::vector<double> &pressure, BlockMatrix &matrix) const
  {
    for (std::size_t k = 0; k < size(); ++k)
      for (const Face &face : faces[k])
        {
          const auto x = corners(face, u);
          for (unsigned b = 0; b < 3; ++b)
            {
              // dn = 1/2 e x dx_b with e the opposite edge, from corner b + 1 to corner b + 2, reversed.
              Point3 e;
              for (unsigned i = 0; i < 3; ++i)
                e[i] = (x[(b + 2) % 3][i] - x[(b + 1) % 3][i]) * -pressure[k] / 6;
              for (unsigned a = 0; a < 3; ++a)
                {
                  double *const block = matrix.block(face.positions[a][b]);
                  block[4 * 1 + 0] -= e[2];
                  block[4 * 2 + 0] += e[1];
                  block[4 * 0 + 1] += e[2];
                  block[4 * 2 + 1] -= e[0];
                  block[4 * 0 + 2] -= e[1];
                  block[4 * 1 + 2] += e[0];
                }
            }
        }
  }
}
