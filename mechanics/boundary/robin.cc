#include "mechanics/boundary/robin.h"

#include <cmath>

namespace vivicor
{
  Robin::Robin(const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank, unsigned rank,
               const Space &space, const BlockMatrix &matrix, const RobinSettings &settings)
  {
    const auto pericardium = [&](const Triangle &triangle) {
      double height = 0;
      for (const unsigned node : triangle.nodes)
        height += fibres.apicobasal[node] / 3;
      return 1 + (settings.base_factor - 1) * height;
    };
    add(anatomy, anatomy.epicardium, cell_rank, rank, space, matrix, pericardium, settings.stiffness, settings.damping, false);
    add(anatomy, anatomy.fixed, cell_rank, rank, space, matrix, [](const Triangle &) { return 1.0; },
        settings.fixed_stiffness, settings.fixed_damping, true);
  }

  void Robin::add(const Anatomy &anatomy, const Surface &surface, const std::vector<unsigned> &cell_rank, unsigned rank,
                  const Space &space, const BlockMatrix &matrix, const std::function<double(const Triangle &)> &factor,
                  double stiffness, double damping, bool all_directions)
  {
    for (const Triangle &triangle : surface)
      {
        if (cell_rank[triangle.cell] != rank)
          continue;
        Face face;
        face.all_directions = all_directions;
        const Point3 &x = anatomy.points[triangle.nodes[0]], &y = anatomy.points[triangle.nodes[1]],
                     &z = anatomy.points[triangle.nodes[2]];
        const Point3 a{y[0] - x[0], y[1] - x[1], y[2] - x[2]}, b{z[0] - x[0], z[1] - x[1], z[2] - x[2]};
        face.normal = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
        const double length = std::sqrt(face.normal[0] * face.normal[0] + face.normal[1] * face.normal[1] +
                                        face.normal[2] * face.normal[2]);
        for (double &value : face.normal)
          value /= length;
        face.area = length / 2;
        face.stiffness = stiffness * factor(triangle);
        face.damping = damping * factor(triangle);
        for (unsigned i = 0; i < 3; ++i)
          face.nodes[i] = static_cast<unsigned>(matrix.layout().local_of(space.number[triangle.nodes[i]]));
        for (unsigned i = 0; i < 3; ++i)
          for (unsigned j = 0; j < 3; ++j)
            face.positions[i][j] = static_cast<unsigned>(matrix.position(face.nodes[i], face.nodes[j]));
        faces.push_back(face);
      }
  }

  void Robin::add_residual(const double *u, const double *u_old, double dt, double *residual) const
  {
    for (const Face &face : faces)
      {
        // Force density at the corners, then the mass matrix of the triangle, area/12 (1 + delta_ab).
        const double rate = dt > 0 ? face.damping / dt : 0.0;
        Point3 pull[3], total{};
        for (unsigned a = 0; a < 3; ++a)
          {
            const std::size_t at = 4 * std::size_t{face.nodes[a]};
            for (unsigned i = 0; i < 3; ++i)
              pull[a][i] = face.stiffness * u[at + i] + rate * (u[at + i] - u_old[at + i]);
            if (!face.all_directions)
              {
                const double normal = pull[a][0] * face.normal[0] + pull[a][1] * face.normal[1] + pull[a][2] * face.normal[2];
                for (unsigned i = 0; i < 3; ++i)
                  pull[a][i] = normal * face.normal[i];
              }
            for (unsigned i = 0; i < 3; ++i)
              total[i] += pull[a][i];
          }
        for (unsigned a = 0; a < 3; ++a)
          for (unsigned i = 0; i < 3; ++i)
            residual[4 * std::size_t{face.nodes[a]} + i] += face.area / 12 * (pull[a][i] + total[i]);
      }
  }

  void Robin::add_tangent(double dt, BlockMatrix &matrix) const
  {
    for (const Face &face : faces)
      {
        const double spring = (face.stiffness + (dt > 0 ? face.damping / dt : 0.0)) * face.area / 12;
        for (unsigned a = 0; a < 3; ++a)
          for (unsigned b = 0; b < 3; ++b)
            {
              double *const block = matrix.block(face.positions[a][b]);
              for (unsigned j = 0; j < 3; ++j)
                for (unsigned i = 0; i < 3; ++i)
                  block[4 * j + i] += spring * (a == b ? 2 : 1) *
                                      (face.all_directions ? (i == j ? 1.0 : 0.0) : face.normal[i] * face.normal[j]);
            }
      }
  }
}
