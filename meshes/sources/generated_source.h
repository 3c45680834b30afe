// "mesh": {"source": "generated"}: the sizes of the project's own heart.
#pragma once

#include "core/parameters/parameters.h"
#include "meshes/sources/heart_shape.h"

namespace vivicor
{
  /// Entries beside "source": "generated".
  void declare_heart_sizes(Schema &mesh);

  /// @param mesh the section "mesh"
  HeartSizes read_heart_sizes(const Parameters &mesh);
}
