#include "core/units.h"

#include "core/error.h"
#include "core/numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace vivicor
{
  namespace
  {
    struct Unit
    {
      const char *name; // as written in messages
      Dimension dimension;
      double factor; // internal units per one of this
    };

    // mmHg and cmH2O are the conventional ones of ISO 80000-4: 133.322387415 Pa, 98.0665 Pa. Factors that are powers of
    // ten are literals, so that "3 um" is the double nearest to 0.003 mm.
    constexpr double mmHg = units::mmHg, cmH2O = 0.0980665, minute = 60000.0;

    constexpr auto table = std::to_array<Unit>({
      {"%", Dimension::none, 0.01},

      {"mm", Dimension::length, 1.0},
      {"cm", Dimension::length, 10.0},
      {"m", Dimension::length, 1000.0},
      {"um", Dimension::length, 1e-3},
      {"mm^2", Dimension::area, 1.0},
      {"cm^2", Dimension::area, 100.0},
      {"m^2", Dimension::area, 1e6},
      {"um^2", Dimension::area, 1e-6},
      {"mm^3", Dimension::volume, 1.0},
      {"mL", Dimension::volume, 1000.0},
      {"L", Dimension::volume, 1e6},
      {"uL", Dimension::volume, 1.0},
      {"cm^3", Dimension::volume, 1000.0},
      {"m^3", Dimension::volume, 1e9},

      {"ms", Dimension::time, 1.0},
      {"s", Dimension::time, 1000.0},
      {"us", Dimension::time, 1e-3},
      {"min", Dimension::time, minute},
      {"h", Dimension::time, 60 * minute},
      {"1/ms", Dimension::rate, 1.0},
      {"1/s", Dimension::rate, 1e-3},
      {"Hz", Dimension::rate, 1e-3},
      {"kHz", Dimension::rate, 1.0},
      {"bpm", Dimension::rate, 1.0 / minute},
      {"1/min", Dimension::rate, 1.0 / minute},

      {"mg", Dimension::mass, 1.0},
      {"g", Dimension::mass, 1000.0},
      {"kg", Dimension::mass, 1e6},
      {"mg/mm^3", Dimension::density, 1.0},
      {"g/cm^3", Dimension::density, 1.0},
      {"g/mL", Dimension::density, 1.0},
      {"kg/m^3", Dimension::density, 1e-3},

      {"kPa", Dimension::pressure, 1.0},
      {"Pa", Dimension::pressure, 1e-3},
      {"MPa", Dimension::pressure, 1000.0},
      {"mmHg", Dimension::pressure, mmHg},
      {"cmH2O", Dimension::pressure, cmH2O},
      {"bar", Dimension::pressure, 100.0},
      {"mbar", Dimension::pressure, 0.1},
      {"kPa ms", Dimension::viscosity, 1.0},
      {"Pa s", Dimension::viscosity, 1.0},
      {"mPa s", Dimension::viscosity, 1e-3},
      {"kPa s", Dimension::viscosity, 1000.0},
      {"mmHg s", Dimension::viscosity, mmHg * 1000},
      {"kPa/mm", Dimension::surface_stiffness, 1.0},
      {"Pa/mm", Dimension::surface_stiffness, 1e-3},
      {"Pa/m", Dimension::surface_stiffness, 1e-6},
      {"kPa/m", Dimension::surface_stiffness, 1e-3},
      {"kPa/cm", Dimension::surface_stiffness, 0.1},
      {"kPa ms/mm", Dimension::surface_damping, 1.0},
      {"Pa s/m", Dimension::surface_damping, 1e-3},
      {"kPa s/m", Dimension::surface_damping, 1.0},
      {"Pa s/mm", Dimension::surface_damping, 1.0},
      {"kPa s/mm", Dimension::surface_damping, 1000.0},

      {"kPa mm^3", Dimension::energy, 1.0},
      {"uJ", Dimension::energy, 1.0},
      {"mJ", Dimension::energy, 1000.0},
      {"J", Dimension::energy, 1e6},
      {"mmHg mL", Dimension::energy, mmHg * 1000},

      {"mm/ms", Dimension::velocity, 1.0},
      {"m/s", Dimension::velocity, 1.0},
      {"cm/s", Dimension::velocity, 0.01},
      {"mm/s", Dimension::velocity, 1e-3},
      {"mm^2/ms", Dimension::diffusivity, 1.0},
      {"mm^2/s", Dimension::diffusivity, 1e-3},
      {"cm^2/s", Dimension::diffusivity, 0.1},
      {"cm^2/ms", Dimension::diffusivity, 100.0},
      {"m^2/s", Dimension::diffusivity, 1000.0},
      {"rad", Dimension::angle, 1.0},
      {"deg", Dimension::angle, units::degree},

      {"mm^3/ms", Dimension::flow, 1.0},
      {"mL/s", Dimension::flow, 1.0},
      {"mL/min", Dimension::flow, 1000.0 / minute},
      {"L/min", Dimension::flow, 1e6 / minute},
      {"mL/ms", Dimension::flow, 1000.0},
      {"kPa ms/mm^3", Dimension::resistance, 1.0},
      {"kPa s/mL", Dimension::resistance, 1.0},
      {"mmHg s/mL", Dimension::resistance, mmHg},
      {"mmHg min/L", Dimension::resistance, mmHg *minute / 1e6},
      {"Pa s/m^3", Dimension::resistance, 1e-9},
      {"mm^3/kPa", Dimension::compliance, 1.0},
      {"mL/kPa", Dimension::compliance, 1000.0},
      {"mL/mmHg", Dimension::compliance, 1000.0 / mmHg},
      {"m^3/Pa", Dimension::compliance, 1e12},
      {"kPa ms^2/mm^3", Dimension::inertance, 1.0},
      {"kPa s^2/mL", Dimension::inertance, 1000.0},
      {"mmHg s^2/mL", Dimension::inertance, mmHg * 1000},
      {"kPa/mm^3", Dimension::elastance, 1.0},
      {"kPa/mL", Dimension::elastance, 1e-3},
      {"mmHg/mL", Dimension::elastance, mmHg / 1000},

      {"mV", Dimension::voltage, 1.0},
      {"V", Dimension::voltage, 1000.0},
      {"uV", Dimension::voltage, 1e-3},
      {"mS/mm", Dimension::conductivity, 1.0},
      {"S/m", Dimension::conductivity, 1.0},
      {"mS/cm", Dimension::conductivity, 0.1},
      {"S/cm", Dimension::conductivity, 100.0},
      {"uA/mm^2", Dimension::current_density, 1.0},
      {"uA/cm^2", Dimension::current_density, 0.01},
      {"A/m^2", Dimension::current_density, 1.0},
      {"mA/cm^2", Dimension::current_density, 10.0},
      {"uF/mm^2", Dimension::capacitance_density, 1.0},
      {"uF/cm^2", Dimension::capacitance_density, 0.01},
      {"F/m^2", Dimension::capacitance_density, 1.0},
      {"1/mm", Dimension::surface_to_volume, 1.0},
      {"1/cm", Dimension::surface_to_volume, 0.1},
      {"1/m", Dimension::surface_to_volume, 1e-3},
      {"1/um", Dimension::surface_to_volume, 1000.0},
      {"uA/uF", Dimension::current_per_capacitance, 1.0},
      {"pA/pF", Dimension::current_per_capacitance, 1.0},
      {"A/F", Dimension::current_per_capacitance, 1.0},
      {"mV/ms", Dimension::current_per_capacitance, 1.0},
      {"V/s", Dimension::current_per_capacitance, 1.0},
      {"mS/uF", Dimension::conductance_per_capacitance, 1.0},
      {"nS/pF", Dimension::conductance_per_capacitance, 1.0},
      {"S/F", Dimension::conductance_per_capacitance, 1e-3},

      {"uM", Dimension::concentration, 1.0},
      {"nM", Dimension::concentration, 1e-3},
      {"mM", Dimension::concentration, 1000.0},
      {"M", Dimension::concentration, 1e6},
      {"umol/L", Dimension::concentration, 1.0},
      {"mmol/L", Dimension::concentration, 1000.0},
      {"mol/L", Dimension::concentration, 1e6},
      {"mol/m^3", Dimension::concentration, 1000.0},
    });

    void replace_all(std::string &text, std::string_view from, std::string_view to)
    {
      for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
    }

    // One spelling for all of "mm^3", "mm3", "mm³"; "µm", "um"; "kPa*ms / mm", "kPa ms/mm".
    std::string normalised(std::string unit)
    {
      for (const auto &[from, to] : {std::pair{"\u00b5", "u"},
                                     {"\u03bc", "u"},
                                     {"\u00b2", "2"},
                                     {"\u00b3", "3"},
                                     {"\u00b0", "deg"},
                                     {"\u00b7", " "},
                                     {"\u22c5", " "},
                                     {"*", " "},
                                     {"^", ""},
                                     {"\t", " "}})
        replace_all(unit, from, to);
      while (unit.find("  ") != std::string::npos)
        replace_all(unit, "  ", " ");
      replace_all(unit, " /", "/");
      replace_all(unit, "/ ", "/");
      const auto first = unit.find_first_not_of(' ');
      return first == std::string::npos ? "" : unit.substr(first, unit.find_last_not_of(' ') + 1 - first);
    }

    const Unit *find_unit(const std::string &unit)
    {
      static const auto index = [] {
        std::unordered_map<std::string, const Unit *> index;
        for (const Unit &entry : table)
          index[normalised(entry.name)] = &entry;
        return index;
      }();
      const auto found = index.find(normalised(unit));
      return found == index.end() ? nullptr : found->second;
    }

    std::string without_blanks(const std::string &text)
    {
      const auto first = text.find_first_not_of(" \t");
      return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t") + 1 - first);
    }

    // The empty unit is that of plain numbers.
    constexpr Unit plain_number{"", Dimension::none, 1.0};

    /// "a length", "an elastance"
    std::string with_article(Dimension dimension)
    {
      const std::string name = name_of(dimension);
      return (std::string("aeiou").find(name[0]) == std::string::npos ? "a " : "an ") + name;
    }

    // Whatever is known, or only units of the dimension that is expected: an elastance is no help to who writes a resistance.
    std::vector<std::string> names_of_units(std::optional<Dimension> expected)
    {
      if (expected)
        return units_of(*expected);
      std::vector<std::string> names(table.size());
      std::transform(table.begin(), table.end(), names.begin(), [](const Unit &entry) { return entry.name; });
      return names;
    }

    const Unit &unit_or_throw(const std::string &unit, const std::string &text, const std::string &where,
                              std::optional<Dimension> expected = {})
    {
      if (normalised(unit).empty())
        return plain_number;
      if (const Unit *found = find_unit(unit))
        return *found;
      const bool number = expected == Dimension::none;
      throw UserError({"unknown unit '" + unit + "'" + (text == unit ? "" : " in '" + text + "'"), where,
                       number     ? "this is " + with_article(*expected)
                       : expected ? "it is not among the known units of " + with_article(*expected)
                                  : "it is not among the known units",
                       number ? "a number without unit, or with %" : nearest_of(unit, names_of_units(expected)),
                       number ? "write the number alone" : "write the value as \"NUMBER UNIT\""});
    }

    // The number at the start of `text`; `rest` gets what follows.
    double leading_number(const std::string &text, const std::string &where, std::string &rest)
    {
      auto first = text.find_first_not_of(" \t");
      if (first != std::string::npos && text[first] == '+' && first + 1 < text.size() && text[first + 1] != '-')
        ++first;
      double value = 0.0;
      const char *begin = first == std::string::npos ? text.data() + text.size() : text.data() + first, *end = text.data() + text.size();
      const auto [stop, error] = std::from_chars(begin, end, value);
      if (error == std::errc::invalid_argument)
        throw UserError({"'" + text + "' is not a value with unit", where, "it does not begin with a number", "",
                         "write the value as \"NUMBER UNIT\", for instance \"12.5 mm\""});
      if (error == std::errc::result_out_of_range || !std::isfinite(value))
        throw UserError({"'" + text + "' is not a finite number", where, "", "", "give a finite value"});
      rest.assign(stop, end);
      return value;
    }
  }

  namespace
  {
    Quantity parsed(const std::string &text, const std::string &where, std::optional<Dimension> expected)
    {
      std::string unit;
      const double number = leading_number(text, where, unit);
      const Unit &found = unit_or_throw(unit.substr(std::min(unit.find_first_not_of(" \t"), unit.size())), text, where, expected);
      return {number * found.factor, found.dimension};
    }

    std::string comma_list(const std::vector<std::string> &names)
    {
      std::string list;
      for (const std::string &name : names)
        list += (list.empty() ? "" : ", ") + name;
      return list;
    }
  }

  Quantity parse_quantity(const std::string &text, const std::string &where)
  {
    return parsed(text, where, {});
  }

  double parse_quantity(const std::string &text, const std::string &unit, const std::string &what, const std::string &where)
  {
    const Dimension expected = unit_dimension(unit);
    const Quantity quantity = parsed(text, where, expected);
    const std::string named = what.empty() ? text : "'" + what + "' = " + text;
    if (quantity.dimension != expected)
      {
        const std::string valid = "units of " + with_article(expected) + ": " + comma_list(units_of(expected));
        if (quantity.dimension == Dimension::none)
          throw UserError({named + " has no unit", where, "it is " + with_article(expected), valid,
                           "write the value with its unit, for instance \"" + without_blanks(text) + " " + unit + "\""});
        throw UserError({named + " has the wrong unit", where,
                         "that is " + with_article(quantity.dimension) + ", this is " + with_article(expected),
                         expected == Dimension::none ? "a number without unit, or with %" : valid, "correct the unit or the key"});
      }
    if (!std::isfinite(quantity.value))
      throw UserError({named + " is not finite", where, "", "", "give a finite value"});
    return quantity.value;
  }

  std::string in_unit(double value, const std::string &unit)
  {
    const double factor = unit_factor(unit), converted = value / factor;
    const std::string suffix = unit.empty() ? "" : " " + unit;
    for (int precision = 1; precision <= 17; ++precision)
      if (const double number = rounded_to_digits(converted, precision); number * factor == value)
        return shortest_digits(number) + suffix;
    // The quotient rounded away from the answer: its neighbours may hit.
    for (const double neighbour : {std::nextafter(converted, -HUGE_VAL), std::nextafter(converted, HUGE_VAL)})
      if (neighbour * factor == value)
        return shortest_digits(neighbour) + suffix;
    return shortest_digits(converted) + suffix;
  }

  double unit_factor(const std::string &unit)
  {
    return unit_or_throw(unit, unit, "").factor;
  }

  Dimension unit_dimension(const std::string &unit)
  {
    return unit_or_throw(unit, unit, "").dimension;
  }

  std::vector<std::string> units_of(Dimension dimension)
  {
    std::vector<std::string> names;
    for (const Unit &unit : table)
      if (unit.dimension == dimension)
        names.push_back(unit.name);
    return names;
  }

  std::string name_of(Dimension dimension)
  {
    switch (dimension)
      {
      case Dimension::none:
        return "dimensionless number";
      case Dimension::length:
        return "length";
      case Dimension::time:
        return "time";
      case Dimension::mass:
        return "mass";
      case Dimension::volume:
        return "volume";
      case Dimension::pressure:
        return "pressure";
      case Dimension::voltage:
        return "voltage";
      case Dimension::conductivity:
        return "conductivity";
      case Dimension::rate:
        return "rate";
      case Dimension::angle:
        return "angle";
      case Dimension::concentration:
        return "concentration";
      case Dimension::velocity:
        return "velocity";
      case Dimension::flow:
        return "flow";
      case Dimension::resistance:
        return "flow resistance";
      case Dimension::compliance:
        return "compliance";
      case Dimension::inertance:
        return "inertance";
      case Dimension::elastance:
        return "elastance";
      case Dimension::surface_stiffness:
        return "stiffness per area";
      case Dimension::surface_damping:
        return "damping per area";
      case Dimension::viscosity:
        return "viscosity";
      case Dimension::current_density:
        return "current density";
      case Dimension::capacitance_density:
        return "capacitance per area";
      case Dimension::surface_to_volume:
        return "surface-to-volume ratio";
      case Dimension::diffusivity:
        return "diffusivity";
      case Dimension::density:
        return "mass density";
      case Dimension::energy:
        return "energy";
      case Dimension::area:
        return "area";
      case Dimension::current_per_capacitance:
        return "current per capacitance";
      case Dimension::conductance_per_capacitance:
        return "conductance per capacitance";
      }
    return "";
  }
}
