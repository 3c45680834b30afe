// What the mechanics refuses, before it is built.
#pragma once

#include "core/parameters/parameters.h"
#include "meshes/fibres/fibres.h"

namespace vivicor
{
  /// Laws for regions that the heart has not or with parameters that do not fit together, cavities without an imaged pressure, a
  /// heart that nothing holds; warns of one that is hardly held. The same on every rank. @param deck the whole one @throws UserError
  void validate_mechanics(const Anatomy &anatomy, const Fibres &fibres, const Parameters &deck);
}
