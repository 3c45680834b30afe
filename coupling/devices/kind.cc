// What registers itself in this folder.
#include "core/registries.h"
#include "coupling/devices/device.h"

namespace vivicor
{
  namespace
  {
    const Announce<Device> kind{{"devices", "What can be implanted.", "coupling/devices", {"devices.*.model"}}};
  }
}
