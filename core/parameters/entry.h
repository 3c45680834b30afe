// One entry of a deck against its declaration. Private to core/parameters_*.cc.
#pragma once

#include "core/parameters/nodes.h"

namespace vivicor::deck
{
  /// Fills in the value of `node`, whose key and place are set already.
  /// @throws UserError when `raw` has the wrong type or unit or is out of range
  void read_entry(Parameters::Node &node, const Entry &entry, const Raw &raw);

  /// The default as if it stood in a deck.
  Raw default_of(const Schema::Node &node);
}
