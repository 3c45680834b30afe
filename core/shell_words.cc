#include "core/shell_words.h"

namespace vivicor
{
  std::string quoted(const std::string &text)
  {
    constexpr const char *plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,%@";
    if (!text.empty() && text.find_first_not_of(plain) == std::string::npos)
      return text;
    std::string result = "'";
    for (const char c : text)
      result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return result + "'";
  }

  std::string quoted(const std::vector<std::string> &words)
  {
    std::string line;
    for (const std::string &word : words)
      line += (line.empty() ? "" : " ") + quoted(word);
    return line;
  }
}
