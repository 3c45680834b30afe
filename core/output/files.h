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

  /// SHA-256 of a file's content, 64 hex digits. @throws UserError when it cannot be read.
  std::string sha256_of_file(const std::string &path);
  std::string sha256_of_text(const std::string &text);
}
