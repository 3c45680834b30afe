#include "core/units.h"
#include "tests/unit/core/sample_deck.h"

#include <gmock/gmock.h>

#include <cmath>
#include <random>

using namespace vivicor;
using namespace vivicor::test;
using testing::HasSubstr;

namespace
{
  double value(const std::string &text)
  {
    return parse_quantity(text, "test").value;
  }
}

// Against SI: internal units are mm, ms, mg, kPa, mV, uA, uF, uM.
TEST(Units, convert_as_in_si)
{
  const std::vector<std::pair<std::string, double>> table = {{"1 mmHg", 0.133322387415},
                                                             {"1 cmH2O", 0.0980665},
                                                             {"1 bar", 100},
                                                             {"120 Pa", 0.12},
                                                             {"2 cm", 20},
                                                             {"3 um", 0.003},
                                                             {"1.5 L", 1.5e6},
                                                             {"70 mL", 70000},
                                                             {"2 cm^3", 2000},
                                                             {"1 m^3", 1e9},
                                                             {"1 min", 60000},
                                                             {"1 h", 3.6e6},
                                                             {"60 bpm", 1e-3},
                                                             {"1 Hz", 1e-3},
                                                             {"5 L/min", 5e6 / 6e4},
                                                             {"100 mL/s", 100},
                                                             {"1 S/m", 1},
                                                             {"1 mS/cm", 0.1},
                                                             {"1 S/cm", 100},
                                                             {"1 mS/mm", 1},
                                                             {"1 uF/cm^2", 0.01},
                                                             {"140 1/mm", 140},
                                                             {"1400 1/cm", 140},
                                                             {"0.1 m^2/s", 100},
                                                             {"1 cm^2/s", 0.1},
                                                             {"1 uA/cm^2", 0.01},
                                                             {"50 uA/mm^2", 50},
                                                             {"2 pA/pF", 2},
                                                             {"3 V/s", 3},
                                                             {"4 nS/pF", 4},
                                                             {"1 mmHg s/mL", 0.133322387415},
                                                             {"1 mmHg s^2/mL", 133.322387415},
                                                             {"1 mL/mmHg", 1000 / 0.133322387415},
                                                             {"1 mmHg/mL", 0.133322387415e-3},
                                                             {"1 kPa ms/mm^3", 1},
                                                             {"1 mm^3/kPa", 1},
                                                             {"1 Pa/m", 1e-6},
                                                             {"1 kPa/mm", 1},
                                                             {"1 Pa s/m", 1e-3},
                                                             {"1 kPa s/mm", 1000},
                                                             {"1 Pa s", 1},
                                                             {"1 kPa s", 1000},
                                                             {"1 kg/m^3", 1e-3},
                                                             {"1.05 g/cm^3", 1.05},
                                                             {"1 mJ", 1000},
                                                             {"1 J", 1e6},
                                                             {"180 deg", M_PI},
                                                             {"1 mM", 1000},
                                                             {"1 nM", 1e-3},
                                                             {"1 mol/L", 1e6},
                                                             {"1 cm/s", 0.01},
                                                             {"0.6 m/s", 0.6},
                                                             {"25 %", 0.25},
                                                             {"12", 12},
                                                             {"1e-3", 1e-3}};
  for (const auto &[text, expected] : table)
    EXPECT_DOUBLE_EQ(value(text), expected) << text;
}

// Derived units must agree with the units they are made of.
TEST(Units, are_consistent_with_each_other)
{
  EXPECT_DOUBLE_EQ(unit_factor("kPa") * unit_factor("mL"), unit_factor("J") / 1000) << "1 kPa mL = 1 mJ";
  EXPECT_DOUBLE_EQ(unit_factor("kg/m^3") * std::pow(unit_factor("m/s"), 2), unit_factor("Pa"));
  EXPECT_DOUBLE_EQ(unit_factor("mmHg s/mL") * unit_factor("mL/mmHg"), unit_factor("s"));
  EXPECT_DOUBLE_EQ(unit_factor("mmHg s^2/mL") * unit_factor("mL/s") / unit_factor("s"), unit_factor("mmHg"));
  EXPECT_DOUBLE_EQ(unit_factor("uF/cm^2") * unit_factor("V/s"), unit_factor("uA/cm^2"));
  EXPECT_DOUBLE_EQ(unit_factor("S/m") / unit_factor("1/cm") / unit_factor("uF/cm^2"), 1e3)
    << "a diffusivity: 1 mS/mm / (0.1/mm 0.01 uF/mm^2)";
  EXPECT_DOUBLE_EQ(unit_factor("Pa s/m") / unit_factor("Pa/m"), unit_factor("s"));
}

