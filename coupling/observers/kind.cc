// What registers itself in this folder.
#include "core/registries.h"
#include "coupling/observer.h"

namespace vivicor
{
  namespace
  {
    const Announce<Observer> kind{{"observers", "What watches a run and writes its results.", "coupling/observers", {}}};
  }
}
