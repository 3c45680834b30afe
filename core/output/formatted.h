// printf's formats for std::string.
#pragma once

#include <cstdio>
#include <string>

namespace vivicor
{
  /// The text that std::snprintf makes of these; at most 299 characters.
  template <class... Values>
  std::string formatted(const char *format, Values... values)
  {
    char text[300];
    std::snprintf(text, sizeof text, format, values...);
    return text;
  }
}
