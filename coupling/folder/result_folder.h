// The folder of a run. Earlier results are never overwritten unless asked, and even then kept beside.
#pragma once

#include <string>

namespace vivicor
{
  /// Rank 0 only. Refuses what can be refused before hours of work: a folder with results, a path that cannot be written.
  /// @throws UserError; the folder is untouched
  void check_result_folder(const std::string &folder, bool overwrite);

  /// Rank 0 only. Creates it with its subfolders. With `overwrite`, earlier results move to FOLDER.previous.
  /// @throws UserError, OutputError
  void create_result_folder(const std::string &folder, bool overwrite);
}
