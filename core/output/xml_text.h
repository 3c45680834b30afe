// Text inside XML, SVG and HTML.
#pragma once

#include <string>

namespace vivicor
{
  /// `text` with markup characters replaced by their entities and control characters by spaces.
  std::string escaped_xml(const std::string &text);
}
