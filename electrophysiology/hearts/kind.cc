// What registers itself in this folder.
#include "core/registries.h"
#include "electrophysiology/electrical_heart.h"

namespace vivicor
{
  namespace
  {
    const Announce<ElectricalHeart> kind{
      {"electrical_hearts", "What makes the electrical wave.", "electrophysiology/hearts", {"electrophysiology.model"}}};
  }
}
