// What registers itself in this folder.
#include "core/registries.h"
#include "mechanics/active_tension/active_tension.h"

namespace vivicor
{
  namespace
  {
    const Announce<ActiveTension> kind{{"active_tension",
                                        "Tension along the fibre that calcium raises.",
                                        "mechanics/active_tension",
                                        {"mechanics.tissue.ventricle.active.model", "mechanics.tissue.atrium.active.model"}}};
  }
}