TEST(Units, many_spellings)
{
  for (const std::string text : {"5 mm^3", "5 mm3", "5mm³", " 5   mm^3 ", "+5 mm^3"})
    EXPECT_DOUBLE_EQ(value(text), 5) << text;
  EXPECT_DOUBLE_EQ(value("5 µm"), 0.005);
  EXPECT_DOUBLE_EQ(value("5 μm"), 0.005);
  EXPECT_DOUBLE_EQ(value("90°"), M_PI / 2);
  EXPECT_DOUBLE_EQ(value("2 kPa*ms / mm"), 2);
  EXPECT_DOUBLE_EQ(value("2 kPa·ms/mm"), 2);
  EXPECT_DOUBLE_EQ(value("-85.2 mV"), -85.2);
}

TEST(Units, each_unit_is_found_under_its_dimension)
{
  for (int d = 0; d <= static_cast<int>(Dimension::conductance_per_capacitance); ++d)
    {
      const auto dimension = static_cast<Dimension>(d);
      EXPECT_FALSE(name_of(dimension).empty());
      EXPECT_FALSE(units_of(dimension).empty()) << name_of(dimension);
      for (const std::string &unit : units_of(dimension))
        {
          EXPECT_EQ(unit_dimension(unit), dimension) << unit;
          EXPECT_GT(unit_factor(unit), 0) << unit;
        }
    }
}

TEST(Units, faults)
{
  const ErrorText unknown = error_of([] { parse_quantity("5 mmhg", "deck.json:3"); });
  EXPECT_THAT(unknown.what, HasSubstr("'mmhg' in '5 mmhg'"));
  EXPECT_EQ(unknown.where, "deck.json:3");
  EXPECT_EQ(unknown.nearest, "mmHg");
  EXPECT_THAT(error_of([] { parse_quantity("many mm", ""); }).why, HasSubstr("number"));
  EXPECT_THAT(error_of([] { parse_quantity("", ""); }).why, HasSubstr("number"));
  EXPECT_THAT(error_of([] { parse_quantity("inf mm", ""); }).what, HasSubstr("not a finite number"));
  EXPECT_THAT(error_of([] { parse_quantity("1e999", ""); }).what, HasSubstr("not a finite number"));
  EXPECT_THAT(error_of([] { parse_quantity("1,5 mm", ""); }).what, HasSubstr("unknown unit"));
  EXPECT_EQ(error_of([] { unit_factor("kpa"); }).nearest, "kPa");
}

TEST(Units, text_gives_the_same_double_back)
{
  EXPECT_EQ(in_unit(3.0, "mm"), "3 mm");
  EXPECT_EQ(in_unit(0.1, ""), "0.1");
  EXPECT_EQ(in_unit(value("75 bpm"), "bpm"), "75 bpm");
  EXPECT_EQ(in_unit(value("60 deg"), "deg"), "60 deg");
  EXPECT_EQ(in_unit(value("7.1 mmHg"), "mmHg"), "7.1 mmHg");
  EXPECT_EQ(in_unit(20000.0, ""), "20000");
  EXPECT_EQ(in_unit(0.0, "mV"), "0 mV");
  EXPECT_EQ(in_unit(1.5e-9, ""), "1.5e-09");
  std::mt19937 random(1);
  std::uniform_real_distribution<double> numbers(-1e4, 1e4);
  for (const std::string unit : {"mmHg", "cm", "bpm", "deg", "mL/mmHg", "L/min", "uM", "um"})
    for (int i = 0; i < 200; ++i)
      {
        const double given = numbers(random) * unit_factor(unit);
        EXPECT_EQ(value(in_unit(given, unit)), given) << unit;
      }
}
