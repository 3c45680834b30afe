// Where the files lie that a deck names.
#pragma once

#include "core/parameters/parameters.h"

#include <string>
#include <vector>

namespace vivicor
{
  /// Folders beside which a file named in the deck `file` may lie: that of the deck as it was named and, where this is a link,
  /// that of the deck which it stands for.
  std::vector<std::string> folders_of_deck(const std::string &file);

  /// Where the file that a path entry names may lie, best first: as it is for an absolute path, else beside the deck that names it
  /// (for --set and defaults: the deck that was read), in the folders of folders_of_deck(). Empty without a deck.
  std::vector<std::string> file_places(const Parameters &parameters, const std::string &key);
}
