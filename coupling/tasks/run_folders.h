// Where a run looks for its inputs, and where its results go.
#pragma once

#include "core/parameters/file_places.h"
#include "coupling/tasks/run.h"

#include <filesystem>
#include <string>
#include <vector>

namespace vivicor
{
  /// Folders in which relative mesh paths are sought: the deck's own first (of a link: its own and that of the deck it leads
  /// to), then those of the options.
  inline std::vector<std::string> mesh_folders(const Deck &deck, const RunOptions &options)
  {
    std::vector<std::string> result = folders_of_deck(deck.file);
    if (result[0].empty())
      result[0] = ".";
    result.insert(result.end(), options.data_folders.begin(), options.data_folders.end());
    return result;
  }

  /// A name for the results of a deck, by its own and that of its folder, as decks of one name lie in many folders:
  /// "minimal_heart" of minimal/heart.json, but "whole_heart" of whole_heart/heart.json. The script ./run has the same rule.
  inline std::string name_of_deck(const std::string &deck_file)
  {
    const std::filesystem::path file = std::filesystem::absolute(deck_file).lexically_normal();
    const std::string stem = file.stem().string(), folder = file.parent_path().filename().string();
    if (folder.empty() || folder == stem || folder.ends_with("_" + stem))
      return folder.empty() ? stem : folder;
    return folder + "_" + stem;
  }

  /// @param study added to the name of the deck where no folder is given
  inline std::string output_folder(const RunOptions &options, const std::string &study = "")
  {
    return options.output.empty() ? (std::filesystem::path("results") / name_of_deck(options.deck_file)).string() + study : options.output;
  }
}
