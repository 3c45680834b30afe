// Decks carry units; the code does not. Internally everything is in mm, ms, mg, hence kPa = mg/(mm ms^2), mV, uA, uF, mm^3,
// and concentrations in uM, temperatures in K. Conversion happens once, when a deck is read or a result is written.
#pragma once

#include <string>
#include <vector>

namespace vivicor
{
  /// Physical dimension of a deck value. Values of one dimension convert into each other, others do not.
  enum class Dimension {
    none,
    length,
    time,
    mass,
    volume,
    pressure,
    voltage,
    conductivity,
    rate,
    angle,
    concentration,
    velocity,
    flow,
    resistance,
    compliance,
    inertance,
    elastance,
    surface_stiffness,
    surface_damping,
    viscosity,
    current_density,
    capacitance_density,
    surface_to_volume,
    diffusivity,
    density,
    energy,
    area,
    current_per_capacitance,
    conductance_per_capacitance
  };

  namespace units
  {
    // Factors from a field's unit to the internal one: value_internal = value * factor.
    inline constexpr double mmHg = 0.133322387415; // kPa
    inline constexpr double mL = 1000.0;           // mm^3
    inline constexpr double s = 1000.0;            // ms
    inline constexpr double degree = 0.017453292519943295;
  }

  /// A parsed value with unit, in internal units.
  struct Quantity
  {
    double value = 0.0;
    Dimension dimension = Dimension::none;
  };

  /// Parses "120 kPa", "0.17 S/m", "75 bpm", "60 deg", "12". Throws UserError (what: the text; nearest: a known unit).
  /// @param text the value with its unit; @param where the deck position quoted in the error.
  Quantity parse_quantity(const std::string &text, const std::string &where);

  /// The same where a value of the dimension of `unit` is expected; the result is in internal units.
  /// @param what the name of the value in messages ("threshold"); empty: the text alone
  /// @throws UserError that says what is wrong: no number, no unit, an unknown unit (with the nearest of this dimension),
  /// a unit of another dimension
  double parse_quantity(const std::string &text, const std::string &unit, const std::string &what, const std::string &where);

  /// `value` (internal units) as text in `unit`, shortest digits that parse_quantity turns into the same double. Where no
  /// number in `unit` does (the conversion rounds), the nearest to it with all digits.
  std::string in_unit(double value, const std::string &unit);

  /// Internal units per one `unit`; throws UserError for an unknown unit.
  double unit_factor(const std::string &unit);
  Dimension unit_dimension(const std::string &unit);
  std::vector<std::string> units_of(Dimension dimension);
  std::string name_of(Dimension dimension);
}
