#include "mechanics/verification/solid_anatomy.h"

#include "core/mesh/vectors.h"
#include "meshes/surfaces.h"

#include <stdexcept>

namespace vivicor
{
  namespace
  {
    /// Placed vertices: a vertex has one place, whichever cell it is seen from.
    std::vector<Point3> placed(const SolidMesh &mesh)
    {
      std::vector<Point3> points = mesh.vertices;
      if (!mesh.place)
        return points;
      for (const auto &cell : mesh.cells)
        for (std::size_t v = 0; v < cell.size(); ++v)
          {
            std::vector<Point3> corners;
            for (const unsigned vertex : cell)
              corners.push_back(mesh.vertices[vertex]);
            std::vector<double> weights(cell.size(), 0.0);
            weights[v] = 1;
            points[cell[v]] = mesh.place(corners, weights);
          }
      return points;
    }
  }

  WallProblem wall_problem(const SolidMesh &mesh, int pressed, int fixed, const std::function<Frame(const Point3 &X)> &frame)
  {
    WallProblem problem;
    Anatomy &anatomy = problem.anatomy;
    anatomy.regions = {{"LV", Tissue::ventricle}};
    anatomy.points = placed(mesh);
    for (const auto &corners : mesh.cells)
      {
        std::array<unsigned, 4> cell{corners[0], corners[1], corners[2], corners[3]};
        const auto edge = [&](unsigned v) { return anatomy.points[cell[v]] - anatomy.points[cell[0]]; };
        if (dot(edge(1), cross(edge(2), edge(3))) < 0)
          std::swap(cell[2], cell[3]);
        anatomy.cells.push_back(cell);
      }
    anatomy.cell_region.assign(anatomy.cells.size(), 0);
    for (const Triangle &triangle : boundary_of(anatomy.cells))
      {
        std::vector<Point3> corners;
        for (const unsigned node : triangle.nodes)
          corners.push_back(mesh.vertices[node]);
        const int id = mesh.boundary_id(corners);
        if (id == pressed)
          anatomy.cavities["LV"].push_back(triangle);
        else if (id == fixed)
          anatomy.fixed.push_back(triangle);
        else
          anatomy.epicardium.push_back(triangle);
      }
    for (const Point3 &X : anatomy.points)
      problem.fibres.nodal.push_back(frame(X));
    problem.fibres.transmural.assign(anatomy.points.size(), 0.5);
    problem.fibres.apicobasal.assign(anatomy.points.size(), 0.0);
    problem.fibres.long_axis = {0, 0, 1};
    problem.fibres.apex = problem.fibres.base = {0, 0, 0};
    return problem;
  }

  unsigned node_at(const Anatomy &anatomy, const Point3 &X)
  {
    for (unsigned node = 0; node < anatomy.points.size(); ++node)
      if (norm(anatomy.points[node] - X) < 1e-6)
        return node;
    throw std::out_of_range("no node at " + position(X));
  }
}
