// Every unit of core/units against factors derived here from SI alone: a unit is a product of SI prefixes, named units and powers of
// them, and the internal units (mm, ms, mg, kPa, mV, uA, uF, uM) are measured with the same rule. No number is shared with the program.
// Definitions: BIPM, SI Brochure, 9th edition (2019); mmHg and cmH2O: ISO 80000-4 (2019), conventional values.
#include "core/units.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <set>
#include <sstream>

using namespace vivicor;

namespace
{
  /// A size in SI base units (m, kg, s, A, mol) with the powers of these.
  struct Size
  {
    double factor = 1;
    std::array<int, 5> powers{};
  };

  Size times(Size a, const Size &b, int power)
  {
    a.factor *= std::pow(b.factor, power);
    for (std::size_t k = 0; k < 5; ++k)
      a.powers[k] += power * b.powers[k];
    return a;
  }

  /// Units without prefix, as the SI Brochure defines them.
  const std::map<std::string, Size> &named()
  {
    static const std::map<std::string, Size> units{
      {"m", {1, {1, 0, 0, 0, 0}}},
      {"g", {1e-3, {0, 1, 0, 0, 0}}},
      {"s", {1, {0, 0, 1, 0, 0}}},
      {"A", {1, {0, 0, 0, 1, 0}}},
      {"mol", {1, {0, 0, 0, 0, 1}}},
      {"L", {1e-3, {3, 0, 0, 0, 0}}},
      {"min", {60, {0, 0, 1, 0, 0}}},
      {"h", {3600, {0, 0, 1, 0, 0}}},
      {"Hz", {1, {0, 0, -1, 0, 0}}},
      {"bpm", {1.0 / 60, {0, 0, -1, 0, 0}}},
      {"Pa", {1, {-1, 1, -2, 0, 0}}},
      {"bar", {1e5, {-1, 1, -2, 0, 0}}},
      {"mmHg", {133.322387415, {-1, 1, -2, 0, 0}}},
      {"cmH2O", {98.0665, {-1, 1, -2, 0, 0}}},
      {"J", {1, {2, 1, -2, 0, 0}}},
      {"V", {1, {2, 1, -3, -1, 0}}},
      {"S", {1, {-2, -1, 3, 2, 0}}},
      {"F", {1, {-2, -1, 4, 2, 0}}},
      {"M", {1e3, {-3, 0, 0, 0, 1}}}, // mol/L
      {"rad", {1, {}}},
      {"deg", {M_PI / 180, {}}},
      {"%", {0.01, {}}},
      {"1", {1, {}}},
    };
    return units;
  }

  const std::map<char, double> prefixes{{'k', 1e3}, {'M', 1e6}, {'c', 1e-2}, {'m', 1e-3}, {'u', 1e-6}, {'n', 1e-9}, {'p', 1e-12}};

  /// "mm", "kPa", "mmHg": the whole name first, then prefix and name.
  Size size_of_name(const std::string &name)
  {
    if (const auto found = named().find(name); found != named().end())
      return found->second;
    const auto prefix = prefixes.find(name.at(0));
    const auto base = named().find(name.substr(1));
    if (prefix == prefixes.end() || base == named().end())
      throw std::runtime_error("the test does not know '" + name + "'");
    return {prefix->second * base->second.factor, base->second.powers};
  }

  /// "kPa ms/mm^3": factors separated by blanks, all after the slash divide.
  Size size_of(const std::string &unit)
  {
    Size size;
    const std::size_t slash = std::min(unit.find('/'), unit.size());
    for (const int sign : {1, -1})
      {
        std::istringstream factors(sign == 1 ? unit.substr(0, slash) : slash == unit.size() ? "" : unit.substr(slash + 1));
        for (std::string factor; factors >> factor;)
          {
            const std::size_t hat = factor.find('^');
            const int power = hat == std::string::npos ? 1 : std::stoi(factor.substr(hat + 1));
            size = times(size, size_of_name(factor.substr(0, hat)), sign * power);
          }
      }
    return size;
  }

  /// The internal unit of each dimension: mm, ms, mg and what follows from them; kPa, mV, uA, uF, uM as core/units.h says.
  const std::map<Dimension, std::string> internal{
    {Dimension::none, "1"},
    {Dimension::length, "mm"},
    {Dimension::time, "ms"},
    {Dimension::mass, "mg"},
    {Dimension::volume, "mm^3"},
    {Dimension::pressure, "kPa"},
    {Dimension::voltage, "mV"},
    {Dimension::conductivity, "uA/mV mm"},
    {Dimension::rate, "1/ms"},
    {Dimension::angle, "rad"},
    {Dimension::concentration, "uM"},
    {Dimension::velocity, "mm/ms"},
    {Dimension::flow, "mm^3/ms"},
    {Dimension::resistance, "kPa ms/mm^3"},
    {Dimension::compliance, "mm^3/kPa"},
    {Dimension::inertance, "kPa ms^2/mm^3"},
    {Dimension::elastance, "kPa/mm^3"},
    {Dimension::surface_stiffness, "kPa/mm"},
    {Dimension::surface_damping, "kPa ms/mm"},
    {Dimension::viscosity, "kPa ms"},
    {Dimension::current_density, "uA/mm^2"},
    {Dimension::capacitance_density, "uF/mm^2"},
    {Dimension::surface_to_volume, "1/mm"},
    {Dimension::diffusivity, "mm^2/ms"},
    {Dimension::density, "mg/mm^3"},
    {Dimension::energy, "kPa mm^3"},
    {Dimension::area, "mm^2"},
    {Dimension::current_per_capacitance, "uA/uF"},
    {Dimension::conductance_per_capacitance, "uA/mV uF"},
  };
}

TEST(UnitsTable, the_internal_units_fit_together)
{
  EXPECT_NEAR(size_of("mg/mm ms^2").factor, size_of("kPa").factor, 1e-9) << "kPa = mg/(mm ms^2)";
  EXPECT_EQ(size_of("mg/mm ms^2").powers, size_of("kPa").powers);
  EXPECT_NEAR(size_of("uA ms").factor / size_of("uF mV").factor, 1, 1e-12) << "a charge";
  EXPECT_EQ(size_of("uA ms").powers, size_of("uF mV").powers);
}

TEST(UnitsTable, every_unit_is_what_si_says)
{
  std::size_t units = 0;
  for (int d = 0; d <= static_cast<int>(Dimension::conductance_per_capacitance); ++d)
    {
      const auto dimension = static_cast<Dimension>(d);
      ASSERT_TRUE(internal.contains(dimension)) << name_of(dimension);
      const Size one = size_of(internal.at(dimension));
      for (const std::string &unit : units_of(dimension))
        {
          const Size size = size_of(unit);
          EXPECT_EQ(size.powers, one.powers) << unit << " is no " << name_of(dimension);
          EXPECT_NEAR(unit_factor(unit) * one.factor / size.factor, 1, 1e-13) << unit;
          EXPECT_EQ(parse_quantity("3 " + unit, "").value, 3 * unit_factor(unit)) << unit;
          ++units;
        }
    }
  EXPECT_GE(units, 125u) << "the table of core/units.cc";
}

TEST(UnitsTable, field_constants)
{
  EXPECT_EQ(units::mmHg, unit_factor("mmHg"));
  EXPECT_EQ(units::mL, unit_factor("mL"));
  EXPECT_EQ(units::s, unit_factor("s"));
  EXPECT_EQ(units::degree, unit_factor("deg"));
}
