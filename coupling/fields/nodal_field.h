// Values by number, as a field of a grid.
#pragma once

#include "core/mesh/mesh.h"
#include "core/output/vtu.h"

#include <string>
#include <type_traits>

namespace vivicor
{
  /// @param value of i = 0 to n - 1: a number, or a Point3 for three components
  template <class Value>
  VtuField nodal_field(const std::string &name, unsigned components, std::size_t n, const Value &value)
  {
    VtuField result{name, components, {}};
    result.values.reserve(components * n);
    for (std::size_t i = 0; i < n; ++i)
      {
        if constexpr (std::is_same_v<std::decay_t<decltype(value(i))>, Point3>)
          for (const double x : value(i))
            result.values.push_back(x);
        else
          result.values.push_back(value(i));
      }
    return result;
  }
}
