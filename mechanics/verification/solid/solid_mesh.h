// Cells of one kind, straight or curved, for the general solid solver. Replicated: small enough for every rank. mm.
#pragma once

#include "core/mesh/mesh.h"

#include <functional>
#include <vector>

namespace vivicor
{
  struct SolidMesh
  {
    enum class Shape { tetrahedra, hexahedra };
    Shape shape = Shape::hexahedra;

    /// In any coordinates in which it is easily drawn; see `place`.
    std::vector<Point3> vertices;
    /// 4 or 8 vertices each; hexahedra in lexicographic order: (x, y, z) = 000, 100, 010, 110, 001, 101, 011, 111. A
    /// left-handed cell is turned round by the solver.
    std::vector<std::vector<unsigned>> cells;

    /// Number of a boundary face from its corners as drawn; absent: 0 everywhere.
    std::function<int(const std::vector<Point3> &corners)> boundary_id;

    /// Where a point of a cell lies in the reference configuration: from the corners of its cell as drawn and the corners'
    /// (tri)linear weights there. Must give one answer on both sides of a face, where only the face's corners have weight.
    /// Absent: sum of weight * corner, straight cells. The solver asks for the nodes of quadratic cells and interpolates,
    /// so that curved walls are met to third order.
    std::function<Point3(const std::vector<Point3> &corners, const std::vector<double> &weights)> place;
  };

  /// `place` of a mesh drawn in the coordinates of a smooth chart.
  std::function<Point3(const std::vector<Point3> &, const std::vector<double> &)> placed_by(
    std::function<Point3(const Point3 &drawn)> chart);

  /// Box [0, size] of n[0] x n[1] x n[2] hexahedra, or six times as many tetrahedra. Boundary ids: 0, 1 for x = 0 and x = size[0], 2, 3 for
  /// y, 4, 5 for z.
  SolidMesh box_mesh(SolidMesh::Shape shape, const Point3 &size, const std::array<unsigned, 3> &n);

  /// Each hexahedron into six tetrahedra at its vertex of the lowest number: faces match. Keeps boundary_id and place, which are then
  /// called with fewer corners.
  SolidMesh split_into_tetrahedra(const SolidMesh &hexahedra);
}
