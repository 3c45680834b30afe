// Faces of tetrahedra: which are outside, which way they look, whether they close.
#pragma once

#include "meshes/anatomy.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace vivicor
{
  /// The four faces of a positive tetrahedron, each opposite to its corner, normals outwards.
  inline constexpr std::array<std::array<unsigned, 3>, 4> tetrahedron_faces{{{{1, 2, 3}}, {{0, 3, 2}}, {{0, 1, 3}}, {{0, 2, 1}}}};

  using FaceKey = std::array<unsigned, 3>; ///< node numbers, ascending
  FaceKey face_key(std::array<unsigned, 3> nodes);

  /// Faces that belong to one cell alone, normals out of it. Ordered by cell.
  Surface boundary_of(const std::vector<std::array<unsigned, 4>> &cells);

  /// Splits a surface into pieces that hang together by edges: piece number of each triangle, pieces numbered from 0 in
  /// the order of their first triangle.
  std::vector<unsigned> connected_pieces(const Surface &surface);

  /// Edges that do not belong to an even number of triangles; none for a closed surface.
  std::vector<std::pair<unsigned, unsigned>> open_edges(const Surface &surface);

  std::vector<unsigned> nodes_of(const Surface &surface); ///< ascending

  Point3 centre_of(const std::vector<Point3> &points, const std::array<unsigned, 3> &nodes);
  Point3 centre_of(const std::vector<Point3> &points, const Surface &surface); ///< of its area
  /// Unit normal, right-handed; zero for a degenerate triangle.
  Point3 normal_of(const std::vector<Point3> &points, const std::array<unsigned, 3> &nodes);

  /// "(1.00, 2.00, 3.00) mm", for messages.
  std::string position(const Point3 &p);
}
