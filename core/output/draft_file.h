// A file written beside its final place and renamed to it when all is there: under its name it is either whole or absent.
#pragma once

#include <cstddef>
#include <string>

namespace vivicor
{
  class DraftFile
  {
  public:
    /// Begins a file beside `path`. @throws OutputError
    explicit DraftFile(const std::string &path);
    ~DraftFile(); ///< leaves no trace unless committed
    DraftFile(const DraftFile &) = delete;
    DraftFile &operator=(const DraftFile &) = delete;

    /// @throws OutputError with the system's reason (disk full, no permission)
    void write(const char *bytes, std::size_t size);

    /// Under its name. Durable: on disk before, so that after a power cut the name shows the old content or the new, never a torn
    /// file; else only against the end of the program, for what is written often and can be made again.
    enum class Durable { yes, no };
    /// @throws OutputError
    void commit(Durable durable = Durable::yes);

  private:
    void sync_folder() const;

    std::string path, temporary;
    int handle;
    bool committed = false;
  };
}
