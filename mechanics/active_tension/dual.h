// A number that carries its derivative in the fibre stretch, so that a local solve written once gives its exact
// stiffness.
#pragma once

#include <cmath>

namespace vivicor
{
  struct Dual
  {
    double value = 0., slope = 0.;
    Dual(const double value = 0., const double slope = 0.) : value(value), slope(slope) {}
  };

  inline Dual operator+(const Dual &a, const Dual &b)
  {
    return {a.value + b.value, a.slope + b.slope};
  }
  inline Dual operator-(const Dual &a, const Dual &b)
  {
    return {a.value - b.value, a.slope - b.slope};
  }
  inline Dual operator*(const Dual &a, const Dual &b)
  {
    return {a.value * b.value, a.slope * b.value + a.value * b.slope};
  }
  inline Dual operator/(const Dual &a, const Dual &b)
  {
    const double ratio = a.value / b.value;
    return {ratio, (a.slope - ratio * b.slope) / b.value};
  }

  inline Dual pow(const Dual &a, const double exponent)
  {
    const double value = std::pow(a.value, exponent);
    return {value, a.slope == 0. ? 0. : exponent * value / a.value * a.slope};
  }
  inline Dual min(const Dual &a, const Dual &b)
  {
    return b.value < a.value ? b : a;
  }
  inline Dual max(const Dual &a, const Dual &b)
  {
    return a.value < b.value ? b : a;
  }
  inline Dual abs(const Dual &a)
  {
    return a.value < 0. ? Dual{-a.value, -a.slope} : a;
  }
}
