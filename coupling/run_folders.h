// Where a run looks for its inputs.
#pragma once

#include "coupling/run.h"

#include <string>
#include <vector>

namespace vivicor
{
  /// Folders in which relative mesh paths are sought: the deck's own first, then those of the options.
  inline std::vector<std::string> mesh_folders(const Deck &deck, const RunOptions &options)
  {
    std::vector<std::string> result{deck.folder.empty() ? "." : deck.folder};
    result.insert(result.end(), options.data_folders.begin(), options.data_folders.end());
    return result;
  }
}
