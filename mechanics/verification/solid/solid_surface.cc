#include "mechanics/verification/solid/solid_surface.h"

#include "core/error.h"
#include "mechanics/verification/solid/solid_kernels.h"
#include "mechanics/verification/solid/tensors.h"

#include <cmath>
#include <set>

namespace vivicor
{
  struct SolidSurface::FacePoint
  {
    Point3 X, area;        ///< reference position; outward normal times the area of this point
    double weight;         ///< mm^2, length of `area`
    const double *value;   ///< of the displacement's shapes
    std::vector<double> g; ///< their gradients in global axes
  };

  SolidSurface::SolidSurface(const Discretisation &discretisation, const SolidProblem &all) : space(discretisation), problem(all)
  {
    std::set<int> present, wanted;
    for (const auto &face : space.faces)
      present.insert(face.id);
    const auto want = [&](int id) {
      if (!present.count(id))
        throw UserError({"no face has the boundary number " + std::to_string(id), "solid problem", "a condition is set there", "",
                         "see SolidMesh::boundary_id"});
      wanted.insert(id);
    };
    for (const auto &pressure : problem.pressures)
      want(pressure.boundary);
    for (const auto &traction : problem.tractions)
      want(traction.boundary);
    for (const auto &robin : problem.robin)
      want(robin.boundary);
    std::set<unsigned> mine(space.mine.begin(), space.mine.end());
    for (const auto &face : space.faces)
      if (wanted.count(face.id) && mine.count(face.cell))
        faces.push_back(face);
  }

  SolidSurface::FacePoint SolidSurface::point(const Discretisation::Face &face, unsigned q) const
  {
    const ShapeTables &table = space.on_face[face.number];
    const unsigned n = table.displacement.shapes;
    const PointGeometry geometry = point_geometry(space.cells[face.cell].nodes, table.geometry, q);
    FacePoint at{geometry.X, {0, 0, 0}, 0, table.displacement.values(q), std::vector<double>(3 * n)};
    const double *const reference = table.displacement.gradients(q);
    for (unsigned j = 0; j < 3; ++j)
      {
        for (unsigned k = 0; k < 3; ++k)
          at.area[j] += table.weights[q] * geometry.volume * geometry.inverse[3 * k + j] * space.face_area[face.number][k];
        for (unsigned a = 0; a < n; ++a)
          for (unsigned k = 0; k < 3; ++k)
            at.g[3 * a + j] += reference[3 * a + k] * geometry.inverse[3 * k + j];
      }
    at.weight = std::sqrt(at.area[0] * at.area[0] + at.area[1] * at.area[1] + at.area[2] * at.area[2]);
    return at;
  }

  std::array<double, 9> SolidSurface::gradient(const Discretisation::Face &face, const FacePoint &at, const double *u) const
  {
    const auto &dofs = space.cells[face.cell].u;
    std::vector<double> x(dofs.size());
    for (std::size_t k = 0; k < x.size(); ++k)
      x[k] = u[dofs[k]];
    std::array<double, 9> F{1, 0, 0, 0, 1, 0, 0, 0, 1};
    kernels::add_gradient(static_cast<unsigned>(x.size() / 3), x.data(), at.g.data(), F.data());
    return F;
  }

  void SolidSurface::add_pressure(const Discretisation::Face &face, const FacePoint &at, double P, const double *u, bool tangent)
  {
    const std::array<double, 9> F = gradient(face, at, u);
    const Matrix3 H = cofactor(F.data());
    const unsigned n = space.volume.displacement.shapes;
    Point3 force;
    for (unsigned i = 0; i < 3; ++i)
      force[i] = P * (H[3 * i] * at.area[0] + H[3 * i + 1] * at.area[1] + H[3 * i + 2] * at.area[2]);
    for (unsigned a = 0; a < n; ++a)
      for (unsigned i = 0; i < 3; ++i)
        terms.r_u[3 * a + i] += at.value[a] * force[i];
    if (!tangent)
      return;
    double slope[3][9] = {}; // of the force with F
    cofactor_derivative(F.data(),
                        [&](unsigned row, unsigned column, double value) { slope[row / 3][column] += P * value * at.area[row % 3]; });
    for (unsigned b = 0; b < n; ++b)
      for (unsigned j = 0; j < 3; ++j)
        for (unsigned i = 0; i < 3; ++i)
          {
            const double *const s = slope[i] + 3 * j;
            const double value = s[0] * at.g[3 * b] + s[1] * at.g[3 * b + 1] + s[2] * at.g[3 * b + 2];
            for (const unsigned a : space.nodes_on_face(face.number))
              terms.uu[(3 * a + i) * 3 * n + 3 * b + j] += at.value[a] * value;
          }
  }

