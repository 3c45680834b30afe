// The pieces of muscle that the insulation cuts off become fibrous as well.
#include "meshes/insulation.h"

#include <gtest/gtest.h>

using namespace vivicor;

namespace
{
  constexpr unsigned ventricle = 0, atrium = 1, ring = 2;

  /// A ventricular cell; an atrial one that touches it; `behind` atrial cells that hang on that one; and a large atrium.
  Anatomy heart_with(const unsigned behind)
  {
    Anatomy heart;
    heart.regions = {{"LV", Tissue::ventricle}, {"LA", Tissue::atrium}};
    heart.cells = {{0, 1, 2, 3}, {3, 4, 5, 6}};
    heart.cell_region = {ventricle, atrium};
    unsigned node = 6;
    const auto chain = [&](const unsigned cells) {
      for (unsigned c = 0; c < cells; ++c, node += 3)
        {
          heart.cells.push_back({node, node + 1, node + 2, node + 3});
          heart.cell_region.push_back(atrium);
        }
    };
    chain(behind);
    ++node;
    chain(500);
    heart.points.resize(node + 1);
    return heart;
  }

  unsigned fibrous_after_insulation(Anatomy heart)
  {
    Schema schema;
    declare_insulation(schema);
    insulate(heart, parameters_from_json("{}", schema));
    return static_cast<unsigned>(std::count(heart.cell_region.begin(), heart.cell_region.end(), ring));
  }
}

TEST(Insulation, SmallPiecesThatItCutsOffBecomeFibrous)
{
  EXPECT_EQ(fibrous_after_insulation(heart_with(0)), 1u);
  EXPECT_EQ(fibrous_after_insulation(heart_with(3)), 4u);
}

TEST(Insulation, LargePiecesStayMuscle)
{
  EXPECT_EQ(fibrous_after_insulation(heart_with(100)), 1u); // as two atria that touch nowhere
}
