// Texts that a shell reads: paths, settings and commands that are pasted.
#pragma once

#include <string>
#include <vector>

namespace vivicor
{
  /// A text in quotes that a shell reads back as it is, whatever it holds; without them where it needs none.
  std::string quoted(const std::string &text);

  /// The same of each word, with blanks between: a command that can be pasted.
  std::string quoted(const std::vector<std::string> &words);
}
