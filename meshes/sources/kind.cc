// What registers itself in this folder.
#include "core/registries.h"
#include "meshes/sources/mesh_source.h"

namespace vivicor
{
  namespace
  {
    const Announce<MeshSource> kind{{"mesh_sources", "Where the mesh comes from.", "meshes/sources", {"mesh.source"}}};
  }
}
