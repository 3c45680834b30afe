// Where the wall of the left ventricle begins and ends: straight lines through it that belong to the material.
#pragma once

#include "meshes/fibres/fibres.h"

#include <array>
#include <vector>

namespace vivicor
{
  /// From a node of the endocardium across the wall to a point of its outer surface.
  struct Transmural
  {
    unsigned inner;
    std::array<unsigned, 3> outer;
    std::array<double, 3> weights; ///< of the outer nodes

    /// Length in a shape of the heart, mm.
    double length(const std::vector<Point3> &x) const;
  };

  /// One line from every node of the LV's endocardium at which a ray along the outward normal meets the epicardium or, through
  /// the septum, the endocardium of the RV, in the reference configuration.
  std::vector<Transmural> transmural_lines(const Anatomy &anatomy);

  /// Area-weighted outward normals (into the wall) by node; zero off the surface. Not of unit length.
  std::vector<Point3> outward_normals(const std::vector<Point3> &x, const Surface &endocardium);
}
