// Figures of the mechanics: bull's eye and passive filling.
#include "report/figures.h"

#include <gmock/gmock.h>
#include <pugixml.hpp>

#include <cmath>
#include <string>

using namespace vivicor;
using ::testing::HasSubstr;

namespace
{
  pugi::xml_document parsed(const std::string &svg)
  {
    pugi::xml_document document;
    EXPECT_TRUE(document.load_string(svg.c_str())) << svg.substr(0, 200);
    return document;
  }

  figures::BullsEye numbered()
  {
    figures::BullsEye plot{"fibre strain", "%", {}};
    for (unsigned k = 0; k < 17; ++k)
      plot.values[k] = -0.5 * (k + 1);
    return plot;
  }
}

TEST(BullsEye, HasSeventeenSegmentsWithTheirValues)
{
  const auto document = parsed(figures::bulls_eyes({numbered()}));
  EXPECT_EQ(document.select_nodes("//*[@class='segment']").size(), 17u);
  EXPECT_EQ(document.select_nodes("//circle").size(), 1u) << "the apex";
  std::string text;
  for (const auto &node : document.select_nodes("//text"))
    text += std::string(node.node().child_value()) + "|";
  EXPECT_THAT(text, HasSubstr("fibre strain (%)"));
  EXPECT_THAT(text, HasSubstr("-8.5"));
}

TEST(BullsEye, PutsTheAnteriorWallUpAndTheSeptumLeft)
{
  // Labels of segments 1 (anterior), 3 (inferoseptal), 4 (inferior), 5 (inferolateral): above, left, below, right of the apex'.
  const auto document = parsed(figures::bulls_eyes({numbered()}));
  const auto place = [&](const std::string &label) {
    for (const auto &node : document.select_nodes("//text"))
      if (node.node().child_value() == label)
        return std::pair{node.node().attribute("x").as_double(), node.node().attribute("y").as_double()};
    ADD_FAILURE() << label;
    return std::pair{0.0, 0.0};
  };
  const auto [x, y] = place("-8.5");
  EXPECT_NEAR(place("-0.5").first, x, 0.1);
  EXPECT_LT(place("-0.5").second, y - 50);
  EXPECT_LT(place("-1.5").first, x - 50);
  EXPECT_GT(place("-2.0").second, y + 50);
  EXPECT_GT(place("-2.5").first, x + 50);
}

TEST(BullsEye, AbsentSegmentsAreGreyAndNothingIsNan)
{
  figures::BullsEye plot = numbered();
  plot.values[3] = NAN;
  plot.values[16] = NAN;
  const std::string svg = figures::bulls_eyes({plot, numbered()});
  EXPECT_EQ(parsed(svg).select_nodes("//*[@fill='#999999']").size(), 2u);
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  EXPECT_EQ(figures::bulls_eyes({}), "");
}

TEST(PassiveFilling, DrawsCurvesAndTheirPoint)
{
  const std::vector<double> V{60, 90, 110, 120}, P{0, 5, 15, 30};
  const auto document = parsed(figures::passive_filling({{"this heart", V, P}, {"expected", {65, 92, 111, 121}, P}}, {95, 7.5}));
  EXPECT_EQ(document.select_nodes("//circle").size(), 1u);
  EXPECT_EQ(document.select_nodes("//path[starts-with(@class,'line')]").size(), 4u) << "two curves, two keys";
}
