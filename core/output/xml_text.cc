#include "core/output/xml_text.h"

namespace vivicor
{
  std::string escaped_xml(const std::string &text)
  {
    std::string result;
    for (const char c : text)
      switch (c)
        {
        case '&':
          result += "&amp;";
          break;
        case '<':
          result += "&lt;";
          break;
        case '>':
          result += "&gt;";
          break;
        case '"':
          result += "&quot;";
          break;
        default:
          result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
    return result;
  }
}
