#include "core/output/files.h"

#include "core/error.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <utility>
#include <vector>

namespace vivicor
{
  namespace
  {
    [[noreturn]] void fail_writing(const std::string &path, int error)
    {
      const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
      throw OutputError(
        {"cannot write '" + path + "'", "", std::strerror(error), "",
         full ? "free some space or choose another result folder" : "check the folder and its permissions"});
    }

    // The new file beside the old one. Unless it is committed, it leaves no trace.
    class Draft
    {
    public:
      Draft(const std::string &path)
        : path(path),
          temporary(path + ".writing." + std::to_string(getpid())),
          handle(open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666))
      {
        if (handle < 0)
          fail_writing(path, errno);
      }

      ~Draft()
      {
        if (handle >= 0)
          close(handle);
        if (!committed)
          unlink(temporary.c_str());
      }

      Draft(const Draft &) = delete;
      Draft &operator=(const Draft &) = delete;

      void write_all(const std::string &content)
      {
        for (std::size_t done = 0; done < content.size();)
          {
            const ssize_t n = write(handle, content.data() + done, content.size() - done);
            if (n < 0 && errno == EINTR)
              continue;
            if (n < 0)
              fail_writing(path, errno);
            done += static_cast<std::size_t>(n);
          }
      }

      // On disk first, then under its name: after a power cut the name shows the old content or the new, never a torn
      // file.
      void commit()
      {
        if (fsync(handle) != 0)
          fail_writing(path, errno);
        if (close(std::exchange(handle, -1)) != 0)
          fail_writing(path, errno);
        if (rename(temporary.c_str(), path.c_str()) != 0)
          fail_writing(path, errno);
        committed = true;
        sync_folder();
      }

    private:
      // Some network file systems refuse to sync a folder: the content itself is safe then, so that is no failure.
      void sync_folder() const
      {
        const std::string folder = std::filesystem::path(path).parent_path().string();
        const int folder_handle = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (folder_handle < 0)
          return;
        fsync(folder_handle);
        close(folder_handle);
      }

      std::string path, temporary;
      int handle;
      bool committed = false;
    };

    // The file in the same folder whose name is closest to the missing one, if it is close at all.
    std::string nearest_file(const std::string &path)
    {
      const std::filesystem::path wanted(path);
      const auto folder = wanted.has_parent_path() ? wanted.parent_path() : std::filesystem::path(".");
      std::vector<std::string> names;
      std::error_code no_folder;
      for (const auto &entry : std::filesystem::directory_iterator(folder, no_folder))
        names.push_back(entry.path().filename().string());
      const std::string name = wanted.filename().string(), best = nearest_of(name, names);
      if (best.empty() || edit_distance(name, best) > name.size() / 2)
        return "";
      return (wanted.parent_path() / best).string();
    }

    std::ifstream open_for_reading(const std::string &path)
    {
      std::error_code ignored;
      if (std::filesystem::is_directory(path, ignored))
        throw UserError(
          {"cannot read '" + path + "'", "", "it is a folder, not a file", "", "give the path of a file"});
      std::ifstream in(path, std::ios::binary);
      if (!in)
        throw UserError({"cannot read '" + path + "'", "", std::strerror(errno), nearest_file(path), "check the path"});
      return in;
    }

    void check_read(const std::ifstream &in, const std::string &path)
    {
      if (in.bad())
        throw UserError({"cannot read '" + path + "' to its end", "", std::strerror(errno), "", "check the disk"});
    }
  }

  void write_whole(const std::string &path, const std::string &content)
  {
    Draft draft(path);
    draft.write_all(content);
    draft.commit();
  }

  std::string read_whole(const std::string &path)
  {
    std::ifstream in = open_for_reading(path);
    std::ostringstream content;
    content << in.rdbuf();
    check_read(in, path);
    return std::move(content).str();
  }

  std::string sha256_of_file(const std::string &path)
  {
    std::ifstream in = open_for_reading(path);
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX *)> digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr);
    std::array<char, 1 << 16> block;
    while (in.read(block.data(), block.size()), in.gcount() > 0)
      EVP_DigestUpdate(digest.get(), block.data(), static_cast<std::size_t>(in.gcount()));
    check_read(in, path);

    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes;
    unsigned size = 0;
    EVP_DigestFinal_ex(digest.get(), bytes.data(), &size);
    std::string text;
    for (unsigned i = 0; i < size; ++i)
      for (const unsigned nibble : {bytes[i] >> 4, bytes[i] & 15})
        text += "0123456789abcdef"[nibble];
    return text;
  }
}
