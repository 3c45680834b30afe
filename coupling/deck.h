// The whole deck: every part's entries and those of the run itself.
#pragma once

#include "core/parameters.h"

namespace vivicor
{
  /// `vivicor explain` and docs/parameters.md are made from it.
  Schema deck_schema();
}
