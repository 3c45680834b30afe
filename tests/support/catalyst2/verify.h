// What ParaView's Catalyst demands of what it is given.
#pragma once

#include "tests/support/catalyst2/node.h"

namespace stand_in
{
  /// Of catalyst_initialize and catalyst_execute. @throws std::runtime_error
  void verify_start(const Node &catalyst);
  void verify_look(const Node &catalyst);
}
