#include "core/verification_table.h"

#include <algorithm>
#include <cstdio>

namespace vivicor
{
  namespace
  {
    std::string number(double value)
    {
      char text[32];
      std::snprintf(text, sizeof text, "%.5g", value);
      return text;
    }

    std::string cell(const std::string &text, std::size_t width)
    {
      return text + std::string(width > text.size() ? width - text.size() : 0, ' ') + "  ";
    }
  }

  void VerificationTable::add(const std::string &what, double ours, double published, double tolerance, const std::string &source)
  {
    lines.push_back({what, number(published) + (source.empty() ? "" : " (" + source + ")"), ours, published * (1 - tolerance),
                     published * (1 + tolerance)});
  }

  bool VerificationTable::passed() const
  {
    return std::all_of(lines.begin(), lines.end(), [](const Comparison &line) { return line.inside(); });
  }

  std::string VerificationTable::text() const
  {
    std::size_t what = 7, published = 9;
    for (const auto &line : lines)
      {
        what = std::max(what, line.what.size());
        published = std::max(published, line.published.size());
      }
    std::string text = title + "\n" + (note.empty() ? "" : note + "\n");
    text += "  " + cell("problem", what) + cell("ours", 9) + cell("published", published) + cell("band", 20) + "\n";
    for (const auto &line : lines)
      text += "  " + cell(line.what, what) + cell(number(line.ours), 9) + cell(line.published, published)
              + cell(number(line.low) + " .. " + number(line.high), 20) + (line.inside() ? "" : "OUTSIDE") + "\n";
    return text;
  }
}
