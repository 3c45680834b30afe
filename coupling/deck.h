// The whole deck: every part's entries and those of the run itself.
#pragma once

#include "core/parameters/parameters.h"

namespace vivicor
{
  /// `vivicor explain` and docs/parameters.md are made from it.
  Schema deck_schema();

  /// Name and sentence of a case, with the name's default: of every deck.
  void declare_case(Schema &deck, const std::string &name);

  /// The section "circulation": also of `vivicor circulation`.
  void declare_circulation(Schema &deck);

  /// When the run ends (ms), from the section "time".
  double end_of_run(const Parameters &time);
}
