// What registers itself in this folder.
#include "circulation/compartment.h"
#include "core/registries.h"

namespace vivicor
{
  namespace
  {
    const Announce<Compartment> kind{{"circulation_compartments",
                                      "Places of a circulation network that hold blood.",
                                      "circulation/compartments",
                                      {"circulation.compartments.*.kind"}}};
  }
}
