// Reading one cell of a table of numbers.
#pragma once

#include "core/error.h"

#include <cmath>
#include <exception>
#include <string>

namespace vivicor
{
  /// The finite number in one cell of a table; throws UserError naming `where` if there is none.
  inline double number_in(const std::string &text, const std::string &where)
  {
    std::size_t used = 0;
    double value = std::nan("");
    try
      {
        value = std::stod(text, &used);
      }
    catch (const std::exception &)
      {
      }
    if (used != text.size() || !std::isfinite(value))
      throw UserError({"'" + text + "' is not a number", where, "", "", "write a number; the unit stands in the header"});
    return value;
  }
}
