// What registers itself in this folder.
#include "core/registries.h"
#include "mechanics/pump.h"

namespace vivicor
{
  namespace
  {
    const Announce<Pump> kind{{"pumps", "What moves the blood.", "mechanics/pumps", {"mechanics.model"}}};
  }
}
