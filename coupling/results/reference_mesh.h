// A heart as a mesh file and a deck that reads it again.
#pragma once

#include "core/output/vtu.h"
#include "core/parameters/parameters.h"
#include "meshes/fibres/fibres.h"

#include <string>

namespace vivicor
{
  /// The heart as a mesh file holds it: tetrahedra with the tags that the deck gives their regions, triangles with those of
  /// cavities, vessel ends and epicardium; nodal fibres and sheets, the positions of the imaged heart, depth and height in
  /// the wall.
  /// @param imaged mm, by node; left out where empty
  VtuPiece tagged_mesh(const Parameters &deck, const Anatomy &anatomy, const Fibres &fibres, const std::vector<Point3> &imaged);

  /// The resolved deck with that mesh in place of its own, unloaded already.
  /// @param file name of the mesh, beside the deck
  std::string deck_of_tagged_mesh(const Parameters &deck, const Anatomy &anatomy, const std::string &file);
}
