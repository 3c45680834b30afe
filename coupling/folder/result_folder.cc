#include "coupling/folder/result_folder.h"

#include "core/error.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace vivicor
{
  namespace fs = std::filesystem;

  namespace
  {
    // Of every command that writes a folder, the unfinished ones' too. run.json alone is what a run that was stopped before its first
    // step leaves: no result, and none to push earlier ones out of FOLDER.previous.
    const std::vector<std::string> marks{"summary.json", "timeseries.csv", "ecg.csv",          "activation.json",
                                         "unload.json",  "unloaded.vtu",   "unloading.csv",    "cell.json",
                                         "report.html",  "activation.vtu", "circulation.json", "activation.pvtu"};

    bool is_there(const fs::path &path)
    {
      std::error_code unknown;
      return fs::exists(path, unknown);
    }

    bool holds_results(const fs::path &folder)
    {
      return std::any_of(marks.begin(), marks.end(), [&](const std::string &name) { return is_there(folder / name); });
    }

    [[noreturn]] void refuse(const std::string &folder, const std::string &what, const std::string &where, const std::string &why,
                             const std::string &mend = "choose another folder with --output")
    {
      throw UserError({"the output folder '" + folder + "' " + what, where, why, "", mend});
    }

    bool writable(const fs::path &folder)
    {
      // Root passes access() on a folder marked read-only; whoever marked it meant it.
      const auto anyone = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
      std::error_code unknown;
      return (fs::status(folder, unknown).permissions() & anyone) != fs::perms::none && access(folder.c_str(), W_OK | X_OK) == 0;
    }

    /// The path as a whole, without a slash at its end.
    fs::path whole_path(const std::string &folder)
    {
      std::error_code failed;
      const fs::path path = fs::absolute(folder, failed).lexically_normal();
      if (failed)
        refuse(folder, "cannot be made", folder, failed.message());
      return path.has_filename() ? path : path.parent_path();
    }

    /// The deepest part of the path that is there. @throws UserError where that cannot be found out
    fs::path existing_part(const std::string &folder, fs::path path)
    {
      for (;; path = path.parent_path())
        {
          std::error_code failed;
          const fs::file_status status = fs::status(path, failed);
          if (status.type() == fs::file_type::none) // no permission to look, a loop of links, a name too long
            refuse(folder, "cannot be used", path.string(), failed.message());
          if (status.type() == fs::file_type::not_found && fs::is_symlink(path, failed))
            refuse(folder, "cannot be made", path.string(), "a link of that name points nowhere");
          if (status.type() != fs::file_type::not_found || path == path.parent_path())
            return path;
        }
    }

    fs::path previous_of(const fs::path &path)
    {
      return path.string() + ".previous";
    }
  }

  void check_result_folder(const std::string &folder, bool overwrite)
  {
    const fs::path path = whole_path(folder), existing = existing_part(folder, path);
    std::error_code unknown;
    if (!fs::is_directory(existing, unknown))
      refuse(folder, "cannot be made", existing.string(), "a file of that name is in the way");
    if (!writable(existing))
      refuse(folder, "cannot be written", existing.string(), "it is read-only",
             "choose another folder with --output or change its permissions");
    if (!holds_results(path))
      return;
    if (!overwrite)
      refuse(folder, "already holds results", path.string(), "they would be lost",
             "choose another folder with --output, or pass --overwrite (they are then kept as " + folder + ".previous)");
    if (const fs::path previous = previous_of(path); is_there(previous) && !holds_results(previous))
      refuse(folder, "cannot be kept as " + previous.string(), previous.string(), "something else than results has that name",
             "move that away or choose another folder with --output");
    if (!writable(path.parent_path()))
      refuse(folder, "cannot be kept as " + previous_of(path).string(), path.parent_path().string(), "it is read-only");
  }

  void create_result_folder(const std::string &folder, bool overwrite)
  {
    check_result_folder(folder, overwrite);
    std::error_code failed;
    const fs::path path = whole_path(folder);
    if (overwrite && holds_results(path))
      {
        fs::remove_all(previous_of(path), failed);
        fs::rename(path, previous_of(path), failed);
      }
    for (const char *name : {"fields", "checkpoints"})
      if (!failed)
        fs::create_directories(path / name, failed);
    if (failed)
      throw OutputError(
        {"the output folder '" + folder + "' cannot be made", path.string(), failed.message(), "", "choose another folder with --output"});
  }

  void check_folder_to_resume(const std::string &folder)
  {
    const fs::path path = whole_path(folder), existing = existing_part(folder, path);
    if (existing == path && !writable(path))
      refuse(folder, "cannot be written", path.string(), "it is read-only", "change its permissions");
  }

  void check_output_file(const std::string &file, bool overwrite, const std::string &option)
  {
    const auto refuse_file = [&](const std::string &why, const std::string &mend) {
      throw UserError({"the file '" + file + "' cannot be written", option, why, "", mend});
    };
    const fs::path path(file);
    std::error_code failed;
    const fs::file_status status = fs::status(path, failed);
    const std::string other = "choose another name";
    if (status.type() == fs::file_type::none)
      refuse_file(failed.message(), other);
    if (status.type() == fs::file_type::directory)
      refuse_file("a folder of that name is in the way", other);
    if (fs::exists(status) && !overwrite)
      refuse_file("it is there already and would be lost", other + ", or pass --overwrite");
    const fs::path parent = path.has_parent_path() ? path.parent_path() : fs::path(".");
    if (!fs::is_directory(parent, failed))
      refuse_file("there is no folder '" + parent.string() + "'", "make the folder, or " + other);
    if (!writable(parent))
      refuse_file("the folder '" + parent.string() + "' is read-only", other);
  }
}
