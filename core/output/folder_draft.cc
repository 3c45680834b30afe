#include "core/output/folder_draft.h"

#include "core/error.h"

#include <unistd.h>

#include <filesystem>

namespace vivicor
{
  namespace fs = std::filesystem;

  namespace
  {
    std::string normal(const std::string &folder)
    {
      fs::path path = fs::absolute(folder).lexically_normal();
      return (path.has_filename() ? path : path.parent_path()).string(); // "folder/"
    }

    [[noreturn]] void refuse(const std::string &folder, const std::string &why, const std::string &mend)
    {
      throw UserError({"the output folder '" + folder + "' cannot be used", "", why, "", mend});
    }

    // Before the work, not after it: a name in the way, earlier results, no permission.
    void check_place(const std::string &folder, const std::string &mark, const bool overwrite)
    {
      const std::string other = "choose another folder with --output";
      std::error_code failed;
      if (fs::exists(folder, failed) && !fs::is_directory(folder, failed))
        refuse(folder, "a file of that name is in the way", other);
      if (!fs::is_directory(folder, failed) || fs::is_empty(folder, failed))
        return;
      if (!fs::exists(fs::path(folder) / mark))
        refuse(folder, "it holds files that are no results of this command", other);
      if (!overwrite)
        refuse(folder, "it already holds results, which would be lost",
               other + ", or pass --overwrite (they are then kept as " + folder + ".previous)");
    }
  }

  FolderDraft::FolderDraft(const std::string &folder, const std::string &mark, const bool overwrite)
    : folder(normal(folder)), mark(mark), temporary(this->folder + ".writing." + std::to_string(getpid()))
  {
    check_place(this->folder, mark, overwrite);
    std::error_code failed;
    fs::create_directories(temporary, failed);
    if (failed)
      refuse(this->folder, "it cannot be made: " + failed.message(), "choose another folder with --output or change its permissions");
  }

  FolderDraft::~FolderDraft()
  {
    std::error_code ignored;
    if (!committed)
      fs::remove_all(temporary, ignored);
  }

  std::string FolderDraft::file(const std::string &name) const
  {
    return (fs::path(temporary) / name).string();
  }

  void FolderDraft::commit()
  {
    std::error_code failed;
    const std::string previous = folder + ".previous";
    if (fs::exists(fs::path(folder) / mark))
      {
        if (fs::exists(previous) && !fs::exists(fs::path(previous) / mark))
          throw OutputError({"earlier results cannot be kept as '" + previous + "'", "", "something else has that name", "",
                             "move it away or choose another folder with --output"});
        fs::remove_all(previous, failed);
        fs::rename(folder, previous, failed);
      }
    if (!failed)
      fs::rename(temporary, folder, failed);
    if (failed)
      throw OutputError(
        {"cannot write the folder '" + folder + "'", "", failed.message(), "", "free some space or choose another folder with --output"});
    committed = true;
  }
}
