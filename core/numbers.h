// Numbers as text, for decks, files and messages. std::to_string knows six decimals only: it writes 1e-7 as 0.
#pragma once

#include <string>

namespace vivicor
{
  /// The fewest digits that read back as the same double, an exponent only for very large and very small numbers: "0.1",
  /// "1e-07". For whatever is read again, and for what a user wrote.
  std::string shortest_digits(double value);

  /// The same of the value rounded to six significant digits: for measured and computed values in messages.
  std::string six_digits(double value);

  /// `value` rounded to so many significant digits.
  double rounded_to_digits(double value, int digits);
}
