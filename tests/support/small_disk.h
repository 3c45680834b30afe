// A disk that fills up soon: a file system of its own in memory, mounted while a test lives.
#pragma once

#include <sys/mount.h>

#include <filesystem>
#include <string>

namespace vivicor::testing
{
  class SmallDisk
  {
  public:
    /// @param folder is made, empty @param size such as "128k"
    SmallDisk(const std::string &folder, const std::string &size) : folder(folder)
    {
      std::filesystem::create_directories(folder);
      is_mounted = mount("none", folder.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
    }
    ~SmallDisk()
    {
      if (is_mounted)
        umount(folder.c_str());
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    /// False where mounting is not allowed.
    bool is_there() const { return is_mounted; }
    void resize(const std::string &size) const { mount("none", folder.c_str(), "tmpfs", MS_REMOUNT, ("size=" + size).c_str()); }

  private:
    std::string folder;
    bool is_mounted;
  };
}
