// The folder of a run. Earlier results are never overwritten unless asked, and even then kept beside.
#pragma once

#include <string>

namespace vivicor
{
  /// Rank 0 only. Refuses what can be refused before hours of work: a folder with results of any command, a path that cannot be
  /// written or looked at, a FOLDER.previous that holds something else.
  /// @throws UserError; the folder is untouched
  void check_result_folder(const std::string &folder, bool overwrite);

  /// Rank 0 only. Creates it with its subfolders. With `overwrite`, earlier results move to FOLDER.previous.
  /// @throws UserError, OutputError
  void create_result_folder(const std::string &folder, bool overwrite);

  /// Rank 0 only. For a run that goes on in its folder. @throws UserError for one that cannot be written
  void check_folder_to_resume(const std::string &folder);

  /// One rank only. The same for a single file: never one that is there, unless `overwrite`. @param option that names it
  /// @throws UserError
  void check_output_file(const std::string &file, bool overwrite, const std::string &option);
}
