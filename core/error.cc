#include "core/error.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <vector>

namespace vivicor
{
  std::string format(const ErrorText &text)
  {
    std::string out = text.what;
    const auto line = [&out](const std::string &label, const std::string &content) {
      if (!content.empty())
        out.append("\n  ").append(label).append(": ").append(content);
    };
    line("where", text.where);
    line("why", text.why);
    line("nearest", text.nearest);
    line("mend", text.mend);
    return out;
  }

  // One row of the dynamic programming table at a time: row[j] is the distance of the first i letters of a to the first
  // j of b.
  std::size_t edit_distance(const std::string &a, const std::string &b)
  {
    const auto same = [](char x, char y) {
      return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    };
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (std::size_t i = 1; i <= a.size(); ++i)
      {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j)
          {
            const std::size_t substitution = diagonal + (same(a[i - 1], b[j - 1]) ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, substitution});
          }
      }
    return row[b.size()];
  }

  std::size_t unlikeness(const std::string &given, const std::string &choice)
  {
    const std::size_t whole = edit_distance(given, choice);
    const bool begun = given.size() >= 3 && edit_distance(given, choice.substr(0, given.size())) == 0;
    return begun ? std::min<std::size_t>(whole, 1) : whole;
  }
}
