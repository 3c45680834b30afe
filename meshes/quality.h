// Is this mesh fit for a computation, and is it the heart one meant? Figures and a text for `check` and `mesh inspect`.
#pragma once

#include "meshes/anatomy.h"

#include <map>
#include <string>
#include <vector>

namespace vivicor
{
  /// Smallest angle between two faces of a tetrahedron, degrees: 70.5 for the regular one, 0 for a flat one.
  double min_dihedral_angle(const std::vector<Point3> &points, const std::array<unsigned, 4> &cell);

  struct MeshQuality
  {
    struct Spread
    {
      double min = 0, mean = 0, max = 0;
    };
    struct RegionSize
    {
      Region region;
      std::size_t cells = 0;
      double volume_mL = 0;
    };

    std::size_t nodes = 0, cells = 0, inverted_cells = 0;
    double min_dihedral_deg = 0;              ///< of the worst cell
    double first_percentile_dihedral_deg = 0; ///< 1 % of the cells are worse
    std::size_t worst_cell = 0;
    Point3 worst_cell_centre{}; ///< mm
    Spread edge_mm;             ///< over all different edges
    Point3 extent_mm{};         ///< sides of the bounding box
    std::vector<RegionSize> regions;
    std::map<std::string, double> cavity_mL;
    double epicardium_cm2 = 0, fixed_cm2 = 0;
  };

  MeshQuality quality_of(const Anatomy &anatomy);

  /// A table for people.
  std::string describe(const MeshQuality &quality);
}
