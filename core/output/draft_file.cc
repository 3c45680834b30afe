#include "core/output/draft_file.h"

#include "core/error.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace vivicor
{
  namespace
  {
    [[noreturn]] void fail_writing(const std::string &path, int error)
    {
      const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
      throw OutputError({"cannot write '" + path + "'", "", std::strerror(error), "",
                         full ? "free some space or choose another result folder" : "check the folder and its permissions"});
    }
  }

  DraftFile::DraftFile(const std::string &path)
    : path(path),
      temporary(path + ".writing." + std::to_string(getpid())),
      handle(open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666))
  {
    if (handle < 0)
      fail_writing(path, errno);
  }

  DraftFile::~DraftFile()
  {
    if (handle >= 0)
      close(handle);
    if (!committed)
      unlink(temporary.c_str());
  }

  void DraftFile::write(const char *bytes, std::size_t size)
  {
    for (std::size_t done = 0; done < size;)
      {
        const ssize_t n = ::write(handle, bytes + done, size - done);
        if (n < 0 && errno == EINTR)
          continue;
        if (n < 0)
          fail_writing(path, errno);
        done += static_cast<std::size_t>(n);
      }
  }

  void DraftFile::commit(Durable durable)
  {
    if (durable == Durable::yes && fsync(handle) != 0)
      fail_writing(path, errno);
    if (close(std::exchange(handle, -1)) != 0)
      fail_writing(path, errno);
    if (rename(temporary.c_str(), path.c_str()) != 0)
      fail_writing(path, errno);
    committed = true;
    if (durable == Durable::yes)
      sync_folder();
  }

  // Some network file systems refuse to sync a folder: the content itself is safe then, so that is no failure.
  void DraftFile::sync_folder() const
  {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    const int folder_handle = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder_handle < 0)
      return;
    fsync(folder_handle);
    close(folder_handle);
  }
}
