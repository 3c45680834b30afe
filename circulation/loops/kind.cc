// What registers itself in this folder.
#include "circulation/circulation.h"
#include "core/registries.h"

namespace vivicor
{
  namespace
  {
    const Announce<Circulation> kind{
      {"circulation", "Closed loops of vessels and valves around the chambers.", "circulation/loops", {"circulation.model"}}};
  }
}
