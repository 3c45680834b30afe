// Where a run looks for its inputs, and where its results go.
#pragma once

#include "coupling/tasks/run.h"

#include <filesystem>
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

  /// @param study added to the name of the deck where no folder is given
  inline std::string output_folder(const RunOptions &options, const std::string &study = "")
  {
    const std::filesystem::path results = "results";
    return options.output.empty() ? (results / std::filesystem::path(options.deck_file).stem()).string() + study : options.output;
  }
}
