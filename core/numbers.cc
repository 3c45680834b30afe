#include "core/numbers.h"

#include <array>
#include <charconv>
#include <cmath>

namespace vivicor
{
  std::string shortest_digits(double value)
  {
    const double size = std::abs(value);
    const auto format = size == 0.0 || (size >= 1e-4 && size < 1e7) ? std::chars_format::fixed : std::chars_format::scientific;
    std::array<char, 40> buffer;
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format);
    return {buffer.data(), end};
  }

  double rounded_to_digits(double value, int digits)
  {
    std::array<char, 40> buffer;
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, digits);
    double result = value;
    std::from_chars(buffer.data(), end, result);
    return result;
  }

  std::string six_digits(double value)
  {
    return shortest_digits(rounded_to_digits(value, 6));
  }
}
