// Files that are either whole or absent.
#pragma once

#include "core/output/draft_file.h"

#include <string>

namespace vivicor
{
  /// Writes `content` to a file beside `path`, flushes it to disk (where it is to be durable) and renames it to `path`.
  /// @throws OutputError with the system's reason (disk full, no permission)
  void write_whole(const std::string &path, const std::string &content, DraftFile::Durable durable = DraftFile::Durable::yes);

  /// The whole content of a file. @throws UserError when it cannot be read.
  std::string read_whole(const std::string &path);

  /// The same of a text that people or other programs wrote: without the byte-order mark that Excel and Notepad put before
  /// UTF-8, and with "\n" at the end of every line, whichever system it comes from.
  /// @throws UserError also for UTF-16, which begins with a mark of its own
  std::string read_text(const std::string &path);

  /// SHA-256 of a file's content, 64 hex digits. @throws UserError when it cannot be read.
  std::string sha256_of_file(const std::string &path);
  std::string sha256_of_text(const std::string &text);
}
