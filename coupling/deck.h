// The whole deck: every part's entries and those of the run itself.
#pragma once

#include "core/parameters/parameters.h"

#include <mpi.h>

namespace vivicor
{
  /// `vivicor explain` and docs/parameters.md are made from it.
  Schema deck_schema();

  /// Collective. Reads a deck of that schema on every rank. @throws UserError on all of them when one cannot read it, or when
  /// one reads another deck than rank 0: a file that only some nodes have, or an old copy
  Deck read_deck(MPI_Comm comm, const std::string &file, const std::vector<std::string> &settings);

  /// Name and sentence of a case, with the name's default: of every deck.
  void declare_case(Schema &deck, const std::string &name);

  /// The section "circulation": also of `vivicor circulation`.
  void declare_circulation(Schema &deck);

  /// When the run ends (ms), from the section "time".
  double end_of_run(const Parameters &time);
}
