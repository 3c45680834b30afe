#include "coupling/folder/result_folder.h"

#include "core/error.h"

#include <unistd.h>

#include <filesystem>

namespace vivicor
{
  namespace fs = std::filesystem;

  namespace
  {
    // run.json alone is what a run that was stopped before its first step leaves: no result, and none to push earlier ones out
    // of FOLDER.previous.
    bool holds_results(const fs::path &folder)
    {
      for (const char *name : {"summary.json", "timeseries.csv"})
        if (fs::exists(folder / name))
          return true;
      return false;
    }

    bool writable(const fs::path &folder)
    {
      // Root passes access() on a folder marked read-only; whoever marked it meant it.
      const auto anyone = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
      return (fs::status(folder).permissions() & anyone) != fs::perms::none && access(folder.c_str(), W_OK) == 0;
    }

    fs::path existing_part(fs::path path)
    {
      while (!fs::exists(path) && path.has_parent_path() && path != path.parent_path())
        path = path.parent_path();
      return path;
    }
  }

  void check_result_folder(const std::string &folder, bool overwrite)
  {
    const fs::path path = fs::absolute(folder);
    const fs::path existing = existing_part(path);
    if (!fs::is_directory(existing))
      throw UserError({"the output folder '" + folder + "' cannot be made", existing.string(), "a file of that name is in the way", "",
                       "choose another folder with --output"});
    if (!writable(existing))
      throw UserError({"the output folder '" + folder + "' cannot be written", existing.string(), "it is read-only", "",
                       "choose another folder with --output or change its permissions"});
    if (!overwrite && fs::exists(path) && holds_results(path))
      throw UserError({"the output folder '" + folder + "' already holds results", path.string(), "they would be lost", "",
                       "choose another folder with --output, or pass --overwrite (they are then kept as " + folder + ".previous)"});
  }

  void create_result_folder(const std::string &folder, bool overwrite)
  {
    check_result_folder(folder, overwrite);
    std::error_code failed;
    fs::path path = fs::absolute(folder).lexically_normal();
    if (!path.has_filename()) // "folder/"
      path = path.parent_path();
    if (overwrite && fs::exists(path) && holds_results(path))
      {
        const fs::path previous = path.string() + ".previous";
        fs::remove_all(previous, failed);
        fs::rename(path, previous, failed);
      }
    for (const char *name : {"fields", "checkpoints"})
      if (!failed)
        fs::create_directories(path / name, failed);
    if (failed)
      throw OutputError(
        {"the output folder '" + folder + "' cannot be made", path.string(), failed.message(), "", "choose another folder with --output"});
  }
}
