// What registers itself in this folder.
#include "circulation/element.h"
#include "core/registries.h"

namespace vivicor
{
  namespace
  {
    const Announce<CirculationElement> kind{{"circulation_elements",
                                             "What joins compartments of a circulation network.",
                                             "circulation/elements",
                                             {"circulation.elements.*.kind"}}};
  }
}
