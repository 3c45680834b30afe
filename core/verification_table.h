// What a verification problem found: numbers beside published ones and the bands that they must lie in.
#pragma once

#include <string>
#include <vector>

namespace vivicor
{
  struct Comparison
  {
    std::string what;
    std::string published; ///< number with its source, or the exact value
    double ours = 0, low = 0, high = 0;
    bool inside() const { return ours >= low && ours <= high; } ///< false for what is not a number
  };

  struct VerificationTable
  {
    std::string title, note;
    std::vector<Comparison> lines;

    /// @param published taken as it stands, with the band published (1 +- tolerance)
    void add(const std::string &what, double ours, double published, double tolerance, const std::string &source);
    bool passed() const;
    std::string text() const;
  };
}
