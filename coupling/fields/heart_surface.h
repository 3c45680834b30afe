// The surface of the heart in triangles: what a picture needs, found once, so that no script extracts it at every step.
#pragma once

#include "core/output/vtu.h"
#include "electrophysiology/tissue/refined_mesh.h"
#include "meshes/anatomy.h"

#include <vector>

namespace vivicor
{
  struct SurfaceGrid
  {
    std::vector<unsigned> nodes; ///< of the grid that it bounds
    std::vector<Point3> points;
    std::vector<unsigned> triangles; ///< three of its own nodes each, normals out of the tissue
    std::vector<unsigned> cells;     ///< of the grid, by triangle
  };

  /// Outer and inner boundary of the muscle in the electrical grid: the faces of its cells that lie on the anatomy's
  /// surfaces, not those between ranks. @param keys of the grid's nodes
  SurfaceGrid muscle_surface(const Anatomy &anatomy, const VtuPiece &electrical_grid, const std::vector<NodeKey> &keys);

  /// The boundary of passive tissue (valves, vessels) in this rank's cells; its nodes are the anatomy's.
  SurfaceGrid passive_surface(const Anatomy &anatomy, const std::vector<unsigned> &cell_rank, unsigned rank);
}
