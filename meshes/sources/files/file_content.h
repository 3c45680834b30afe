// What a reader of mesh files hands over.
#pragma once

#include "core/mesh/mesh.h"

#include <map>
#include <string>
#include <vector>

namespace vivicor
{
  struct MeshFileContent
  {
    Mesh mesh;                                          ///< lengths in the unit of the file
    std::map<std::string, std::vector<double>> scalars; ///< nodal arrays of one component
  };
}