  void SolidSurface::add_robin(const Discretisation::Face &face, const FacePoint &at, const RobinCondition &robin,
                               const SolidMotion &motion, bool tangent)
  {
    const unsigned n = space.volume.displacement.shapes;
    const auto &dofs = space.cells[face.cell].u;
    Point3 pull{0, 0, 0};
    for (unsigned a = 0; a < n; ++a)
      for (unsigned i = 0; i < 3; ++i)
        pull[i] += at.value[a]
                   * (robin.stiffness * motion.u[dofs[3 * a + i]] + (motion.v ? robin.damping * motion.v[dofs[3 * a + i]] : 0.0));
    double along[3][3]; // directions in which it acts
    for (unsigned i = 0; i < 3; ++i)
      for (unsigned j = 0; j < 3; ++j)
        along[i][j] = robin.normal_only ? at.area[i] * at.area[j] / at.weight : (i == j ? at.weight : 0.0);
    for (unsigned a = 0; a < n; ++a)
      for (unsigned i = 0; i < 3; ++i)
        terms.r_u[3 * a + i] += at.value[a] * (along[i][0] * pull[0] + along[i][1] * pull[1] + along[i][2] * pull[2]);
    if (!tangent)
      return;
    const double slope = robin.stiffness + (motion.v ? motion.dv_du * robin.damping : 0.0);
    for (const unsigned a : space.nodes_on_face(face.number))
      for (const unsigned b : space.nodes_on_face(face.number))
        for (unsigned i = 0; i < 3; ++i)
          for (unsigned j = 0; j < 3; ++j)
            terms.uu[(3 * a + i) * 3 * n + 3 * b + j] += slope * along[i][j] * at.value[a] * at.value[b];
  }

  double SolidSurface::assemble(const SolidMotion &motion, bool tangent, const TermSink &sink)
  {
    const unsigned n = space.volume.displacement.shapes, m = space.volume.pressure.shapes;
    double force2 = 0;
    for (const auto &face : faces)
      {
        terms.clear(3 * n, m, tangent);
        const unsigned points = static_cast<unsigned>(space.on_face[face.number].weights.size());
        for (unsigned q = 0; q < points; ++q)
          {
            const FacePoint at = point(face, q);
            for (const auto &pressure : problem.pressures)
              if (pressure.boundary == face.id)
                add_pressure(face, at, pressure.pressure(motion.t), motion.u, tangent);
            for (const auto &robin : problem.robin)
              if (robin.boundary == face.id)
                add_robin(face, at, robin, motion, tangent);
            for (const auto &dead : problem.tractions)
              if (dead.boundary == face.id)
                {
                  const Point3 traction = dead.traction(at.X, motion.t);
                  for (unsigned a = 0; a < n; ++a)
                    for (unsigned i = 0; i < 3; ++i)
                      terms.r_u[3 * a + i] -= at.weight * at.value[a] * traction[i];
                }
          }
        for (const double force : terms.r_u)
          force2 += force * force;
        sink(face.cell, terms);
      }
    return force2;
  }

  double SolidSurface::volume(const double *u, int boundary, const Point3 &along) const
  {
    double total = 0;
    const std::set<unsigned> mine(space.mine.begin(), space.mine.end());
    for (const auto &face : space.faces)
      if (face.id == boundary && mine.count(face.cell))
        for (unsigned q = 0; q < space.on_face[face.number].weights.size(); ++q)
          {
            const FacePoint at = point(face, q);
            const std::array<double, 9> F = gradient(face, at, u);
            const Matrix3 H = cofactor(F.data());
            const auto &dofs = space.cells[face.cell].u;
            double position = 0, area = 0;
            for (unsigned i = 0; i < 3; ++i)
              {
                double x = at.X[i];
                for (unsigned a = 0; a < space.volume.displacement.shapes; ++a)
                  x += at.value[a] * u[dofs[3 * a + i]];
                position += along[i] * x;
                area += along[i] * (H[3 * i] * at.area[0] + H[3 * i + 1] * at.area[1] + H[3 * i + 2] * at.area[2]);
              }
            total -= position * area;
          }
    return total;
  }
}
