// The project's own four-chamber heart: solids and booleans by OpenCASCADE, tetrahedra by Gmsh.
#pragma once

#include "meshes/sources/generated/heart_shape.h"

namespace vivicor
{
  /// Builds and meshes the heart. Deterministic, one thread, silent, no MPI: every rank may call it and gets the same
  /// mesh. Volume and surface tags are those of heart_tag.
  /// @throws UserError when the sizes do not make a heart (solids that miss each other, a cavity that is not closed)
  Mesh generate_heart(const HeartSizes &sizes);
}
