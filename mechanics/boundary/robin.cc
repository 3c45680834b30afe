#include "mechanics/boundary/robin.h"

#include "core/mesh/vectors.h"

#include <map>

namespace vivicor
{
  namespace
  {
    /// Along the normal, with the triangle's double area.
    Point3 area_vector(const Anatomy &anatomy, const Triangle &triangle)
    {
      const Point3 &x = anatomy.points[triangle.nodes[0]];
      return cross(anatomy.points[triangle.nodes[1]] - x, anatomy.points[triangle.nodes[2]] - x);
    }
  }

  double pericardium_factor(const Fibres &fibres, const Triangle &triangle, double base_factor)
  {
    double height = 0;
    for (const unsigned node : triangle.nodes)
      height += fibres.apicobasal[node] / 3;
    return 1 + (base_factor - 1) * height;
  }

  Robin::Robin(const Anatomy &anatomy, const Fibres &fibres, const std::vector<unsigned> &cell_rank, unsigned rank, const Space &space,
               const BlockMatrix &matrix, const RobinSettings &settings)
  {
    const auto pericardium = [&](const Triangle &triangle) { return pericardium_factor(fibres, triangle, settings.base_factor); };
    add(anatomy, anatomy.epicardium, cell_rank, rank, space, matrix, pericardium, settings.stiffness, settings.damping, false,
        settings.smooth_normals);
    add(
      anatomy, anatomy.fixed, cell_rank, rank, space, matrix, [](const Triangle &) { return 1.0; }, settings.fixed_stiffness,
      settings.fixed_damping, true, false);
  }

  void Robin::add(const Anatomy &anatomy, const Surface &surface, const std::vector<unsigned> &cell_rank, unsigned rank, const Space &space,
                  const BlockMatrix &matrix, const std::function<double(const Triangle &)> &factor, double stiffness, double damping,
                  bool all_directions, bool smooth_normals)
  {
    std::map<unsigned, Point3> at_node;
    if (smooth_normals)
      for (const Triangle &triangle : surface)
        for (const unsigned node : triangle.nodes)
          at_node[node] = at_node[node] + area_vector(anatomy, triangle);
    for (const Triangle &triangle : surface)
      {
        if (cell_rank[triangle.cell] != rank)
          continue;
        Face face;
        face.all_directions = all_directions;
        const Point3 vector = area_vector(anatomy, triangle);
        face.area = norm(vector) / 2;
        for (unsigned i = 0; i < 3; ++i)
          face.normals[i] = unit(smooth_normals ? at_node[triangle.nodes[i]] : vector);
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
              pull[a] = {dot(pull[a], face.normals[a]), 0, 0}; // a scalar, until it acts along the normal of each node
            for (unsigned i = 0; i < 3; ++i)
              total[i] += pull[a][i];
          }
        for (unsigned a = 0; a < 3; ++a)
          {
            const Point3 force = pull[a] + total;
            for (unsigned i = 0; i < 3; ++i)
              residual[4 * std::size_t{face.nodes[a]} + i] += face.area / 12
                                                              * (face.all_directions ? force[i] : force[0] * face.normals[a][i]);
          }
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
                  block[4 * j + i] += spring * (a == b ? 2 : 1)
                                      * (face.all_directions ? (i == j ? 1.0 : 0.0) : face.normals[a][i] * face.normals[b][j]);
            }
      }
  }
}
