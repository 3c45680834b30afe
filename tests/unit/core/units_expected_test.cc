// What is said where a value of a known dimension is expected.
#include "core/units.h"
#include "tests/unit/core/sample_deck.h"

using namespace vivicor;
using namespace vivicor::test;
using testing::HasSubstr;

namespace
{
  ErrorText fault(const std::string &text, const std::string &unit)
  {
    return error_of([&] { parse_quantity(text, unit, "", "--option"); });
  }
}

TEST(ExpectedQuantity, is_converted)
{
  EXPECT_EQ(parse_quantity("0.6 m/s", "mm/ms", "velocity", ""), 0.6);
  EXPECT_EQ(parse_quantity("2 cm", "m", "", ""), 20.0) << "internal units, whatever the unit named";
  EXPECT_EQ(parse_quantity("25 %", "", "", ""), 0.25);
}

TEST(ExpectedQuantity, without_a_unit_says_so)
{
  const ErrorText text = fault(" 500 ", "ms");
  EXPECT_THAT(text.what, HasSubstr("has no unit"));
  EXPECT_EQ(text.where, "--option");
  EXPECT_THAT(text.mend, HasSubstr("\"500 ms\""));
  EXPECT_THAT(text.nearest, HasSubstr("units of a time: ms, s"));
}

TEST(ExpectedQuantity, of_another_dimension_says_of_which)
{
  EXPECT_EQ(fault("20 mm", "mV").why, "that is a length, this is a voltage");
  EXPECT_EQ(fault("1 mmHg/mL", "mmHg s/mL").why, "that is an elastance, this is a flow resistance");
  EXPECT_THAT(fault("1 mm", "").nearest, HasSubstr("a number without unit"));
}

// The nearest unit is one that can stand there.
TEST(ExpectedQuantity, an_unknown_unit_gets_the_nearest_of_its_dimension)
{
  EXPECT_EQ(fault("1.04 mmHg/(mL/s)", "mmHg s/mL").nearest, "mmHg s/mL");
  EXPECT_EQ(fault("3 msec", "ms").nearest, "ms");
  for (int d = 1; d <= static_cast<int>(Dimension::conductance_per_capacitance); ++d)
    {
      const auto dimension = static_cast<Dimension>(d);
      const std::string unit = units_of(dimension)[0];
      for (const std::string given : {"1 foo", "1 mmmHg", "1 ML", "1 kpa/(mm s)"})
        EXPECT_EQ(unit_dimension(fault(given, unit).nearest), dimension) << given << " for " << unit;
    }
  EXPECT_THAT(fault("3 foo", "").nearest, HasSubstr("without unit"));
}

TEST(ExpectedQuantity, in_a_deck_too)
{
  const ErrorText text = error_in(R"({"mesh": {"edge": "4 mL/mm2"}})");
  EXPECT_EQ(unit_dimension(text.nearest), Dimension::length) << text.nearest;
  EXPECT_THAT(error_in(R"({"mesh": {"edge": 4}})").what, HasSubstr("'mesh.edge' = 4 has no unit"));
}
